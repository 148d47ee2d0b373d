"""Scores as whole numbers, so that equal totals are equal whatever the order of their sum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_DENOMINATORS = 5_354_228_880
"""The least common multiple of 1 to 24."""
_FACTOR = float(_DENOMINATORS * 5040)


def on_grid(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Scale scores by one factor and round them to whole numbers below 2^45.

    Fractions of word counts (denominators up to 24, the largest score with a numerator up to
    10) become whole exactly, also where all of them were multiplied by the same weight.

    Args:
        scores: Of any shape. What is not positive becomes 0, what is positive at least 1.
    """
    top = float(scores.max(initial=0.0))
    if top <= 0:
        return np.zeros(scores.shape, dtype=np.int64)
    scaled = np.rint(np.maximum(scores, 0.0) / top * _FACTOR)
    whole: NDArray[np.int64] = np.where(scores > 0, np.maximum(scaled, 1), 0).astype(np.int64)
    return whole
