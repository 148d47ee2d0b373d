"""Words at the same relative place are likelier translations of each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def distorted(similarity: NDArray[np.floating], strength: float) -> NDArray[np.floating]:
    """Weigh similarities by how far apart the two words stand in their sentences.

    The weight is 1 - strength · (x - y)², where x and y are the relative positions in
    [0, 1] of the source and the target word (Jalili Sabet et al. 2020, SimAlign).

    Args:
        similarity: Shape (source, target).
        strength: In [0, 1]; 0 is off.

    Returns:
        The same matrix where the strength is 0 or a side has a single word, which has no
        relative position; else float64 of the same shape.
    """
    if strength == 0 or min(similarity.shape) < 2:
        return similarity
    source, target = (np.linspace(0.0, 1.0, length) for length in similarity.shape)
    weighed: NDArray[np.floating] = similarity * (1.0 - strength * (source[:, None] - target) ** 2)
    return weighed
