"""Micro-F1 as set arithmetic over (sentence, start, end, label)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xner_core.types import Entity


def entity_f1(
    gold: Sequence[Collection[Entity]], predicted: Sequence[Collection[Entity]]
) -> tuple[float, float, float, int]:
    """F1, precision, recall and the number of gold entities."""
    wanted = {(i, e.span.start, e.span.end, e.label) for i, entities in enumerate(gold) for e in entities}
    found = {(i, e.span.start, e.span.end, e.label) for i, entities in enumerate(predicted) for e in entities}
    right = len(wanted & found)
    precision = right / len(found) if found else 0.0
    recall = right / len(wanted) if wanted else 0.0
    f1 = 2 * right / (len(wanted) + len(found)) if right else 0.0
    return f1, precision, recall, len(wanted)
