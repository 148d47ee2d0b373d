"""What it would cost to choose otherwise, exactly: the problem is solved again with one thing changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xner_core.projection.exact.instance import Solution
from xner_core.projection.ilp import IlpConfig, solve_stated
from xner_core.projection.projector import Pair
from xner_core.types import ProjectionProblem


@dataclass(frozen=True, slots=True)
class Alternative:
    """A matching that is not the best one.

    Attributes:
        pairs: Its pairs of entity and candidate, sorted.
        objective: Its total score.
        regret: How much less that is than the best total; negative only where more matches
            are missing.
        missing: How many more required matches are missing than in the best matching.
        proven: Whether both are proven optima, so that the regret is exact.
    """

    pairs: tuple[Pair, ...]
    objective: float
    regret: float
    missing: int
    proven: bool


class WhatIf:
    """Alternatives to the exact matching of one problem.

    Attributes:
        best: The exact matching.
    """

    def __init__(self, problem: ProjectionProblem, config: IlpConfig | None = None) -> None:
        self.problem = problem
        self.config = config or IlpConfig()
        self.best = solve_stated(problem, self.config)
        self._starts = np.array([span.start for span in problem.candidates], dtype=int)
        self._ends = np.array([span.end for span in problem.candidates], dtype=int)

    def forced(self, entity: int, candidate: int) -> Alternative | None:
        """The best matching that has this pair.

        The pair may have no score. None where the constraint leaves the entity no match at all.
        """
        if self.config.n_proj == 0 and self.config.relation != ">=":
            return None
        if (entity, candidate) in self.best.pairs:
            return self._alternative(self.best, ())
        span = self.problem.candidates[candidate]
        scores = self.problem.scores.values.copy()
        scores[:, (self._starts < span.end) & (span.start < self._ends)] = 0
        rest = solve_stated(self.problem, self.config, scores=scores, spent={entity: 1})
        return self._alternative(rest, ((entity, candidate),))

    def runner_up(self) -> Alternative | None:
        """The best matching that differs in a pair; None where there is no other one.

        It lacks a pair of the best one, which cannot be added to, or it would not be the best.
        """
        found = []
        for pair in self.best.pairs:
            scores = self.problem.scores.values.copy()
            scores[pair] = 0
            found.append(self._alternative(solve_stated(self.problem, self.config, scores=scores), ()))
        return min(found, key=lambda a: (a.missing, a.regret), default=None)

    def _alternative(self, rest: Solution, forced: tuple[Pair, ...]) -> Alternative:
        objective = rest.objective + sum(float(self.problem.scores.values[pair]) for pair in forced)
        return Alternative(
            pairs=tuple(sorted((*rest.pairs, *forced))),
            objective=objective,
            regret=self.best.objective - objective,
            missing=sum(rest.missing.values()) - sum(self.best.missing.values()),
            proven=rest.proven and self.best.proven,
        )
