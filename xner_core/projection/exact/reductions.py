"""Making the problem smaller without losing its best answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xner_core.projection.exact.instance import Ints


def equal_rows(weights: Ints, fewest: Ints, most: Ints) -> list[list[int]]:
    """Groups of entities with the same scores and demands: to a solver they are one entity.

    Scores that depend on the label alone make many of them, and their symmetry costs a
    solver dearly.
    """
    groups: dict[tuple[bytes, int, int], list[int]] = {}
    for entity, row in enumerate(weights):
        key = (row.tobytes(), int(fewest[entity]), int(most[entity]))
        groups.setdefault(key, []).append(entity)
    return list(groups.values())


def undominated(weights: Ints, ranks: Ints, targets: Ints) -> NDArray[np.bool_]:
    """Which pairs are worth a look: those without a part that is as good.

    Where a part of a span scores more for the same entity, or as much and is preferred,
    exchanging the span for it frees words and changes no count; this holds for every
    demand. Nothing like it holds across entities.

    Args:
        weights: Scores on the grid, 0 where a pair may not be used; shape (entities, candidates).
        ranks: What breaks ties within an entity, larger is better; the same shape.
        targets: Starts and ends of the candidates, shape (candidates, 2).
    """
    lengths = targets[:, 1] - targets[:, 0]
    n_words = int(targets[:, 1].max())
    keep = np.zeros(weights.shape, dtype=bool)
    # Row by length: the best of all spans inside the one that starts at each word.
    best = np.zeros((len(weights), n_words + 1), dtype=np.int64)
    best_rank = np.zeros_like(best)
    for length in range(1, int(lengths.max()) + 1):
        best[:, :-1], best_rank[:, :-1] = _better(
            best[:, :-1], best_rank[:, :-1], best[:, 1:], best_rank[:, 1:]
        )
        here = np.flatnonzero(lengths == length)
        starts = targets[here, 0]
        own, rank = weights[:, here], ranks[:, here]
        inside, inside_rank = best[:, starts], best_rank[:, starts]
        keep[:, here] = (own > 0) & ((own > inside) | ((own == inside) & (rank >= inside_rank)))
        best[:, starts], best_rank[:, starts] = _better(own, rank, inside, inside_rank)
    return keep


def _better(one: Ints, one_rank: Ints, other: Ints, other_rank: Ints) -> tuple[Ints, Ints]:
    take = (other > one) | ((other == one) & (other_rank > one_rank))
    return np.where(take, other, one), np.where(take, other_rank, one_rank)


def components(n_entities: int, entity: Ints, start: Ints, end: Ints) -> list[Ints]:
    """Entities that share a word, directly or through others, belong together.

    Args:
        n_entities: Number of entities.
        entity: The entity of each pair, shape (pairs,).
        start: First words, the same shape.
        end: Behind the last words, the same shape.

    Returns:
        The entities of each component, sorted; those without pairs are left out.
    """
    edges = np.zeros((n_entities, int(end.max()) + 1), dtype=np.int64)
    np.add.at(edges, (entity, start), 1)
    np.add.at(edges, (entity, end), -1)
    covers = edges.cumsum(axis=1) > 0
    together = covers.astype(np.int64) @ covers.T > 0
    found, left = [], covers.any(axis=1)
    while left.any():
        members = np.zeros(n_entities, dtype=bool)
        members[left.argmax()] = True
        size = 0
        while members.sum() > size:
            size = int(members.sum())
            members = np.asarray(together[members].any(axis=0))
        found.append(np.flatnonzero(members))
        left &= ~members
    return found
