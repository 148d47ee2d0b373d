"""What every projector can do, and what all of them say in the same way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from xner_core.types import Entity, Match, Projection, ProjectionProblem, Span, Unprojected

Pair = tuple[int, int]
"""Index of a source entity, index of a candidate."""


class Projector(Protocol):
    """Matches source entities with target spans."""

    def project(self, problem: ProjectionProblem) -> Projection:
        """Choose target spans that share no word."""
        ...


def preference(problem: ProjectionProblem) -> NDArray[np.float64]:
    """How much a pair is preferred among equal scores: longer, then nearest the diagonal, then left.

    Weighted so that the sum over a whole projection keeps that order too. Shape as the scores.
    """
    spans = np.array([(s.start, s.end) for s in problem.candidates], dtype=float).reshape(-1, 2)
    entities = np.array([(e.span.start, e.span.end) for e in problem.source_entities]).reshape(-1, 2)
    middle = entities.mean(axis=1)[:, None] / max(problem.n_source, 1)
    distance = np.abs(middle - spans.mean(axis=1)[None, :] / max(problem.n_target, 1))
    count = max(len(problem.source_entities), 1)
    left = spans[:, 0] / max(problem.n_target, 1)
    nearness: NDArray[np.float64] = (1 - distance) * 0.5 / count - left * 1e-6 / count
    lengths: NDArray[np.float64] = spans[:, 1] - spans[:, 0]
    return lengths[None, :] + nearness


def order(problem: ProjectionProblem) -> list[Pair]:
    """All pairs with a positive score, the best first; equal scores by `preference`."""
    scores = problem.scores.values
    entities, candidates = np.nonzero(scores > 0)
    # Rounded, so that sums taken in another order are still equal.
    keys = (-preference(problem)[entities, candidates], -scores[entities, candidates].round(9))
    ranks = np.lexsort(keys)
    return list(zip(entities[ranks].tolist(), candidates[ranks].tolist(), strict=True))


def projection_of(
    problem: ProjectionProblem,
    pairs: Iterable[Pair],
    *,
    upper_bound: float | None,
    status: Literal["optimal", "feasible"],
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
        Unprojected(entity, _reason(problem, entity))
        for entity in range(len(problem.source_entities))
        if entity not in matched
    )
    objective = sum(match.score or 0.0 for match in matches)
    return Projection(tuple(matches), unprojected, objective, upper_bound, status)


def linked_words(problem: ProjectionProblem, entity: int) -> list[int]:
    """Target words linked to a source entity, in order."""
    span = problem.source_entities[entity].span
    return sorted({j for i, j in problem.alignment.links if span.start <= i < span.end})


def is_free(span: Span, taken: NDArray[np.bool_]) -> bool:
    """Whether no word of the span is taken."""
    return not taken[span.start : span.end].any()


def _reason(problem: ProjectionProblem, entity: int) -> Literal["no link", "no candidate", "overlap"]:
    if (problem.scores.values[entity] > 0).any():
        return "overlap"
    return "no candidate" if linked_words(problem, entity) else "no link"
