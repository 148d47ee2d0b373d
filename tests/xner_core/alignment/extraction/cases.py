"""Matrices and links as lists, for cases worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.extraction import Extraction, Links

Rows = list[list[float]]
Cells = set[tuple[int, int]]

# Row 1 prefers column 0, which prefers row 0; column 2 prefers row 1, which does not want it.
ONE_WAY: Rows = [
    [0.9, 0.1, 0.2],
    [0.8, 0.3, 0.7],
    [0.1, 0.6, 0.4],
]


def matrix(rows: Rows) -> NDArray[np.float32]:
    return np.array(rows, dtype=np.float32)


def cells(links: Links) -> Cells:
    return {(row, column) for row, column in np.argwhere(links).tolist()}


def links_of(extraction: Extraction, rows: Rows) -> Cells:
    return cells(extraction.extract(matrix(rows)))


def links_at(found: Iterable[tuple[int, int]], shape: tuple[int, int]) -> Links:
    links = np.zeros(shape, dtype=bool)
    for cell in found:
        links[cell] = True
    return links
