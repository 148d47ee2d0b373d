"""F1 as dots with their intervals."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.xner_core.viz.dashboard_cells import F1, METHODS, cells
from xner_core.viz.cells import Cells
from xner_core.viz.f1_chart import axis_start, f1_chart

ROWS = ["de", "ar", "twi"]


def test_one_trace_a_method_that_differs_in_colour_and_mark() -> None:
    figure = f1_chart(cells())
    assert [trace.name for trace in figure.data] == ["Method &lt;1>", "Two", "Published"]
    assert len({trace.marker.color for trace in figure.data}) == 3
    assert len({trace.marker.symbol for trace in figure.data}) == 3


@pytest.mark.parametrize(("index", "method"), list(enumerate(F1)))
def test_each_mark_is_at_its_figure_and_leads_to_its_cell(index: int, method: str) -> None:
    trace = f1_chart(cells()).data[index]
    assert list(trace.x) == [F1[method][lang] for lang in ROWS]
    assert list(trace.customdata) == [f"{method}|{lang}|" for lang in ROWS]
    assert list(trace.error_x.array) == pytest.approx([0.05] * 3)
    assert list(trace.error_x.arrayminus) == pytest.approx([0.05] * 3)
    assert [round(y) for y in trace.y] == [0, 1, 2]


def test_marks_of_a_row_do_not_hide_each_other() -> None:
    figure = f1_chart(cells())
    of_german = [trace.y[0] for trace in figure.data]
    assert len(set(of_german)) == 3
    pixels = (figure.layout.height - figure.layout.margin.t - figure.layout.margin.b) / 3
    assert min(b - a for a, b in pairwise(of_german)) * pixels >= 12


def test_published_figures_have_no_interval() -> None:
    figure = f1_chart(cells())
    assert figure.data[2].error_x.visible is False
    assert list(figure.data[2].x) == [0.9]


def test_the_rows_are_named_with_how_many_entities_there_are() -> None:
    axis = f1_chart(cells()).layout.yaxis
    assert list(axis.ticktext) == ["German (de)<br>n 70", "Arabic (ar)<br>n 20", "Twi (twi)<br>n 300"]
    low, high = axis.range
    assert low > high  # the first on top


def test_the_axis_begins_below_all_or_where_it_is_told_and_cannot_be_panned() -> None:
    layout = f1_chart(cells()).layout
    assert list(layout.xaxis.range) == pytest.approx([0.3, 1.02])
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.dragmode is None  # Streamlit would not tell of clicks
    assert f1_chart(cells(), lowest=0.1).layout.xaxis.range[0] == 0.1
    assert [axis_start(value) for value in (0.0, 0.05, 0.41, 0.4)] == pytest.approx([0.0, 0.0, 0.4, 0.3])


def test_a_language_without_a_figure_has_no_mark() -> None:
    shown = cells()
    nothing = {place: replace(cell, f1=None) for place, cell in shown.by_place.items()}
    assert [list(trace.x) for trace in f1_chart(Cells(METHODS, shown.rows, nothing)).data] == [[], [], []]


def test_it_grows_with_languages_and_methods() -> None:
    one = f1_chart(Cells(METHODS[:1], ("de",), {})).layout.height
    assert f1_chart(Cells(METHODS[:1], ("de", "fr", "es"), {})).layout.height - one >= 2 * 25
    assert f1_chart(Cells(METHODS, ("de",), {})).layout.height > one
