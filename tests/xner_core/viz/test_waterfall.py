"""The picture of what each stage costs."""

from __future__ import annotations

from typing import Any

import pytest

from xner_core.viz.waterfall import axis_start, bar_words, waterfall

TITLES = {"run": "The run", "ner": "Source entities", "alignment": "Alignment", "scores": "Scores"}


def bar(stage: str, f1: float, difference: float, tested: int = 3) -> dict[str, Any]:
    return {"stage": stage, "f1": f1, "difference": difference, "tested": tested}


BARS = [
    bar("run", 0.83, 0.83),
    bar("ner", 0.8, -0.03),
    bar("alignment", 0.8, 0.0, tested=0),
    bar("scores", 1.0, 0.2),
]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    trace = waterfall(BARS, TITLES).data[0]
    assert list(trace.y) == ["The run", "Source entities", "Alignment", "Scores"]
    assert list(trace.measure) == ["absolute", "relative", "relative", "relative"]
    assert trace.base + trace.x[0] == pytest.approx(0.83)
    assert trace.base + sum(trace.x) == pytest.approx(1.0)
    assert list(trace.x[1:]) == [-0.03, 0.0, 0.2]


def test_figures_stand_beside_the_bars() -> None:
    figure = waterfall(BARS, TITLES)
    assert list(figure.data[0].text) == ["0.830", "-0.030", "not tested", "+0.200"]
    assert [bar_words(one) for one in BARS] == list(figure.data[0].text)
    assert [row[2] for row in figure.data[0].customdata] == [0.83, 0.8, 0.8, 1.0]


def test_the_axis_shows_all_and_begins_at_a_round_figure() -> None:
    assert axis_start(BARS) == 0.75
    assert axis_start([bar("run", 0.02, 0.02)]) == 0.0
    assert axis_start([bar("run", 1.0, 1.0)]) == 0.95
    for low in (0.02, 0.45, 0.83, 1.0):
        axis = waterfall([bar("run", low, low), bar("scores", 1.0, 1 - low)], TITLES).layout.xaxis
        start = axis_start([bar("run", low, low)])
        assert axis.range[0] == start < low
        assert axis.range[1] > 1
        assert axis.tickvals[-1] == 1
        assert 2 <= len(axis.tickvals) <= 8
        assert all(start <= tick <= 1 for tick in axis.tickvals)


def test_gain_and_loss_have_colours_of_their_own() -> None:
    trace = waterfall(BARS, TITLES).data[0]
    assert trace.increasing.marker.color != trace.decreasing.marker.color
