"""Growing links between two directions, worked out by hand and by the published pseudo-code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.grow_diag import grow_diag_final_and as by_pseudo_code
from tests.xner_core.alignment.extraction.cases import Cells, cells, links_at, links_of
from xner_core.alignment.extraction import GrowDiagFinalAnd, grow_diag_final_and


@pytest.mark.parametrize(
    ("forward", "reverse", "links"),
    [
        # (0, 0) grows down and to the right, (3, 2) along a diagonal; (0, 3) touches no link.
        (
            {(0, 0), (1, 0), (2, 3), (3, 2)},
            {(0, 0), (0, 1), (3, 2), (0, 3)},
            {(0, 0), (1, 0), (0, 1), (3, 2), (2, 3)},
        ),
        # (0, 0) grows to (0, 1), this to (0, 2) and (1, 2). Final: both words of (3, 3) are
        # free, but column 0 of (2, 0) and column 2 of (3, 2) are not.
        (
            {(0, 0), (1, 2), (2, 0), (3, 2)},
            {(0, 0), (0, 1), (0, 2), (3, 3)},
            {(0, 0), (0, 1), (0, 2), (1, 2), (3, 3)},
        ),
        # (1, 1) touches (0, 0) and (2, 2), but has links on both sides when its turn comes.
        (
            {(0, 0), (1, 2), (2, 2)},
            {(0, 0), (2, 2), (0, 1)},
            {(0, 0), (0, 1), (1, 2), (2, 2)},
        ),
        # (1, 2) grows to (0, 1), behind it, and to (2, 1), ahead; so (2, 1) comes first and grows to
        # (1, 0), which takes column 0 before (0, 1) could grow to (0, 0).
        (
            {(0, 0), (1, 2), (2, 1)},
            {(0, 1), (1, 0), (1, 2)},
            {(0, 1), (1, 0), (1, 2), (2, 1)},
        ),
        # Without an intersection there is nothing to grow from: final-and takes the forward
        # links first, and of these the first row that wants a column.
        ({(0, 1), (1, 1), (2, 0)}, {(0, 0), (2, 1), (1, 2)}, {(0, 1), (2, 0), (1, 2)}),
        (set(), {(0, 0), (0, 1), (1, 2)}, {(0, 0), (1, 2)}),
        ({(0, 0), (1, 0), (2, 1)}, set(), {(0, 0), (2, 1)}),
    ],
)
def test_links(forward: Cells, reverse: Cells, links: Cells) -> None:
    found = grow_diag_final_and(links_at(forward, (4, 4)), links_at(reverse, (4, 4)))
    assert cells(found) == links
    assert by_pseudo_code(forward, reverse, (4, 4)) == links


def test_the_first_neighbour_in_order_takes_the_word() -> None:
    # Both (1, 2) and (2, 1) touch (1, 1); with either, row and column of (2, 2) get a link each.
    forward, reverse = {(1, 1), (2, 2)}, {(1, 1), (2, 1), (1, 2)}
    for symmetrise in (
        lambda: cells(grow_diag_final_and(links_at(forward, (3, 3)), links_at(reverse, (3, 3)))),
        lambda: by_pseudo_code(forward, reverse, (3, 3)),
    ):
        assert symmetrise() == {(1, 1), (2, 1), (1, 2)}


def test_from_similarities() -> None:
    # Forward 0-0, 1-1, 2-1; reverse 0-0, 1-1, 1-2: both grow from 1-1, 2-1 by its free row.
    rows = [[0.9, 0.1, 0.1], [0.2, 0.9, 0.6], [0.1, 0.7, 0.5]]
    assert links_of(GrowDiagFinalAnd(), rows) == {(0, 0), (1, 1), (2, 1), (1, 2)}


def test_the_directions_stay_as_they_were() -> None:
    forward, reverse = links_at({(0, 0), (1, 0)}, (2, 2)), links_at({(0, 0), (0, 1)}, (2, 2))
    before = forward.copy(), reverse.copy()
    grow_diag_final_and(forward, reverse)
    np.testing.assert_array_equal((forward, reverse), before)


@st.composite
def directions(draw: st.DrawFn) -> tuple[Cells, Cells, tuple[int, int]]:
    """At most one link for each row, at most one for each column, and the shape."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    # One past the last stands for none: rare, as links compete only where there are many.
    forward = draw(st.lists(st.integers(0, columns), min_size=rows, max_size=rows))
    reverse = draw(st.lists(st.integers(0, rows), min_size=columns, max_size=columns))
    return (
        {(row, column) for row, column in enumerate(forward) if column < columns},
        {(row, column) for column, row in enumerate(reverse) if row < rows},
        (rows, columns),
    )


@settings(max_examples=250)
@given(directions())
def test_any_directions_are_symmetrised_as_published(case: tuple[Cells, Cells, tuple[int, int]]) -> None:
    forward, reverse, shape = case
    found = grow_diag_final_and(links_at(forward, shape), links_at(reverse, shape))
    assert cells(found) == by_pseudo_code(forward, reverse, shape)
