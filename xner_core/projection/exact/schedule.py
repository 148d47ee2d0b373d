"""The best choice of spans where each entity may be used any number of times.

Without the demands of the entities the problem is weighted interval scheduling: one
sweep over the words solves it. With prices on the demands the same sweep bounds the
real problem.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xner_core.projection.exact.instance import Component

Weights = NDArray[np.float64]


class Schedule:
    """The sweeps over one component, prepared for many different weights."""

    def __init__(self, component: Component) -> None:
        start, end = component.start, component.end
        is_new = np.ones(len(start), dtype=bool)
        is_new[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        self._first = np.flatnonzero(is_new)  # pairs are sorted, so those of one span stand together
        self._behind = [*self._first[1:].tolist(), len(start)]
        self._starts = start[self._first].tolist()
        self._n_words = component.n_words
        self._ending: list[list[tuple[int, int]]] = [[] for _ in range(component.n_words + 1)]
        self._starting: list[list[tuple[int, int]]] = [[] for _ in range(component.n_words + 1)]
        for index, (a, b) in enumerate(zip(self._starts, end[self._first].tolist(), strict=True)):
            self._ending[b].append((a, index))
            self._starting[a].append((b, index))

    def forward(self, weights: Weights) -> tuple[list[float], list[int]]:
        """The best total left of each word, shape (words + 1,), and the pairs that make the last one."""
        best = np.maximum.reduceat(weights, self._first).tolist()
        totals = [0.0] * (self._n_words + 1)
        last = [-1] * (self._n_words + 1)
        total = 0.0
        for word in range(1, self._n_words + 1):
            for start, span in self._ending[word]:
                with_span = totals[start] + best[span]
                if with_span > total:
                    total = with_span
                    last[word] = span
            totals[word] = total
        chosen = []
        word = self._n_words
        while word > 0:
            span = last[word]
            if span < 0:
                word -= 1
                continue
            first = int(self._first[span])
            chosen.append(first + int(weights[first : self._behind[span]].argmax()))
            word = self._starts[span]
        return totals, chosen

    def backward(self, weights: Weights) -> list[float]:
        """The best total right of each word, shape (words + 1,)."""
        best = np.maximum.reduceat(weights, self._first).tolist()
        totals = [0.0] * (self._n_words + 1)
        total = 0.0
        for word in range(self._n_words - 1, -1, -1):
            for end, span in self._starting[word]:
                with_span = totals[end] + best[span]
                if with_span > total:
                    total = with_span
            totals[word] = total
        return totals
