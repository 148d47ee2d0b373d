"""Exact matching as an integer linear programme (Politov et al. 2025; Shkalikov 2025).

Maximise Σ score[s, t] · x[s, t] over binary x, with Σ_t x[s, t] {<=, ==, >=} n_proj for
each entity s, and no target word in two chosen candidates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.config import Component
from xner_core.projection.canonical import canonical
from xner_core.projection.exact.instance import UNLIMITED, Demand, Solution
from xner_core.projection.exact.solver import answer, solve
from xner_core.projection.greedy import choose_greedily, entity_bound
from xner_core.projection.preference import TieConfig, columns
from xner_core.projection.projector import projection_of
from xner_core.types import Projection, ProjectionProblem, Status, Unmet


class IlpConfig(TieConfig):
    """Options of the exact projector."""

    relation: Literal["<=", "==", ">="] = Field(
        default="<=", description="Each entity is projected at most, exactly or at least n_proj times."
    )
    n_proj: int = Field(default=1, ge=0, le=20, description="The number of projections of an entity.")
    strict: bool = Field(
        default=False,
        description="Where an entity cannot be projected as often as it must, project nothing and say so. "
        "Otherwise as few projections as possible are missing.",
    )
    time_limit: float = Field(
        default=30.0, gt=0, description="Seconds for one sentence; after that the best found is returned."
    )


class IlpProjector(Component[IlpConfig]):
    """The matching with the largest total score, proven."""

    Config = IlpConfig

    def project(self, problem: ProjectionProblem) -> Projection:
        """See `Projector`."""
        solution = solve_stated(problem, self.config)
        unmet = tuple(sorted(Unmet(entity, n) for entity, n in solution.missing.items()))
        if unmet and self.config.strict:
            known: Status = "infeasible" if solution.proven else "feasible"
            return projection_of(problem, [], upper_bound=None, status=known, unmet=unmet)
        pairs, bound = solution.pairs, solution.upper_bound
        status: Status = "relaxed" if unmet else "optimal"
        if not solution.proven:
            status = "feasible"
            if self.config.relation != ">=":
                bound = min(bound, entity_bound(problem, self.config.n_proj))
            if self.config.relation == "<=":  # out of time, greedy matching may have been luckier
                greedy = choose_greedily(problem, self.config.prefer, self.config.n_proj)
                pairs = max(pairs, greedy, key=lambda some: sum(problem.scores.values[pair] for pair in some))
        return projection_of(
            problem,
            pairs,
            upper_bound=bound,
            status=status,
            tie_rule_proven=solution.tie_rule_proven,
            unmet=unmet,
        )


def solve_stated(
    problem: ProjectionProblem,
    config: IlpConfig,
    *,
    scores: NDArray[np.float64] | None = None,
    spent: Mapping[int, int] | None = None,
) -> Solution:
    """Solve a problem, or one that differs from it in the scores and the demands.

    Args:
        problem: The problem.
        config: What to ask for.
        scores: Instead of the problem's own, of the same shape.
        spent: Entity → matches that it has already.

    Returns:
        The solution with the problem's own indices.
    """
    values = problem.scores.values if scores is None else scores
    demand = _demand(config, len(values), spent or {})
    if not (values > 0).any():  # every other sentence of a corpus
        return answer(values, [], demand)
    order = canonical(problem, values)
    solution = solve(
        order.arrange(values),
        order.targets,
        Demand(demand.fewest[order.entities], demand.most[order.entities]),
        lambda entities, candidates: columns(
            config.prefer,
            order.sources[entities],
            order.targets[candidates],
            problem.n_source,
            problem.n_target,
        ),
        time_limit=config.time_limit,
    )
    solution.pairs = sorted((order.entities[e], order.candidates[c]) for e, c in solution.pairs)
    solution.missing = {order.entities[e]: n for e, n in solution.missing.items()}
    return solution


def _demand(config: IlpConfig, n_entities: int, spent: Mapping[int, int]) -> Demand:
    demand = Demand(
        np.full(n_entities, 0 if config.relation == "<=" else config.n_proj),
        np.full(n_entities, UNLIMITED if config.relation == ">=" else config.n_proj),
    )
    for entity, matches in spent.items():
        demand.fewest[entity] = max(0, demand.fewest[entity] - matches)
        if demand.most[entity] < UNLIMITED:
            demand.most[entity] = max(0, demand.most[entity] - matches)
    return demand
