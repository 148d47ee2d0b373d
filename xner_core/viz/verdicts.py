"""How predicted entities compare to gold ones, seen from either side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from xner_core.types import Entity

Verdict = Literal["correct", "wrong label", "wrong boundary", "missed", "spurious"]

ICONS: dict[Verdict, str] = {
    "correct": "✓",
    "wrong label": "≠",
    "wrong boundary": "↔",
    "missed": "✕",
    "spurious": "+",
}


def verdict(entity: Entity, others: Sequence[Entity], *, alone: Literal["missed", "spurious"]) -> Verdict:
    """Compare an entity with those of the other side.

    Args:
        entity: A gold entity (then the others are predicted) or the reverse.
        others: The other side's entities.
        alone: What it is called where no other entity shares a word with it.
    """
    if entity in others:
        return "correct"
    if any(other.span == entity.span for other in others):
        return "wrong label"
    if any(other.span.overlaps(entity.span) for other in others):
        return "wrong boundary"
    return alone


def count(gold: Sequence[Entity], predicted: Sequence[Entity]) -> dict[Verdict, int]:
    """Count the verdicts: predicted entities by theirs, and the gold ones that nothing touches."""
    verdicts = [verdict(entity, gold, alone="spurious") for entity in predicted]
    verdicts += ["missed" for entity in gold if verdict(entity, predicted, alone="missed") == "missed"]
    return {kind: verdicts.count(kind) for kind in ICONS}
