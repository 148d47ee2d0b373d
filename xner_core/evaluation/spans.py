"""What kind of error each entity is: gold and predicted entities matched one to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from xner_core.types import Entity

Kind = Literal["correct", "wrong label", "partial", "wrong label and boundary", "missed", "spurious"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold entity, the predicted one it was matched with, and how they compare.

    Attributes:
        kind: `correct`; `wrong label` (same words); `partial` (a word in common, same label);
            `wrong label and boundary` (a word in common); `missed` (gold alone) or
            `spurious` (predicted alone).
        gold: None where it is spurious.
        predicted: None where it is missed.
    """

    kind: Kind
    gold: Entity | None
    predicted: Entity | None

    @property
    def start(self) -> int:
        """The first word of either."""
        return min(entity.span.start for entity in (self.gold, self.predicted) if entity is not None)


def classify(gold: Iterable[Entity], predicted: Iterable[Entity]) -> tuple[Judged, ...]:
    """Match gold and predicted entities one to one, and name each pair and each one left alone.

    Only entities with a word in common are matched, the best pair first: the same words and
    label; the same words; the same label and most words in common; most words in common.
    Of equals the one further left in gold comes first, then in the prediction. So the order
    in which the entities are given decides nothing. The kinds are those of SemEval-2013
    task 9, with wrong labels told apart by whether the boundaries are right.

    Returns:
        Every entity once, ordered by its first word.
    """
    golds, predictions = sorted(gold), sorted(predicted)
    pairs = [
        (_rank(golds[i], predictions[j]), i, j)
        for i in range(len(golds))
        for j in range(len(predictions))
        if golds[i].span.overlaps(predictions[j].span)
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    judged = [Judged(_kind(golds[i], predictions[j]), golds[i], predictions[j]) for i, j in matched.items()]
    judged += [Judged("missed", one, None) for i, one in enumerate(golds) if i not in matched]
    judged += [Judged("spurious", None, one) for j, one in enumerate(predictions) if j not in taken]
    return tuple(sorted(judged, key=lambda one: (one.start, KINDS.index(one.kind), str(one.gold))))


def shared_words(one: Entity, other: Entity) -> int:
    """How many words two entities have in common."""
    return max(0, min(one.span.end, other.span.end) - max(one.span.start, other.span.start))


def _rank(gold: Entity, predicted: Entity) -> tuple[int, int]:
    """The smaller, the earlier two entities are matched."""
    order: tuple[Kind, ...] = ("correct", "wrong label", "partial", "wrong label and boundary")
    return order.index(_kind(gold, predicted)), -shared_words(gold, predicted)


def _kind(gold: Entity, predicted: Entity) -> Kind:
    if gold.span == predicted.span:
        return "correct" if gold.label == predicted.label else "wrong label"
    return "partial" if gold.label == predicted.label else "wrong label and boundary"
