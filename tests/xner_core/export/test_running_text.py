"""Where words stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.export.hard_cases import HARD_CASES, words
from xner_core.errors import ExportError
from xner_core.export.running_text import RunningText, find_words, located, text_of
from xner_core.types import SIDES, Sentence, Span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada sings", ((0, 3), (4, 9))),
        ("  Ada\r\n\tsings ", ((2, 5), (8, 13))),
        ("Adasings", ((0, 3), (3, 8))),
        ("Ada also sings", None),
        ("Ada sings.", None),
        ("sings Ada", None),
        ("Ada", None),
    ],
)
def test_only_white_space_stands_between_words(text: str, found: object) -> None:
    assert find_words(text, ("Ada", "sings")) == found


def test_offsets_are_code_points() -> None:
    running = text_of(HARD_CASES["emoji-before"].pair.target)
    assert running.text == "😀👍🏽 Ada traf Grace."
    assert running.characters(Span(2, 3)) == (4, 7)
    assert running.surface(Span(4, 6)) == "Grace."


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (words("Bo goes .", "en", running="Bo goes."), "Bo goes."),
        (words("Bo goes .", "en", running="Bo went."), "Bo goes ."),
        (words("Bo goes .", "en"), "Bo goes ."),
        (words("小梅 住 在 香港 。", "zh"), "小梅住在香港。"),
        (words("小梅 住 在 香港 。", "zh", running="小梅 住在香港。"), "小梅 住在香港。"),
        (Sentence((), "en"), ""),
    ],
)
def test_the_text_of_a_sentence(sentence: Sentence, text: str) -> None:
    assert text_of(sentence).text == text


def test_every_entity_of_the_hard_cases_is_where_it_is_said_to_be() -> None:
    for each in HARD_CASES.values():
        for side in SIDES:
            sentence = each.pair.side(side)
            running = text_of(sentence)
            for entity in each.corrected.entities(side):
                start, end, surface = located(running, sentence.words, entity.span)
                assert running.text[start:end] == surface
                assert "".join(surface.split()) == "".join(sentence.surface(entity.span).split())


def test_a_text_that_is_not_the_words_is_refused() -> None:
    wrong = RunningText("Ada sings", ((1, 4), (4, 9)))
    with pytest.raises(ExportError, match="characters 1 to 4"):
        located(wrong, ("Ada", "sings"), Span(0, 1))


@given(
    st.lists(st.text("ab \u00a0\u200b😀", min_size=1, max_size=3).filter(str.strip), max_size=5),
    st.sampled_from(["en", "th"]),
)
def test_words_are_found_in_the_text_that_is_made_of_them(found: list[str], lang: str) -> None:
    sentence = Sentence(tuple(word.strip(" ") for word in found), lang)
    running = text_of(sentence)
    assert [running.text[start:end] for start, end in running.offsets] == list(sentence.words)
    for start in range(len(found)):
        for end in range(start + 1, len(found) + 1):
            located(running, sentence.words, Span(start, end))
