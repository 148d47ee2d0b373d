"""Tables as CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.viz.csv_text import csv_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_a_text(text: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text(["a"], [[text]]), newline="")))[1] == [f"'{text}"]
    assert list(csv.reader(io.StringIO(csv_text([text], []), newline=""))) == [[f"'{text}"]]


def test_other_values_stay_as_they_are() -> None:
    written = csv_text(["a", "b", "c"], [["a,b", -1.5, None], ['"q"', float("nan"), "a-b"]])
    assert written == 'a,b,c\r\n"a,b",-1.5,\r\n"""q""",,a-b\r\n'


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_every_text_comes_back(cells: list[str]) -> None:
    [read] = list(csv.reader(io.StringIO(csv_text(cells, []), newline="")))
    assert [one.removeprefix("'") for one in read] == [one.removeprefix("'") for one in cells]
    assert not any(one.startswith(("=", "+", "-", "@")) for one in read)
