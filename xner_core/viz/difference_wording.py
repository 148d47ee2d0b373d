"""What separates two projections, said in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.types import Match, ProjectionProblem, SentencePair
from xner_core.viz.changes import Projected, changes
from xner_core.viz.differences import differences
from xner_core.viz.wording import listed

_EQUAL = 1e-9


def difference(pair: SentencePair, problem: ProjectionProblem, one: Projected, other: Projected) -> list[str]:
    """Where two projections of a problem differ, and what each entity gains; empty where they agree.

    Args:
        pair: The pair.
        problem: The problem.
        one: A projection of it, named for the reader.
        other: Another one; what it gains over the first is said.
    """
    found = differences(problem, one.projection, other.projection)
    if not found:
        return []
    sentences = [f"{one.name} and {other.name} differ{_gain(one, other)}"]
    for each in found:
        entity = problem.source_entities[each.entity]
        gained = f" ({each.gain:+.2f})" if abs(each.gain) > _EQUAL else ""
        sentences.append(
            f"“{pair.source.surface(entity.span)}” ({entity.label}): {_inside(one.name)} chooses "
            f"{_named(pair, each.one)}, {_inside(other.name)} {_named(pair, each.other)}{gained}."
        )
    return sentences


def _gain(one: Projected, other: Projected) -> str:
    first, second = one.projection.objective, other.projection.objective
    gain = second - first
    if abs(gain) <= _EQUAL:
        tie = "" if "heuristic" in {one.projection.status, other.projection.status} else ": a tie"
        return f", but their totals are equal ({second:.2f}){tie}."
    if gain > 0:
        return f": {other.name}'s total is {gain:.2f} higher ({second:.2f} instead of {first:.2f})."
    if other.projection.status in {"optimal", "relaxed", "infeasible"}:
        return (
            f": {_inside(one.name)} need not meet the constraint, and has {-gain:.2f} more "
            f"({first:.2f} instead of {second:.2f})."
        )
    return f": {one.name}'s total is {-gain:.2f} higher ({first:.2f} instead of {second:.2f})."


def changed(pair: SentencePair, before: Projected, after: Projected, *, same_scores: bool) -> list[str]:
    """What other settings change, in numbers and then entity by entity.

    Args:
        pair: The pair.
        before: As it was, named for the reader.
        after: As it is.
        same_scores: Whether both have the same scores, so that their totals can be compared.
    """
    found = changes(before, after)
    was, now = before.projection.objective, after.projection.objective
    totals = f"total {now:.2f} instead of {was:.2f}"
    if not same_scores:
        totals += ", which cannot be compared: the scores are others"
    elif abs(now - was) <= _EQUAL:
        totals = f"the total stays {now:.2f}"
    else:
        totals += f" ({now - was:+.2f})"
    if not found:
        return [f"Against {before.name} no entity changes; {totals}."]
    kinds = [each.kind for each in found]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("gained", "lost", "moved"))
    return [
        f"Against {before.name}: {counts}; {totals}.",
        *(
            f"“{pair.source.surface(each.source.span)}” ({each.source.label}) is {each.kind}: "
            f"{listed(pair, each.before)} → {listed(pair, each.after)}."
            for each in found
        ),
    ]


def _named(pair: SentencePair, matches: Sequence[Match]) -> str:
    return " and ".join(f"“{pair.target.surface(match.target.span)}”" for match in matches) or "nothing"


def _inside(name: str) -> str:
    """A name inside a sentence: greedy, but ILP."""
    return name if name.isupper() else name[0].lower() + name[1:]
