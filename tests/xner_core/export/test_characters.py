"""Ranges of characters, in UTF-16 units and as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.export.hard_cases import entities
from xner_core.export.characters import code_points, found, placed, utf16_units
from xner_core.export.sample import CharacterRange, ReadSide

TEXT = "😀 Ada  met\tBo ."
WORDS = ("😀", "Ada", "met", "Bo", ".")


def test_units_by_hand() -> None:
    assert utf16_units("a😀é\uffff👍🏽") == 9
    assert [code_points("a😀b", units) for units in range(6)] == [0, 1, 1, 2, 3, 3]


@given(st.text())
def test_units_are_those_of_the_encoding(text: str) -> None:
    assert utf16_units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert code_points(text, utf16_units(text)) == len(text)


@pytest.mark.parametrize(
    ("place", "mended"),
    [
        (CharacterRange(3, 6, "X", "Ada"), CharacterRange(2, 5, "X", "Ada")),
        (CharacterRange(2, 5, "X", "Ada"), CharacterRange(2, 5, "X", "Ada")),
        (CharacterRange(3, 6, "X"), CharacterRange(3, 6, "X")),
        (CharacterRange(3, 6, "X", "Eva"), CharacterRange(3, 6, "X", "Eva")),
    ],
)
def test_the_surface_tells_what_was_counted(place: CharacterRange, mended: CharacterRange) -> None:
    assert found(TEXT, place) == mended


def test_ranges_over_whole_words_are_entities() -> None:
    ranges = [CharacterRange(11, 13, "B", "Bo"), CharacterRange(1, 11, "A"), CharacterRange(11, 13, "B")]
    side, order = placed(TEXT, WORDS, ranges, "en")
    assert side == ReadSide(WORDS, TEXT, entities((1, 3, "A"), (3, 4, "B")), lang="en")
    assert order == [1, 0, 1]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (WORDS, CharacterRange(2, 4, "X")),  # a part of a word
        (WORDS, CharacterRange(2, 5, "X", "Eva")),  # other words
        (WORDS, CharacterRange(5, 7, "X")),  # no words
        (("Ada", "met"), CharacterRange(2, 5, "X")),  # not the words of the text
        (None, CharacterRange(2, 5, "X")),
    ],
)
def test_other_ranges_stay_ranges(words: tuple[str, ...] | None, place: CharacterRange) -> None:
    side, order = placed(TEXT, words, [place, CharacterRange(14, 15, "X")])
    assert side.words is None
    assert side.entities is None
    assert side.ranges == (place, CharacterRange(14, 15, "X"))
    assert order == [0, 1]


def test_words_may_begin_with_what_is_white_space_elsewhere() -> None:
    side, _ = placed("\x85a b", ("\x85a", "b"), [CharacterRange(0, 2, "X"), CharacterRange(1, 4, "Y")])
    assert side.entities == entities((0, 1, "X"), (0, 2, "Y"))
