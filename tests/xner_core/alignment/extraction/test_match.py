"""The best one-to-one links of matrices small enough to work out by hand."""

from __future__ import annotations

import pytest

from tests.xner_core.alignment.extraction.cases import ONE_WAY, Cells, Rows, links_of
from xner_core.alignment.extraction import MaximumWeightMatch


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
def test_match(rows: Rows, links: Cells) -> None:
    assert links_of(MaximumWeightMatch(), rows) == links
