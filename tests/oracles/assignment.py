"""The best one-to-one links of a tiny matrix, by trying all of them."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray


def best_total(similarity: NDArray[np.floating]) -> float:
    """The largest total that links between distinct rows and columns can have."""
    rows, columns = similarity.shape
    if rows > columns:
        return best_total(similarity.T)
    return max(
        (
            float(sum(similarity[row, column] for row, column in enumerate(choice)))
            for choice in permutations(range(columns), rows)
        ),
        default=0.0,
    )
