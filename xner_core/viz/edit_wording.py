"""What a person's changes of links did to the projection, in words."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.types import Match, Projection, ProjectionProblem, SentencePair
from xner_core.viz.differences import differences
from xner_core.viz.text import quoted

_EQUAL = 1e-9


def count_changed(n: int) -> str:
    """How many links a person changed."""
    if not n:
        return "No link is changed: all are the aligner's."
    return f"{n} {'link' if n == 1 else 'links'} changed by hand."


def projection_changed(
    pair: SentencePair, problem: ProjectionProblem, before: Projection, after: Projection
) -> list[str]:
    """What became of the projection when links were changed.

    Args:
        pair: The pair.
        problem: Its source entities.
        before: The projection over the aligner's links.
        after: The projection over the links as they are now.
    """
    found = differences(problem, before, after)
    if found:
        return [
            "By the changed links, projected before → now:",
            *(
                f"{_entity(pair, problem, each.entity)}: {_targets(pair, each.one)} → "
                f"{_targets(pair, each.other)}"
                for each in found
            ),
        ]
    if abs(after.objective - before.objective) > _EQUAL:
        totals = f"{before.objective:.2f} → {after.objective:.2f}"
        return [f"By the changed links the same is projected; total score before → now: {totals}."]
    return ["By the changed links the same is projected as before."]


def _entity(pair: SentencePair, problem: ProjectionProblem, index: int) -> str:
    entity = problem.source_entities[index]
    return f"{quoted(pair.source.surface(entity.span))} ({entity.label})"


def _targets(pair: SentencePair, matches: Sequence[Match]) -> str:
    """Names of which two can stand on either side of an arrow, whichever way they run."""
    return " and ".join(quoted(pair.target.surface(match.target.span)) for match in matches) or "nothing"
