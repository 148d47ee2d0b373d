"""Greedy matching: the best pair first (Politov et al. 2025)."""

from __future__ import annotations

import math

import numpy as np
from pydantic import Field

from xner_core.config import Component
from xner_core.projection.canonical import Order, canonical
from xner_core.projection.grid import on_grid
from xner_core.projection.preference import Criteria, TieConfig, columns
from xner_core.projection.projector import Pair, projection_of
from xner_core.types import Projection, ProjectionProblem


class GreedyConfig(TieConfig):
    """Options of the greedy projector."""

    n_proj: int = Field(default=1, ge=0, le=20, description="How often an entity is projected at most.")


class GreedyProjector(Component[GreedyConfig]):
    """Takes the highest score, then the next one that fits, and so on."""

    Config = GreedyConfig

    def project(self, problem: ProjectionProblem) -> Projection:
        """See `Projector`. The upper bound lets every entity have its best candidates."""
        pairs = choose_greedily(problem, self.config.prefer, self.config.n_proj)
        scores = problem.scores.values
        bound = entity_bound(problem, self.config.n_proj)
        value = math.fsum(scores[pair] for pair in pairs)
        proven = value >= bound * (1 - 1e-9)
        return projection_of(problem, pairs, upper_bound=bound, status="optimal" if proven else "feasible")


def entity_bound(problem: ProjectionProblem, n_proj: int = 1) -> float:
    """The objective if every entity had its best candidates: no projection has more."""
    scores = np.maximum(problem.scores.values, 0.0)
    if n_proj == 0 or scores.size == 0:
        return 0.0
    if n_proj == 1:
        return math.fsum(scores.max(axis=1))
    return math.fsum(np.sort(scores, axis=1)[:, -n_proj:].flat)


def choose_greedily(problem: ProjectionProblem, prefer: Criteria, n_proj: int = 1) -> list[Pair]:
    """The greedy choice as pairs of entity and candidate."""
    order = canonical(problem, problem.scores.values)
    room = dict.fromkeys(order.entities, n_proj)
    open_entities = len(room) if n_proj else 0
    taken = 0
    chosen: list[Pair] = []
    for row, column in _best_first(problem, order, prefer):
        entity = order.entities[row]
        start, end = order.targets[column].tolist()
        words = ((1 << (end - start)) - 1) << start
        if room[entity] and not taken & words:
            taken |= words
            chosen.append((entity, order.candidates[column]))
            room[entity] -= 1
            open_entities -= not room[entity]
            if not open_entities:
                break
    return chosen


def _best_first(problem: ProjectionProblem, order: Order, prefer: Criteria) -> list[Pair]:
    """Rows and columns of all pairs with a positive score, the best first, ties by the tie rule."""
    weights = on_grid(order.arrange(problem.scores.values))
    rows, found = np.nonzero(weights)
    tastes = columns(prefer, order.sources, order.targets, problem.n_source, problem.n_target)
    # np.lexsort looks at its last key first; pairs that are alike in all stay in order.
    ranks = np.lexsort((*(-tastes[::-1, rows, found]), -weights[rows, found]))
    return list(zip(rows[ranks].tolist(), found[ranks].tolist(), strict=True))
