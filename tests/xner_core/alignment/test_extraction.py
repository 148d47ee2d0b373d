"""Extractions on matrices small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from xner_core.alignment.extraction import Argmax, Itermax, ItermaxConfig, MaximumWeightMatch
from xner_core.alignment.extraction import Extraction as ExtractionProtocol

Rows = list[list[float]]
Link = tuple[int, int]


def _links(extraction: ExtractionProtocol, rows: Rows) -> set[Link]:
    found = np.argwhere(extraction.extract(np.array(rows, dtype=np.float32)))
    return {(int(row), int(column)) for row, column in found}


# Row 1 prefers column 0, which prefers row 0; column 2 prefers row 1, which does not want it.
ONE_WAY: Rows = [
    [0.9, 0.1, 0.2],
    [0.8, 0.3, 0.7],
    [0.1, 0.6, 0.4],
]


@pytest.mark.parametrize(
    ("rows", "links"),
    [
        (ONE_WAY, {(0, 0), (2, 1)}),
        ([[0.2, 0.9], [0.8, 0.1]], {(0, 1), (1, 0)}),
        ([[0.9, 0.8], [0.7, 0.1]], {(0, 0)}),
        ([[0.5]], {(0, 0)}),
        ([[0.1, 0.7, 0.3]], {(0, 1)}),
        ([[0.1], [0.7], [0.3]], {(1, 0)}),
        # Between equals the first counts, on both sides.
        ([[0.5, 0.5], [0.5, 0.5]], {(0, 0)}),
    ],
)
def test_argmax(rows: Rows, links: set[Link]) -> None:
    assert _links(Argmax(), rows) == links


def test_itermax_links_what_argmax_left_over() -> None:
    # Row 1 and column 2 are free: column 2 counts in full for row 1 (0.7), the linked
    # column 0 counts 0.9 times (0.8 · 0.9 = 0.72) and is row 1's best; row 1 is also
    # the best of column 0, whose own row 0 is not looked at again.
    assert _links(Itermax(), ONE_WAY) == {(0, 0), (2, 1), (1, 0)}


def test_itermax_never_joins_two_words_that_have_links() -> None:
    # Nothing is similar to the free words, so that all that is left over is 0.
    assert _links(Itermax(), [[0, 0.9, 0], [0.9, 0, 0], [0, 0, 0]]) == {(0, 1), (1, 0)}


@pytest.mark.parametrize(
    ("alpha", "third"),
    # Column 0 at 0.8 · alpha against column 2 at 0.7 · min(1, 2 · alpha).
    [(1.0, (1, 0)), (0.88, (1, 0)), (0.87, (1, 2)), (0.5, (1, 2))],
)
def test_alpha_weighs_words_that_have_a_link_already(alpha: float, third: Link) -> None:
    assert _links(Itermax(ItermaxConfig(alpha=alpha)), ONE_WAY) == {(0, 0), (2, 1), third}


def test_one_iteration_is_argmax() -> None:
    assert _links(Itermax(ItermaxConfig(iterations=1)), ONE_WAY) == _links(Argmax(), ONE_WAY)


# A staircase in which each round frees the way for the next link.
STAIRS: Rows = [
    [0.90, 0.10, 0.10, 0.10],
    [0.89, 0.50, 0.10, 0.10],
    [0.88, 0.49, 0.30, 0.10],
    [0.87, 0.48, 0.29, 0.20],
]


def test_more_iterations_find_more_links() -> None:
    counts = [len(_links(Itermax(ItermaxConfig(iterations=n)), STAIRS)) for n in (1, 2, 3, 4)]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] > counts[1] > counts[0]


@pytest.mark.parametrize(
    "rows",
    [
        [[0.9, 0.8], [0.7, 0.1]],
        [[0.9, 0.8, 0.7], [0.8, 0.7, 0.1]],
        [[0.9, 0.8], [0.7, 0.1], [0.6, 0.5]],
        [[0.9, 0.8, 0.7]],
        [[0.9], [0.8]],
    ],
)
def test_itermax_takes_no_second_look_at_tiny_matrices(rows: Rows) -> None:
    assert _links(Itermax(), rows) == _links(Argmax(), rows)


@pytest.mark.parametrize(
    ("rows", "links"),
    [
        # The greedy choice 0.9 + 0.1 is worse than 0.8 + 0.7.
        ([[0.9, 0.8], [0.7, 0.1]], {(0, 1), (1, 0)}),
        ([[0.9, 0.1], [0.1, 0.9]], {(0, 0), (1, 1)}),
        (ONE_WAY, {(0, 0), (1, 2), (2, 1)}),
        ([[0.1, 0.7, 0.3]], {(0, 1)}),
        ([[0.1], [0.7], [0.3]], {(1, 0)}),
        ([[0.5, 0.4, 0.9], [0.6, 0.1, 0.8]], {(0, 2), (1, 0)}),
        # Every word of the shorter side gets a link, even a worthless one.
        ([[0.0, 0.0], [0.0, 0.5]], {(0, 0), (1, 1)}),
    ],
)
def test_match(rows: Rows, links: set[Link]) -> None:
    assert _links(MaximumWeightMatch(), rows) == links
