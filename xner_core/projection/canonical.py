"""One order for entities and candidates, so that the order of the input decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xner_core.projection.preference import Bounds, bounds_of
from xner_core.types import ProjectionProblem


@dataclass(frozen=True, slots=True)
class Order:
    """Entities and the candidates that any of them scores, from left to right.

    Attributes:
        entities: Indices of the problem's entities.
        candidates: Indices of the problem's candidates.
        sources: Starts and ends of the entities in that order, shape (entities, 2).
        targets: Starts and ends of the candidates in that order, shape (candidates, 2).
    """

    entities: list[int]
    candidates: list[int]
    sources: Bounds
    targets: Bounds

    def arrange(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Put scores of the whole problem, shape (entities, candidates), into that order."""
        return scores[np.ix_(self.entities, self.candidates)]


def canonical(problem: ProjectionProblem, scores: NDArray[np.float64]) -> Order:
    """Sort entities (by span, then label) and candidates by where they stand.

    Most n-grams of a sentence have no score, so they are left out before anything is
    done for each candidate.
    """
    entities = sorted(range(len(scores)), key=lambda index: problem.source_entities[index])
    scored = np.flatnonzero((scores > 0).any(axis=0))
    targets = bounds_of([problem.candidates[index] for index in scored.tolist()])
    order = np.lexsort((targets[:, 1], targets[:, 0]))
    return Order(
        entities,
        scored[order].tolist(),
        bounds_of([problem.source_entities[index].span for index in entities]),
        targets[order],
    )
