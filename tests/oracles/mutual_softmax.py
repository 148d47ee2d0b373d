"""Probabilities of links, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Sequence


def probabilities(
    similarity: Sequence[Sequence[float]], row: int, column: int, temperature: float
) -> tuple[float, float]:
    """P(column | row) and P(row | column)."""
    # Divided through by its own power, each softmax is 1 / the sum of the others' ratios to it.
    own = similarity[row][column]
    forward = 1 / sum(math.exp((value - own) / temperature) for value in similarity[row])
    reverse = 1 / sum(math.exp((values[column] - own) / temperature) for values in similarity)
    return forward, reverse


def entropy_bits(shares: Sequence[float]) -> float:
    return -sum(share * math.log2(share) for share in shares if share > 0)
