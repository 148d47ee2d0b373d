"""What every projector can do, and what all of them say in the same way."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from xner_core.types import (
    Entity,
    Match,
    Projection,
    ProjectionProblem,
    Reason,
    Span,
    Status,
    Unmet,
    Unprojected,
)

Pair = tuple[int, int]
"""Index of a source entity, index of a candidate."""


class Projector(Protocol):
    """Matches source entities with target spans."""

    def project(self, problem: ProjectionProblem) -> Projection:
        """Choose target spans that share no word."""
        ...


def projection_of(
    problem: ProjectionProblem,
    pairs: Iterable[Pair],
    *,
    upper_bound: float | None,
    status: Status,
    tie_rule_proven: bool = True,
    unmet: tuple[Unmet, ...] = (),
) -> Projection:
    """Describe a choice of pairs, and why the other entities have none."""
    scores = problem.scores.values
    matches = sorted(
        (
            Match(
                entity,
                Entity(problem.candidates[candidate], problem.source_entities[entity].label),
                float(scores[entity, candidate]),
            )
            for entity, candidate in pairs
        ),
        key=lambda match: match.target.span,
    )
    matched = {match.entity for match in matches}
    unprojected = tuple(
        Unprojected(entity, "infeasible" if status == "infeasible" else _reason(problem, entity))
        for entity in range(len(problem.source_entities))
        if entity not in matched
    )
    objective = math.fsum(match.score or 0.0 for match in matches)
    return Projection(
        tuple(matches),
        unprojected,
        objective,
        upper_bound,
        status,
        tie_rule_proven=tie_rule_proven,
        unmet=unmet,
    )


def linked_words(problem: ProjectionProblem, entity: int) -> list[int]:
    """Target words linked to a source entity, in order."""
    span = problem.source_entities[entity].span
    return sorted({j for i, j in problem.alignment.links if span.start <= i < span.end})


def has_link(problem: ProjectionProblem, entity: int, target: Span) -> bool:
    """Whether a word of the entity is linked to a word of the span."""
    return any(target.start <= word < target.end for word in linked_words(problem, entity))


def is_free(span: Span, taken: NDArray[np.bool_]) -> bool:
    """Whether no word of the span is taken."""
    return not taken[span.start : span.end].any()


def _reason(problem: ProjectionProblem, entity: int) -> Reason:
    if (problem.scores.values[entity] > 0).any():
        return "overlap"
    if any((part.raw[entity] > 0).any() for part in problem.scores.parts.values()):
        return "below threshold"
    return "no candidate" if linked_words(problem, entity) else "no link"
