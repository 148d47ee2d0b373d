"""From a similarity matrix to links: the three methods of SimAlign (Jalili Sabet et al. 2020)."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.config import Component, ComponentConfig

Links = NDArray[np.bool_]


class Extraction(Protocol):
    """Turns similarities into links."""

    def extract(self, similarity: NDArray[np.float32]) -> Links:
        """Choose links.

        Args:
            similarity: Non-negative, shape (source, target); subwords or words.

        Returns:
            A boolean matrix of the same shape.
        """
        ...


class ArgmaxConfig(ComponentConfig):
    """Argmax has no options."""


class Argmax(Component[ArgmaxConfig]):
    """Links where each side is the other's most similar: few and precise."""

    Config = ArgmaxConfig

    def extract(self, similarity: NDArray[np.float32]) -> Links:
        """See `Extraction`."""
        return _mutual_best(similarity)


class ItermaxConfig(ComponentConfig):
    """Options of itermax."""

    alpha: float = Field(
        default=0.9, ge=0.5, le=1, description="How much a word that already has a link still counts."
    )
    iterations: int = Field(default=2, ge=1, le=10, description="Rounds; the first one is argmax.")


class Itermax(Component[ItermaxConfig]):
    """Argmax, repeated for the words still without a link: more links, still precise."""

    Config = ItermaxConfig

    def extract(self, similarity: NDArray[np.float32]) -> Links:
        """See `Extraction`."""
        links = _mutual_best(similarity)
        if min(similarity.shape) <= 2:  # as SimAlign: too small for a second look
            return links
        for _ in range(self.config.iterations - 1):
            free_rows = ~links.any(axis=1, keepdims=True)
            free_columns = ~links.any(axis=0, keepdims=True)
            if not free_rows.any() or not free_columns.any():
                break
            weight = np.minimum(1.0, self.config.alpha * (free_rows.astype(np.float64) + free_columns))
            found = _mutual_best(similarity * weight) & (free_rows | free_columns)
            if not (found & ~links).any():
                break
            links |= found
        return links


class MatchConfig(ComponentConfig):
    """Match has no options."""


class MaximumWeightMatch(Component[MatchConfig]):
    """The one-to-one links with the largest total similarity: every subword of the shorter side gets one."""

    Config = MatchConfig

    def extract(self, similarity: NDArray[np.float32]) -> Links:
        """See `Extraction`."""
        from scipy.optimize import linear_sum_assignment

        links = np.zeros(similarity.shape, dtype=bool)
        links[linear_sum_assignment(similarity, maximize=True)] = True
        return links


def _mutual_best(similarity: NDArray[np.floating]) -> Links:
    links = np.zeros(similarity.shape, dtype=bool)
    if similarity.size:
        forward = similarity.argmax(axis=1)
        backward = similarity.argmax(axis=0)
        rows = np.flatnonzero(backward[forward] == np.arange(len(forward)))
        links[rows, forward[rows]] = True
    return links
