"""Each word's most similar one, on matrices small enough to work out by hand."""

from __future__ import annotations

import pytest

from tests.xner_core.alignment.extraction.cases import ONE_WAY, Cells, Rows, links_of
from xner_core.alignment.extraction import Argmax, Forward, Reverse, Union


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
def test_argmax(rows: Rows, links: Cells) -> None:
    assert links_of(Argmax(), rows) == links


@pytest.mark.parametrize(
    ("rows", "forward", "reverse"),
    [
        (ONE_WAY, {(0, 0), (1, 0), (2, 1)}, {(0, 0), (2, 1), (1, 2)}),
        ([[0.5]], {(0, 0)}, {(0, 0)}),
        ([[0.1, 0.7, 0.3]], {(0, 1)}, {(0, 0), (0, 1), (0, 2)}),
        ([[0.1], [0.7], [0.3]], {(0, 0), (1, 0), (2, 0)}, {(1, 0)}),
        # Between equals the first counts.
        ([[0.5, 0.5], [0.5, 0.5]], {(0, 0), (1, 0)}, {(0, 0), (0, 1)}),
    ],
)
def test_both_directions_and_their_union(rows: Rows, forward: Cells, reverse: Cells) -> None:
    assert links_of(Forward(), rows) == forward
    assert links_of(Reverse(), rows) == reverse
    assert links_of(Union(), rows) == forward | reverse
