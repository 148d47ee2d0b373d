"""Where two projections of one problem differ, entity by entity."""

from __future__ import annotations

from dataclasses import dataclass

from xner_core.types import Match, Projection, ProjectionProblem


@dataclass(frozen=True, slots=True)
class Difference:
    """An entity that two projections treat differently.

    Attributes:
        entity: Index of the source entity.
        one: Its matches in the first projection.
        other: Its matches in the second.
        gain: By how much the second one's scores are higher in total.
    """

    entity: int
    one: tuple[Match, ...]
    other: tuple[Match, ...]
    gain: float


def differences(problem: ProjectionProblem, one: Projection, other: Projection) -> list[Difference]:
    """List the entities that have other targets, in order."""
    found = []
    for entity in range(len(problem.source_entities)):
        first, second = (
            tuple(match for match in projection.matches if match.entity == entity)
            for projection in (one, other)
        )
        if [match.target for match in first] != [match.target for match in second]:
            found.append(Difference(entity, first, second, _total(second) - _total(first)))
    return found


def _total(matches: tuple[Match, ...]) -> float:
    return sum(match.score or 0.0 for match in matches)
