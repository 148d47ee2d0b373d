"""The dot plot of F1 per language."""

from __future__ import annotations

from typing import Any

import pytest

from xner_core.viz.f1_chart import f1_chart
from xner_core.viz.palette import PROJECTOR_COLOURS

F1 = {  # the projectors agree neither on the order of the languages nor on the best projector
    "heuristic": {"de": 0.75, "twi": 0.5, "ar": 0.25},
    "greedy": {"de": 0.5, "twi": 0.625, "ar": 0.875},
    "ilp": {"de": 0.75, "twi": 0.5, "ar": 0.625},
}
WORST_FIRST = ["twi", "ar", "de"]


def rows(f1: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    return [
        {
            "lang": lang,
            "projector": name,
            "f1": value,
            "precision": value / 2,
            "recall": value / 4,
            "support": 7,
        }
        for name, of_name in f1.items()
        for lang, value in of_name.items()
    ]


def test_one_trace_a_projector_with_its_name_and_colour() -> None:
    figure = f1_chart(rows(F1))
    assert [trace.name for trace in figure.data] == ["Heuristic", "Greedy", "ILP"]
    assert [trace.marker.color for trace in figure.data] == list(PROJECTOR_COLOURS.values())
    assert len({trace.marker.symbol for trace in figure.data}) == 3  # colour is never the only difference


def test_the_ilps_best_language_is_on_top() -> None:
    for trace in f1_chart(rows(F1)).data:  # plotly puts the first one at the bottom
        assert list(trace.y) == ["Twi (twi)", "Arabic (ar)", "German (de)"]


def test_equal_languages_are_ordered_by_their_code() -> None:
    even = {name: dict.fromkeys(("sw", "de", "ha"), 0.5) for name in F1}
    assert list(f1_chart(rows(even)).data[0].y) == ["German (de)", "Hausa (ha)", "Swahili (sw)"]


@pytest.mark.parametrize(("index", "projector"), list(enumerate(F1)))
def test_each_mark_is_at_its_figure(index: int, projector: str) -> None:
    trace = f1_chart(rows(F1)).data[index]
    values = [F1[projector][lang] for lang in WORST_FIRST]
    assert list(trace.x) == values
    assert [list(each) for each in trace.customdata] == [[value / 2, value / 4, 7] for value in values]


def test_the_axis_shows_the_whole_range_and_cannot_be_panned() -> None:
    layout = f1_chart(rows(F1)).layout
    low, high = layout.xaxis.range
    assert low == 0
    assert 1 < high < 1.1
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange


def test_it_grows_with_the_number_of_languages() -> None:
    one = {name: {"de": 0.5} for name in F1}
    many = {name: dict.fromkeys(("de", "fr", "es", "it", "sw", "yo"), 0.5) for name in F1}
    assert f1_chart(rows(many)).layout.height - f1_chart(rows(one)).layout.height >= 5 * 25
