"""One order for entities and candidates, so that the order of the input decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xner_core.projection.preference import Bounds, bounds_of
from xner_core.types import ProjectionProblem


@dataclass(frozen=True, slots=True)
class Order:
    """Entities and candidates from left to right.

    Attributes:
        entities: Indices of the problem's entities.
        candidates: Indices of the problem's candidates.
        sources: Starts and ends of the entities in that order, shape (entities, 2).
        targets: Starts and ends of the candidates in that order, shape (candidates, 2).
        changes: Whether that is another order than the problem's own.
    """

    entities: list[int]
    candidates: list[int]
    sources: Bounds
    targets: Bounds
    changes: bool

    def arrange(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Put scores of shape (entities, candidates) into that order."""
        return scores[np.ix_(self.entities, self.candidates)] if self.changes else scores


def canonical(problem: ProjectionProblem) -> Order:
    """Sort entities (by span, then label) and candidates by where they stand."""
    sources, targets = bounds_of(problem)
    found = problem.source_entities
    entities = sorted(range(len(found)), key=lambda index: found[index])
    candidates = np.lexsort((targets[:, 1], targets[:, 0])).tolist()
    changes = entities != list(range(len(entities))) or candidates != list(range(len(candidates)))
    if changes:
        sources, targets = sources[entities], targets[candidates]
    return Order(entities, candidates, sources, targets, changes)
