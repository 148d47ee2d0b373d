"""Growing links from the intersection of both directions towards their union."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.extraction.base import Links, SimilarityConfig, SimilarityExtraction
from xner_core.alignment.extraction.directed import forward_links, reverse_links

_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))
"""Steps to the neighbours of a link, in the order in which they are tried: sides, then diagonals."""


class GrowDiagFinalAnd(SimilarityExtraction[SimilarityConfig]):
    """Argmax, grown along neighbouring links of the union; then links between words without any."""

    Config = SimilarityConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        return grow_diag_final_and(forward_links(similarity), reverse_links(similarity))


def grow_diag_final_and(forward: Links, reverse: Links) -> Links:
    """Symmetrise the links of two directions (Och and Ney 2003; Koehn, Och and Marcu 2003).

    The intersection is kept. *Grow-diag*: a neighbour of a link, diagonals included, is
    added where it is in the union and its row or its column has no link yet.
    *Final-and*: then links of either direction are added whose row and column have none.

    What is added depends on what was added before. The order is that of the published
    pseudo-code: links are visited row by row, in each row from the left; a link that is
    added ahead of the visited one is visited in the same sweep, any other in the next;
    neighbours are tried as in `_NEIGHBOURS`. In final-and the forward links come first,
    row by row, and then the reverse links, again row by row.

    Args:
        forward: At most one link in each row, shape (source, target).
        reverse: At most one link in each column, of the same shape.

    Returns:
        A new matrix of the same shape, between the intersection and the union.
    """
    links = forward & reverse
    _grow(links, (forward | reverse) & ~links)
    _link_free_words(links, forward)
    _link_free_words(links.T, reverse.T)
    return links


def _grow(links: Links, waiting: Links) -> None:
    """Add neighbours in place; steps from link to link, of which there are at most rows + columns.

    One visit to each link is enough: a neighbour that was turned down had links on both
    sides, and keeps them.
    """
    rows = set(np.flatnonzero(links.any(axis=1)).tolist())
    columns = set(np.flatnonzero(links.any(axis=0)).tolist())
    left = {(row, column) for row, column in np.argwhere(waiting).tolist()}
    sweep = [(row, column) for row, column in np.argwhere(links).tolist()]  # sorted, and so a heap
    while sweep:
        following: list[tuple[int, int]] = []
        while sweep:
            here = heappop(sweep)
            for down, right in _NEIGHBOURS:
                cell = (here[0] + down, here[1] + right)
                if cell in left and not (cell[0] in rows and cell[1] in columns):
                    left.remove(cell)
                    links[cell] = True
                    rows.add(cell[0])
                    columns.add(cell[1])
                    heappush(sweep if cell > here else following, cell)
        sweep = following


def _link_free_words(links: Links, directed: Links) -> None:
    """Add in place the links of one direction whose row and column have none, the first row first.

    Args:
        links: Is changed.
        directed: At most one link in each row.
    """
    free = ~links.any(axis=1, keepdims=True) & ~links.any(axis=0, keepdims=True)
    rows, columns = np.nonzero(directed & free)
    columns, first = np.unique(columns, return_index=True)  # the first row takes the column
    links[rows[first], columns] = True
