"""Entities that a person marked, as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import entity
from ui.components.try_marks import entities_from, marks_text, read_marks


def test_marks_are_written_and_read() -> None:
    entities = (entity(0, 2), entity(4, 5, "LOC"))
    assert marks_text(entities) == "0-2.PER_4-5.LOC"
    assert read_marks("0-2.PER_4-5.LOC", 5) == entities
    assert marks_text(entities[::-1]) == marks_text(entities)


def test_none_is_not_the_same_as_nothing_said() -> None:
    assert (marks_text(()), read_marks("none", 3), read_marks("", 3)) == ("none", (), None)


@pytest.mark.parametrize(
    "text",
    [
        "0-3.PER",
        "1-1.PER",
        "2-1.PER",
        "0-2.PER_1-2.LOC",
        "0-1",
        "0-1.per",
        "0-1.<b>",
        "a-b.PER",
        "-1-1.PER",
        "٠-١.PER",
        "0-1.PER_",
    ],
)
def test_what_does_not_fit_the_sentence_is_not_read(text: str) -> None:
    assert read_marks(text, 2) is None


@pytest.mark.parametrize(
    "listed",
    [
        None,
        "x",
        [None],
        [[0, 1]],
        [[0, 1, "PER", 2]],
        [[0.0, 1, "PER"]],
        [[True, 2, "PER"]],
        [["0", 1, "PER"]],
        [{}],
    ],
)
def test_whatever_the_browser_sends(listed: object) -> None:
    assert entities_from(listed, 4) is None


@given(st.text(max_size=30), st.integers(0, 5))
def test_any_text_is_read_or_refused(text: str, n_words: int) -> None:
    entities = read_marks(text, n_words)
    assert entities is None or read_marks(marks_text(entities), n_words) == entities
