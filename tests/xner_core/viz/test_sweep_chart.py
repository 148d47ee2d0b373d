"""The heatmap of a sweep: figures in their cells, and marks that are no colours."""

from __future__ import annotations

from typing import Any

import pytest

from xner_core.viz.sweep_chart import sweep_chart

AER = {(5, "argmax"): 0.25, (5, "union"): 0.5, (7, "argmax"): 0.125, (7, "union"): 0.0625}


def sweep(measure: str = "aer", default: tuple[int, str] | None = (5, "argmax")) -> dict[str, Any]:
    rows = [
        {"layer": layer, "extraction": name, measure: value, "precision": value / 2, "recall": value / 4}
        for (layer, name), value in AER.items()
    ]
    ranked = sorted(rows, key=lambda row: row[measure], reverse=measure == "f1")
    own = next((row for row in rows if (row["layer"], row["extraction"]) == default), None)
    return {
        "measure": measure,
        "layers": [5, 7],
        "extractions": ["argmax", "union"],
        "rows": rows,
        "best": ranked[0],
        "default": own,
    }


def frames(chart: Any) -> list[tuple[float, float, str]]:
    """Column, row and line of the dark frames."""
    return [
        ((s.x0 + s.x1) / 2, (s.y0 + s.y1) / 2, s.line.dash)
        for s in chart.layout.shapes
        if s.line.color == "#0F172A"
    ]


def test_each_figure_is_in_its_cell() -> None:
    heat, marks = sweep_chart(sweep()).data
    assert (list(heat.y), list(heat.x)) == (["5", "7"], ["argmax", "union"])
    assert [list(row) for row in heat.z] == [[0.25, 0.5], [0.125, 0.0625]]
    assert [list(row) for row in heat.text] == [[".250", ".500"], [".125", "<b>.062</b>"]]
    assert list(zip(marks.y, marks.x, marks.customdata, strict=True)) == [
        ("5", "argmax", "5.argmax"),
        ("5", "union", "5.union"),
        ("7", "argmax", "7.argmax"),
        ("7", "union", "7.union"),
    ]
    assert marks.text[2] == "AER 0.125 · precision 0.062 · recall 0.031"


def test_a_click_on_a_cell_hits_its_mark() -> None:
    chart = sweep_chart(sweep())
    cell = chart.layout.height - sweep_chart({**sweep(), "layers": [7], "default": None}).layout.height
    assert 20 <= chart.data[1].marker.size < cell
    assert chart.layout.hovermode == "closest"
    assert chart.data[0].hoverinfo == "skip"  # or it would be hit instead


def test_layers_run_downwards_in_their_order() -> None:
    assert list(sweep_chart(sweep()).layout.yaxis.range) == [1.5, -0.5]


@pytest.mark.parametrize(("measure", "best"), [("aer", (1, 1)), ("f1", (1, 0))])
def test_the_best_and_the_default_have_different_frames(measure: str, best: tuple[int, int]) -> None:
    assert frames(sweep_chart(sweep(measure))) == [(*best, "solid"), (0, 0, "dot")]


def test_a_default_that_is_the_best_or_missing_has_no_frame_of_its_own() -> None:
    assert frames(sweep_chart(sweep(default=(7, "union")))) == [(1, 1, "solid")]
    assert frames(sweep_chart(sweep(default=None))) == [(1, 1, "solid")]


def test_better_cells_have_the_stronger_colour() -> None:
    low, _ = sweep_chart(sweep("aer")).data
    high, _ = sweep_chart(sweep("f1")).data
    assert low.reversescale
    assert not high.reversescale
    assert low.colorscale == high.colorscale
    assert low.colorscale[-1][1] == "#4BA3DC"


def test_the_worst_quarter_does_not_stretch_the_colours() -> None:
    low, _ = sweep_chart(sweep("aer")).data
    assert (low.zmin, low.zmax) == (0.0625, 0.5)
    wide = sweep()
    wide["layers"], wide["extractions"] = list(range(8)), ["argmax"]
    wide["rows"] = [
        {"layer": n, "extraction": "argmax", "aer": 0.9 if n == 7 else n / 100, "precision": 0, "recall": 0}
        for n in range(8)
    ]
    wide["best"], wide["default"] = wide["rows"][0], None
    heat, _ = sweep_chart(wide).data
    assert (heat.zmin, heat.zmax) == (0, 0.06)
    wide["measure"], wide["best"] = "f1", wide["rows"][7]
    for row in wide["rows"]:
        row["f1"] = 1 - row["aer"]
    heat, _ = sweep_chart(wide).data
    assert (heat.zmin, heat.zmax) == (0.94, 1)


def test_equal_figures_are_drawn_too() -> None:
    even = sweep()
    for row in even["rows"]:
        row["aer"] = 0.5
    heat, _ = sweep_chart(even).data
    assert heat.zmin < 0.5 < heat.zmax


def test_it_cannot_be_panned_and_grows_with_the_layers() -> None:
    small = sweep_chart(sweep()).layout
    assert small.xaxis.fixedrange
    assert small.yaxis.fixedrange
    one = sweep()
    one["layers"] = [7]
    one["default"] = None
    assert small.height - sweep_chart(one).layout.height >= 25


def test_figures_keep_a_readable_size_where_columns_are_many() -> None:
    many = sweep()
    many["extractions"] = [f"e{n}" for n in range(10)]
    many["rows"] = [
        {"layer": layer, "extraction": name, "aer": 0.5, "precision": 0, "recall": 0}
        for layer in (5, 7)
        for name in many["extractions"]
    ]
    many["best"], many["default"] = many["rows"][0], None
    assert sweep_chart(many).data[0].textfont.size == 10
    assert sweep_chart(sweep()).data[0].textfont.size == 12
