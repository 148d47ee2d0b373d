"""What every extraction can do, and what those share that look at similarities."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.alignment.extraction.distortion import distorted
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.config import Component, ComponentConfig
from xner_core.types import WordAlignment

Links = NDArray[np.bool_]


class Extraction(Protocol):
    """Turns similarities into links."""

    def align(self, similarity: SubwordSimilarity) -> WordAlignment:
        """Link the words of a pair; most link two words where any of their subwords are linked."""
        ...

    def extract(self, similarity: NDArray[np.float32]) -> Links:
        """Choose links.

        Args:
            similarity: In [0, 1], shape (source, target); subwords or words.

        Returns:
            A boolean matrix of the same shape.
        """
        ...


class SimilarityConfig(ComponentConfig):
    """The option of every extraction from similarities."""

    distortion: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="How much less similar words count that stand at different places of their sentences; "
        "0 is off.",
    )


OptionsT = TypeVar("OptionsT", bound=SimilarityConfig)


class SimilarityExtraction(Component[OptionsT], ABC):
    """Base of the extractions from similarities: weighs these by position, then chooses."""

    def align(self, similarity: SubwordSimilarity) -> WordAlignment:
        """See `Extraction`."""
        return similarity.word_alignment(self.extract(similarity.values))

    def extract(self, similarity: NDArray[np.float32]) -> Links:
        """See `Extraction`."""
        return self._choose(distorted(similarity, self.config.distortion))

    @abstractmethod
    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        """Choose links by the weighed similarities; they must not be changed."""
