"""A word that has nothing to see is shown as ∅."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.viz.text import quoted, visible


@pytest.mark.parametrize(
    "word", ["\u200b", "\u200e\u200f", "\u00a0", "\u3000", "\u2028", "\u2029", "\x07", ""]
)
def test_nothing_to_see(word: str) -> None:
    assert visible(word) == "∅"


@pytest.mark.parametrize("word", ["a", ".", "می\u200cروم", "\u200ba", "你", "👩\u200d🔬", "\u0301", "∅", "0"])
def test_something_to_see(word: str) -> None:
    assert visible(word) == word


@given(
    before=st.text("\u200b\u00ad \t"), seen=st.characters(categories=["L", "N", "P", "S"]), after=st.text()
)
def test_one_visible_character_is_enough(before: str, seen: str, after: str) -> None:
    assert visible(before + seen + after) == before + seen + after


@pytest.mark.parametrize("word", ["Bonn", "北京", "3", "."])
def test_a_word_in_quotation_marks(word: str) -> None:
    assert quoted(word) == f"“{word}”"


@pytest.mark.parametrize("word", ["بون", "בון", "(بون"])
def test_a_word_from_the_right_does_not_move_what_stands_behind_it(word: str) -> None:
    assert quoted(word) == f"“\u2068{word}\u2069”"


def test_a_word_without_anything_to_see_is_quoted_too() -> None:
    assert quoted("\u200b") == "“∅”"
