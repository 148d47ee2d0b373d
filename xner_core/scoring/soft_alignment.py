"""An alignment score from word similarities instead of links."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.scoring.scorer import WithoutModel
from xner_core.scoring.sums import Bounds, block_sums
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Span


class SoftAlignmentConfig(ComponentConfig):
    """Options of the soft alignment score.

    Temperature and threshold are measured with e5-small on the demonstration corpus and
    MasakhaNER2: the best of those that lose to the alignment score on none of them.
    Temperatures of 0.02 to 0.05 are close; where the source entities are a model's and
    so less certain, a threshold of 0.4 to 0.6 is better.
    """

    temperature: float = Field(
        default=0.03,
        ge=0.001,
        le=1,
        description="The smaller, the more the most similar words count; similarities lie close together.",
    )
    threshold: float = Field(default=0.3, ge=0, le=1, description="Scores below it count as 0.")


class SoftAlignmentScore(WithoutModel, Component[SoftAlignmentConfig]):
    """How probably the words of entity and candidate translate each other, in [0, 1].

    The softmax of the similarities over the target words is P(j | i), the
    probability that source word i is translated by target word j; over the source
    words it is P(i | j). The score is the sum of both over all word pairs of entity
    and candidate, divided by the words of entity and candidate.
    """

    Config = SoftAlignmentConfig

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`.

        Raises:
            ConfigError: If the links were not made from similarities.
        """
        similarity = aligned.alignment.similarity
        if similarity is None:
            raise ConfigError(
                "the soft alignment score needs the similarities of the words, and there are none",
                where=f"sentence {aligned.pair.id!r}",
                hint="Align with a model such as e5-small, or choose the scorer alignment",
            )
        scaled = similarity.astype(np.float64) / self.config.temperature
        probabilities = _softmax(scaled, axis=1) + _softmax(scaled, axis=0)
        entities = Bounds.of([entity.span for entity in aligned.source_entities])
        spans = Bounds.of(candidates)
        lengths = entities.lengths[:, None] + spans.lengths
        # A difference of prefix sums may lie beside 0 or 1 by rounding.
        values = (block_sums(probabilities, entities, spans) / lengths).clip(0, 1)
        return ScoreMatrix.of({"soft-alignment": ScorePart(values, threshold=self.config.threshold)})


def _softmax(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    powers: NDArray[np.float64] = np.exp(values - values.max(axis=axis, keepdims=True, initial=-np.inf))
    powers /= powers.sum(axis=axis, keepdims=True)
    return powers
