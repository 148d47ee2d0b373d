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
from xner_core.projection.greedy import choose_greedily
from xner_core.projection.projector import Pair, is_free, order, preference, projection_of
from xner_core.types import Projection, ProjectionProblem

_TOLERANCE = 1e-7


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
            bound = sum(float(problem.scores.values[pair]) for pair in favourites)
            return projection_of(problem, favourites, upper_bound=bound, status="optimal")
        return self._solve(problem, pairs)

    def _solve(self, problem: ProjectionProblem, pairs: list[Pair]) -> Projection:
        scores = np.array([problem.scores.values[pair] for pair in pairs])
        scale = scores.max()  # HiGHS has absolute tolerances
        rows = _rows(problem, pairs)
        first = self._maximise(scores / scale, rows)
        bound = float(-first.mip_dual_bound * scale) if first.mip_dual_bound is not None else None
        if first.x is None:  # out of time before anything was found
            greedy = choose_greedily(problem)
            return projection_of(problem, greedy, upper_bound=bound, status="feasible")
        chosen = first.x > 0.5
        if first.status == 0:
            best = float(scores[chosen].sum() / scale)
            wanted = np.array([preference(problem)[pair] for pair in pairs])
            second = self._maximise(wanted, rows, at_least=(scores / scale, best - _TOLERANCE))
            if second.x is not None:
                chosen = second.x > 0.5
        found = [pair for pair, take in zip(pairs, chosen, strict=True) if take]
        return projection_of(
            problem, found, upper_bound=bound, status="optimal" if first.status == 0 else "feasible"
        )

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
