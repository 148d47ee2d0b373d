"""Precision against recall."""

from __future__ import annotations

import pytest

from tests.xner_core.viz.dashboard_cells import F1, cells
from xner_core.viz.precision_recall import precision_recall_chart


def test_marks_are_at_recall_and_precision() -> None:
    figure = precision_recall_chart(cells())
    one = next(trace for trace in figure.data if trace.name == "Method &lt;1>")
    rows = ["de", "ar", "twi"]
    assert list(one.x) == [F1["one"][lang] / 4 for lang in rows]
    assert list(one.y) == [F1["one"][lang] / 2 for lang in rows]
    assert list(one.customdata) == [f"one|{lang}|" for lang in rows]
    assert list(one.text) == rows
    published = next(trace for trace in figure.data if trace.name == "Published")
    assert list(published.x) == []  # it has no precision


def test_on_a_line_f1_is_what_it_says() -> None:
    lines = [trace for trace in precision_recall_chart(cells()).data if trace.mode == "lines+text"]
    assert len(lines) >= 5
    for line in lines:
        level = float(line.text[-1].removeprefix("F1 "))
        for recall, precision in zip(line.x, line.y, strict=True):
            assert 2 * precision * recall / (precision + recall) == pytest.approx(level)
            assert precision <= 1


def test_both_axes_have_one_scale() -> None:
    layout = precision_recall_chart(cells()).layout
    assert list(layout.xaxis.range) == list(layout.yaxis.range) == pytest.approx([0.1, 1.02])
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
