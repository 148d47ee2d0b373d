"""Links that are probable in both directions (Dou and Neubig 2021, AWESOME)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.alignment.extraction.base import Links, SimilarityConfig, SimilarityExtraction


class SoftmaxConfig(SimilarityConfig):
    """Options of softmax.

    AWESOME takes the softmax of plain dot products. For vectors of length r these are
    r² · (2 · similarity - 1), so that its softmax is ours at the temperature 1 / (2 r²):
    the longer the vectors, the sharper. Our similarities come from vectors of length 1 and
    lie close together, so the temperature has to take the place of that length. Measured
    with e5-small on the demonstration corpus and MasakhaNER2, 0.002 gives the best mean F1
    of 0.002 to 0.02 at AWESOME's threshold; it amounts to vectors of length 16.
    """

    temperature: float = Field(
        default=0.002,
        ge=0.001,
        le=1,
        description="The difference of similarity that makes a word e ≈ 2.7 times as probable; "
        "the smaller, the fewer links.",
    )
    threshold: float = Field(
        default=0.001, ge=0, lt=1, description="A link is more probable than this in both directions."
    )


class MutualSoftmax(SimilarityExtraction[SoftmaxConfig]):
    """Links that are probable from either side: the softmax of both row and column is above a threshold."""

    Config = SoftmaxConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        forward, reverse = (softmax(similarity, self.config.temperature, axis) for axis in (1, 0))
        links: Links = np.minimum(forward, reverse) > self.config.threshold
        return links


def softmax(similarity: NDArray[np.floating], temperature: float, axis: int) -> NDArray[np.float64]:
    """Probabilities from similarities.

    Args:
        similarity: Shape (source, target).
        temperature: Above 0; similarities are divided by it.
        axis: 1 for P(target | source), each row summing up to 1; 0 for P(source | target).

    Returns:
        float64 in [0, 1], of the same shape.
    """
    scaled = similarity.astype(np.float64) / temperature
    # Without the largest value taken off, the powers overflow at small temperatures.
    powers: NDArray[np.float64] = np.exp(scaled - scaled.max(axis=axis, keepdims=True, initial=-np.inf))
    powers /= powers.sum(axis=axis, keepdims=True)
    return powers
