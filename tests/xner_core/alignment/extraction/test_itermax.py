"""Itermax on matrices small enough to work out by hand."""

from __future__ import annotations

import pytest

from tests.xner_core.alignment.extraction.cases import ONE_WAY, Rows, links_of
from xner_core.alignment.extraction import Argmax, Itermax, ItermaxConfig


def test_itermax_links_what_argmax_left_over() -> None:
    # Row 1 and column 2 are free: column 2 counts in full for row 1 (0.7), the linked
    # column 0 counts 0.9 times (0.8 · 0.9 = 0.72) and is row 1's best; row 1 is also
    # the best of column 0, whose own row 0 is not looked at again.
    assert links_of(Itermax(), ONE_WAY) == {(0, 0), (2, 1), (1, 0)}


def test_itermax_never_joins_two_words_that_havelinks_of() -> None:
    # Nothing is similar to the free words, so that all that is left over is 0.
    assert links_of(Itermax(), [[0, 0.9, 0], [0.9, 0, 0], [0, 0, 0]]) == {(0, 1), (1, 0)}


@pytest.mark.parametrize(
    ("alpha", "third"),
    # Column 0 at 0.8 · alpha against column 2 at 0.7 · min(1, 2 · alpha).
    [(1.0, (1, 0)), (0.88, (1, 0)), (0.87, (1, 2)), (0.5, (1, 2))],
)
def test_alpha_weighs_words_that_have_a_link_already(alpha: float, third: tuple[int, int]) -> None:
    assert links_of(Itermax(ItermaxConfig(alpha=alpha)), ONE_WAY) == {(0, 0), (2, 1), third}


def test_one_iteration_is_argmax() -> None:
    assert links_of(Itermax(ItermaxConfig(iterations=1)), ONE_WAY) == links_of(Argmax(), ONE_WAY)


# A staircase in which each round frees the way for the next link.
STAIRS: Rows = [
    [0.90, 0.10, 0.10, 0.10],
    [0.89, 0.50, 0.10, 0.10],
    [0.88, 0.49, 0.30, 0.10],
    [0.87, 0.48, 0.29, 0.20],
]


def test_more_iterations_find_morelinks_of() -> None:
    counts = [len(links_of(Itermax(ItermaxConfig(iterations=n)), STAIRS)) for n in (1, 2, 3, 4)]
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
    assert links_of(Itermax(), rows) == links_of(Argmax(), rows)
