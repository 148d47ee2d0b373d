"""Exact matching as an integer linear programme.

Maximise Σ score[s, t] · x[s, t] over binary x, with Σ_t x[s, t] <= 1 for each
entity s, and for each target word at most one chosen candidate that covers it
(Politov et al. 2025). One row per word says the same as one row per pair of
overlapping candidates, and its relaxation is tighter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.projection.greedy import choose_greedily, entity_bound
from xner_core.projection.projector import Pair, is_free, order, preference, projection_of
from xner_core.types import Projection, ProjectionProblem

_TOLERANCE = 1e-7
_PREFERENCE_SCALE = 1e4
"""HiGHS stops 1e-6 below the optimum; the finest preference is smaller than that."""


class IlpConfig(ComponentConfig):
    """Options of the exact projector."""

    time_limit: float = Field(
        default=30.0, gt=0, description="Seconds for one sentence; after that the best found is returned."
    )


class IlpProjector(Component[IlpConfig]):
    """The matching with the largest total score, proven; each entity at most once."""

    Config = IlpConfig

    def project(self, problem: ProjectionProblem) -> Projection:
        """See `Projector`. Among equal totals the one with the largest `preference` is returned."""
        pairs = order(problem)
        favourites = _favourites(problem, pairs)
        if favourites is not None:
            bound = _total(problem, favourites)
            return projection_of(problem, favourites, upper_bound=bound, status="optimal")
        return self._solve(problem, pairs)

    def _solve(self, problem: ProjectionProblem, pairs: list[Pair]) -> Projection:
        scores = np.array([problem.scores.values[pair] for pair in pairs])
        scale = scores.max()  # HiGHS has absolute tolerances
        rows = _rows(problem, pairs)
        first = self._maximise(scores / scale, rows)
        bound = entity_bound(problem)
        if first.mip_dual_bound is not None:
            bound = min(bound, float(-first.mip_dual_bound * scale))
        if first.status != 0:  # out of time
            found = [] if first.x is None else _taken(pairs, first.x)
            best_known = max((found, choose_greedily(problem)), key=lambda chosen: _total(problem, chosen))
            return projection_of(problem, best_known, upper_bound=bound, status="feasible")
        best = _total(problem, _taken(pairs, first.x)) / scale
        wanted = np.array([preference(problem)[pair] for pair in pairs])
        floor = (scores / scale, best - _TOLERANCE)
        second = self._maximise(wanted * _PREFERENCE_SCALE, rows, at_least=floor)
        chosen = _taken(pairs, first.x if second.x is None else second.x)
        return projection_of(problem, chosen, upper_bound=bound, status="optimal")

    def _maximise(
        self,
        values: NDArray[np.float64],
        rows: Any,
        at_least: tuple[NDArray[np.float64], float] | None = None,
    ) -> Any:
        from scipy.optimize import Bounds, LinearConstraint, milp

        constraints = [LinearConstraint(rows, ub=1)]
        if at_least is not None:
            constraints.append(LinearConstraint(at_least[0][None, :], lb=at_least[1]))
        return milp(
            -values,
            integrality=np.ones(len(values), dtype=int),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0, "time_limit": self.config.time_limit},
        )


def _taken(pairs: list[Pair], x: NDArray[np.float64]) -> list[Pair]:
    return [pair for pair, share in zip(pairs, x, strict=True) if share > 0.5]


def _total(problem: ProjectionProblem, pairs: list[Pair]) -> float:
    return sum(float(problem.scores.values[pair]) for pair in pairs)


def _favourites(problem: ProjectionProblem, pairs: list[Pair]) -> list[Pair] | None:
    """Every entity's best candidate, if no two of them share a word: then nothing is better."""
    taken = np.zeros(problem.n_target, dtype=bool)
    best: dict[int, int] = {}
    for entity, candidate in pairs:
        if entity in best:
            continue
        span = problem.candidates[candidate]
        if not is_free(span, taken):
            return None
        best[entity] = candidate
        taken[span.start : span.end] = True
    return list(best.items())


def _rows(problem: ProjectionProblem, pairs: list[Pair]) -> Any:
    """Sparse rows of what is allowed once: each entity, then each target word."""
    from scipy.sparse import csr_array

    n_entities = len(problem.source_entities)
    rows, columns = [], []
    for column, (entity, candidate) in enumerate(pairs):
        span = problem.candidates[candidate]
        used = [entity, *range(n_entities + span.start, n_entities + span.end)]
        rows += used
        columns += [column] * len(used)
    shape = (n_entities + problem.n_target, len(pairs))
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
