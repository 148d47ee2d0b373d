"""Partial transport without regularisation, as a linear programme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog


def largest_total(similarity: NDArray[np.floating], null: float) -> float:
    """The largest total similarity of a plan that carries 1 - null between uniform weights."""
    rows, columns = similarity.shape
    capacities, weights = [], []
    for row in range(rows):
        capacities.append([float(cell // columns == row) for cell in range(rows * columns)])
        weights.append(1 / rows)
    for column in range(columns):
        capacities.append([float(cell % columns == column) for cell in range(rows * columns)])
        weights.append(1 / columns)
    solved = linprog(
        [-float(value) for row in similarity for value in row],
        A_ub=capacities,
        b_ub=weights,
        A_eq=[[1.0] * (rows * columns)],
        b_eq=[1 - null],
        bounds=(0, None),
    )
    assert solved.status == 0, solved.message
    return -float(solved.fun)
