"""The soft alignment score, word pair by word pair."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xner_core.types import Entity, Span


def soft_alignment(
    entity: Entity, candidate: Span, similarity: Sequence[Sequence[float]], temperature: float
) -> float:
    total = 0.0
    for i in range(entity.span.start, entity.span.end):
        for j in range(candidate.start, candidate.end):
            row = similarity[i]
            column = [other[j] for other in similarity]
            # Divided through by its own power, each softmax is 1 / the sum of the others' ratios to it.
            total += 1 / sum(math.exp((value - row[j]) / temperature) for value in row)
            total += 1 / sum(math.exp((value - column[i]) / temperature) for value in column)
    return total / (entity.span.end - entity.span.start + candidate.end - candidate.start)
