"""F1 as a heatmap that can be clicked."""

from __future__ import annotations

from tests.xner_core.viz.dashboard_cells import cells
from xner_core.viz.f1_heatmap import f1_heatmap


def test_figures_stand_in_their_cells_the_best_of_a_row_bold() -> None:
    heat = f1_heatmap(cells()).data[0]
    assert [list(row) for row in heat.text] == [
        ["0.750", "0.500", "<b>0.900</b>"],
        ["0.625", "<b>0.875</b>", ""],
        ["<b>0.500</b>", "0.450", ""],
    ]
    assert (heat.zmin, heat.zmax) == (0, 1)


def test_marks_over_the_cells_lead_to_them() -> None:
    figure = f1_heatmap(cells())
    marks = figure.data[1]
    places = dict(zip(marks.customdata, zip(marks.x, marks.y, strict=True), strict=True))
    assert places["one|de|"] == (0, 0)
    assert places["two|twi|"] == (1, 2)
    assert places["published:x:best|de|"] == (2, 0)
    assert len(places) == 7
    assert marks.unselected.marker.opacity == 1


def test_marks_are_within_their_rows() -> None:
    figure = f1_heatmap(cells())
    layout = figure.layout
    assert figure.data[1].marker.size <= (layout.height - layout.margin.t - layout.margin.b) / 3
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.dragmode is None


def test_names_say_what_is_published() -> None:
    layout = f1_heatmap(cells(), str.upper).layout
    assert list(layout.xaxis.ticktext) == ["Method &lt;1>", "Two", "☆ Published"]
    assert list(layout.yaxis.ticktext) == ["DE", "AR", "TWI"]
