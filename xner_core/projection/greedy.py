"""Greedy matching: the best pair first."""

from __future__ import annotations

import numpy as np

from xner_core.config import Component, ComponentConfig
from xner_core.projection.projector import Pair, is_free, order, projection_of
from xner_core.types import Projection, ProjectionProblem


class GreedyConfig(ComponentConfig):
    """Greedy has no options."""


class GreedyProjector(Component[GreedyConfig]):
    """Takes the highest score, then the next one that fits, and so on; each entity at most once."""

    Config = GreedyConfig

    def project(self, problem: ProjectionProblem) -> Projection:
        """See `Projector`. The upper bound lets every entity have its best candidate."""
        pairs = choose_greedily(problem)
        scores = problem.scores.values
        bound = entity_bound(problem)
        value = sum(float(scores[pair]) for pair in pairs)
        proven = value >= bound - 1e-9
        return projection_of(problem, pairs, upper_bound=bound, status="optimal" if proven else "feasible")


def entity_bound(problem: ProjectionProblem) -> float:
    """The objective if every entity had its best candidate: no projection has more."""
    return float(problem.scores.values.max(axis=1, initial=0.0).sum())


def choose_greedily(problem: ProjectionProblem) -> list[Pair]:
    """The greedy choice as pairs of entity and candidate."""
    taken = np.zeros(problem.n_target, dtype=bool)
    chosen: dict[int, int] = {}
    for entity, candidate in order(problem):
        span = problem.candidates[candidate]
        if entity not in chosen and is_free(span, taken):
            chosen[entity] = candidate
            taken[span.start : span.end] = True
    return list(chosen.items())
