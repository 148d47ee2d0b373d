"""Unbalanced transport by a general-purpose optimiser, from the definition of its objective."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize


def objective(
    plan: NDArray[np.floating],
    similarity: NDArray[np.floating],
    regularisation: float,
    marginal: float,
    offset: float,
) -> float:
    """What the plan is to make as large as possible."""
    rows, columns = similarity.shape
    gain = similarity.astype(float) - np.median(similarity.astype(float)) - offset
    reference = np.full((rows, columns), 1 / np.sqrt(rows * columns))
    source, target = np.full(rows, 1 / rows), np.full(columns, 1 / columns)
    total = float((plan * gain).sum())
    total -= regularisation * _divergence(plan, reference)
    total -= marginal * (_divergence(plan.sum(axis=1), source) + _divergence(plan.sum(axis=0), target))
    return total


def best_plan(
    similarity: NDArray[np.floating], regularisation: float, marginal: float, offset: float
) -> NDArray[np.float64]:
    """The plan found by quasi-Newton steps on the logarithms of its cells."""
    shape = similarity.shape

    def loss(logarithms: NDArray[np.float64]) -> float:
        return -objective(np.exp(logarithms).reshape(shape), similarity, regularisation, marginal, offset)

    start = np.full(similarity.size, -np.log(similarity.size))
    found = minimize(loss, start, method="BFGS", options={"gtol": 1e-9, "maxiter": 2_000})
    return np.exp(found.x).reshape(shape)


def _divergence(values: NDArray[np.floating], reference: NDArray[np.floating]) -> float:
    """Kullback and Leibler's for measures that need not sum up to 1."""
    return float((values * np.log(values / reference) - values + reference).sum())
