"""The glance that settles most sentences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from xner_core.projection.exact.instance import Ints

Pair = tuple[int, int]


def favourites(weights: Ints, targets: Ints, tie_rule: Callable[[int, Ints], Ints]) -> list[Pair] | None:
    """Every entity's best candidate, if no two of them share a word: then nothing is better.

    Args:
        weights: Scores on the grid, shape (entities, candidates).
        targets: Starts and ends of the candidates, shape (candidates, 2).
        tie_rule: What the rule looks at for one entity and some candidates, shape
            (criteria, candidates); called only where an entity has several best ones.

    Returns:
        Pairs of entity and candidate, or None where two of them collide.
    """
    best = weights.max(axis=1)
    taken = 0
    chosen = []
    for entity in np.flatnonzero(best).tolist():
        equal = np.flatnonzero(weights[entity] == best[entity])
        if len(equal) == 1:
            candidate = int(equal[0])
        else:  # np.lexsort looks at its last key first
            keys = (-equal, *tie_rule(entity, equal)[::-1])
            candidate = int(equal[np.lexsort(keys)[-1]])
        start, end = targets[candidate].tolist()
        words = ((1 << (end - start)) - 1) << start
        if taken & words:
            return None
        taken |= words
        chosen.append((entity, candidate))
    return chosen
