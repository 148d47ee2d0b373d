"""Cells: their ids, their order, what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.viz.dashboard_cells import METHODS, cell, cells
from xner_core.viz.cells import Cell, by_label, by_part, parse_id, plain


@given(st.from_regex(r"[a-z:-]+", fullmatch=True), st.sampled_from(["", "de"]), st.text(max_size=9))
def test_an_id_leads_back(method: str, lang: str, part: str) -> None:
    assert parse_id(Cell(method, lang, part, None).id) == (method, lang, part)


@pytest.mark.parametrize("text", ["", "ilp", "ilp|de"])
def test_what_is_no_id_names_nothing(text: str) -> None:
    assert parse_id(text) == ("", "", "")


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        ("f1", ("de", "ar", "twi")),  # of the first method
        ("spread", ("de", "ar", "twi")),  # the published figure counts: .4, .25, .05
        ("gold", ("twi", "de", "ar")),
    ],
)
def test_languages_are_ordered_by_what_was_asked_for(sort: str, rows: tuple[str, ...]) -> None:
    assert cells(sort).rows == rows


def test_a_language_without_figures_comes_last() -> None:
    shown = cells()
    assert shown.of(METHODS[2])[0] == Cell("published:x:best", "de", "", 0.9)
    assert shown.of(METHODS[2])[1:] == [None, None]
    assert shown.lowest() == pytest.approx(0.4)


def test_a_label_has_only_its_languages_in_the_order_of_all() -> None:
    found = [cell("one", "de", 0.5, "PER"), cell("one", "ar", 0.9, "PER"), cell("two", "ar", 0.5, "LOC")]
    parts = by_label(METHODS, ["twi", "ar", "de"], found)
    assert {label: part.rows for label, part in parts.items()} == {"LOC": ("ar",), "PER": ("ar", "de")}
    assert list(by_label(METHODS, ["de"], found)) == ["PER"]


def test_a_bucket_that_nobody_has_is_no_row() -> None:
    assert by_part(
        METHODS, ["1", "2", "3"], [cell("one", "de", 0.5, "3"), cell("two", "de", 0.5, "1")]
    ).rows == (
        "1",
        "3",
    )


def test_marks_of_plotly_are_drawn_as_they_are() -> None:
    assert plain("<b>A&B</b>") == "&lt;b>A&amp;B&lt;/b>"
