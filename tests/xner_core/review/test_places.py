"""Words and characters, whatever white space lies between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.export.sample import CharacterRange
from xner_core.review.places import characters_at, characters_of, squeezed, words_at
from xner_core.types import Span

WORD = st.text(st.sampled_from("aé中😀\u200d\u00a0"), min_size=1, max_size=4).filter(
    lambda word: word == word.strip()
)
SPACE = st.text(st.sampled_from(" \t\n\u3000"), max_size=3)


@given(st.lists(WORD, min_size=1, max_size=6), st.data())
def test_words_are_found_again_by_their_characters(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(words))))
    assert words_at(words, *characters_of(words, span)) == (span, True)


@given(st.lists(WORD, min_size=1, max_size=6), st.data())
def test_a_range_of_a_text_is_the_same_in_any_white_space(words: list[str], data: st.DataObject) -> None:
    """Also counted in UTF-16 units, if the file says what stands there."""
    text, offsets = data.draw(SPACE), []
    for word in words:
        offsets.append((len(text), len(text) + len(word)))
        text += word + data.draw(SPACE)
    at = data.draw(st.integers(0, len(words) - 1))
    start, end = offsets[at]
    expected = characters_of(words, Span(at, at + 1))
    assert characters_at(text, CharacterRange(start, end, "X")) == expected
    units = [len(text[:place].encode("utf-16-le")) // 2 for place in (start, end)]
    found = characters_at(text, CharacterRange(units[0], units[1], "X", words[at]))
    assert found is not None
    assert squeezed(text)[found[0] : found[1]] == squeezed(words[at])


def test_by_hand() -> None:
    assert words_at(["New", "York", "now"], 3, 7) == (Span(1, 2), True)
    assert words_at(["New", "York", "now"], 2, 4) == (Span(0, 2), False)
    assert characters_at("😀 Ada sings", CharacterRange(3, 6, "PER", "Ada")) == (1, 4)
    assert characters_at("😀 Ada sings", CharacterRange(2, 5, "PER", "Ada")) == (1, 4)
    assert characters_at(" Ada ", CharacterRange(0, 5, "PER", "Ada")) == (0, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        CharacterRange(0, 3, "PER", "Bo"),
        CharacterRange(0, 99, "PER"),
        CharacterRange(3, 3, "PER"),
        CharacterRange(-1, 3, "PER"),
        CharacterRange(3, 4, "PER"),
        CharacterRange(4, 3, "PER"),
    ],
)
def test_a_range_that_leads_nowhere_is_none(wrong: CharacterRange) -> None:
    assert characters_at("Ada sings", wrong) is None


def test_half_a_character_is_no_place() -> None:
    assert characters_at("😀", CharacterRange(0, 2, "X")) == (0, 1)
    assert characters_at("😀😀", CharacterRange(1, 3, "X", "😀")) is None
