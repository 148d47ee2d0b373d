"""F1 of buckets as bars."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.xner_core.viz.dashboard_cells import METHODS, cell
from xner_core.viz.bucket_chart import bucket_chart, pale
from xner_core.viz.cells import Cells, by_part

CELLS = [cell("one", "de", 0.75, "1"), cell("two", "de", 0.5, "1"), cell("two", "de", 0.25, "2")]
SHOWN = by_part(METHODS[:2], ["1", "2"], CELLS)


def test_bars_stand_at_their_bucket_and_lead_to_it() -> None:
    figure = bucket_chart(SHOWN, "Length <i>")
    assert [(list(bar.x), list(bar.y)) for bar in figure.data] == [([0], [0.75]), ([0, 1], [0.5, 0.25])]
    assert list(figure.data[1].customdata) == ["two|de|1", "two|de|2"]
    assert list(figure.data[0].error_y.array) == pytest.approx([0.05])
    assert figure.layout.xaxis.title.text == "Length &lt;i>"


def test_bars_begin_at_zero_and_differ_in_hatching() -> None:
    figure = bucket_chart(SHOWN, "")
    assert list(figure.layout.yaxis.range) == [0, 1.02]
    assert len({bar.marker.pattern.shape for bar in figure.data}) == 2
    assert figure.layout.barmode == "group"
    assert pale("#0072B2") == "rgba(0,114,178,0.3)"


def test_n_is_said_where_it_is_one_number() -> None:
    assert list(bucket_chart(SHOWN, "").layout.xaxis.ticktext) == ["1<br>n 70", "2<br>n 70"]
    other = {**SHOWN.by_place, ("two", "1"): replace(CELLS[1], n_gold=71)}
    shown = bucket_chart(Cells(SHOWN.methods, SHOWN.rows, other), "")
    assert list(shown.layout.xaxis.ticktext) == ["1", "2<br>n 70"]
