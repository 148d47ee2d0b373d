"""The integer programme as published: one row for each two candidates that overlap."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.oracles.matching import AT_MOST_ONCE, Terms
from xner_core.types import ProjectionProblem

Rows = list[Any]


def best_by_pairs(problem: ProjectionProblem, terms: Terms = AT_MOST_ONCE) -> tuple[int, float]:
    """How many matches must be missing, and the largest objective of a matching that misses no more.

    Solved twice: for the matches that are missing, then for the scores.
    """
    scores = problem.scores.values
    pairs = np.argwhere(scores > 0)
    if not len(pairs):
        return terms.fewest * len(scores), 0.0
    rows = _rows(problem, pairs, terms)
    lacks = np.concatenate([np.zeros(len(pairs)), np.ones(len(scores))])
    fewest_missing = round(_minimum(lacks, rows))
    rows.append(LinearConstraint(lacks[None, :], ub=fewest_missing))
    gains = np.concatenate([scores[tuple(pairs.T)], np.zeros(len(scores))])
    return fewest_missing, -_minimum(-gains, rows)


def _rows(problem: ProjectionProblem, pairs: NDArray[np.int64], terms: Terms) -> Rows:
    """Rows over the pairs and over the number of matches that each entity lacks."""
    n_entities, n_candidates = problem.scores.values.shape
    by_entity = (pairs[:, 0] == np.arange(n_entities)[:, None]).astype(float)
    by_candidate = (pairs[:, 1] == np.arange(n_candidates)[:, None]).astype(float)
    overlapping = [
        by_candidate[i] + by_candidate[j]
        for i, j in combinations(range(n_candidates), 2)
        if problem.candidates[i].overlaps(problem.candidates[j])
    ]
    once = np.array([*by_candidate, *overlapping])
    return [
        LinearConstraint(np.hstack([by_entity, np.eye(n_entities)]), lb=terms.fewest),
        LinearConstraint(np.hstack([by_entity, np.zeros((n_entities, n_entities))]), ub=terms.most),
        LinearConstraint(np.hstack([once, np.zeros((len(once), n_entities))]), ub=1),
    ]


def _minimum(cost: NDArray[np.float64], rows: Rows) -> float:
    n_entities = rows[0].A.shape[0]
    most = np.ones(len(cost))
    most[-n_entities:] = np.inf
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, most),
        constraints=rows,
        options={"mip_rel_gap": 0},
    )
    assert found.status == 0, found.message
    return float(found.fun)
