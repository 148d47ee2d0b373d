"""Rules on punctuation, stop words and length, the same for every generator."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from tests.builders import blank_pair
from xner_core.candidates.ngrams import Ngrams
from xner_core.candidates.rules import SpanRules, is_punctuation
from xner_core.candidates.stop_words import stop_words
from xner_core.types import AlignedPair, Sentence, Span, WordAlignment

MARK, STOP, WORD = ".", "der", "Haus"
FORBIDDEN = {
    ("punctuation", "allowed"): r"(?!)",
    ("punctuation", "not at edges"): r"m.*|.*m",
    ("punctuation", "never"): r".*m.*",
    ("stop_words", "allowed"): r"(?!)",
    ("stop_words", "not alone"): r"s+",
    ("stop_words", "not at edges"): r"s.*|.*s",
}


def ngrams(words: list[str], lang: str = "de", **rules: object) -> list[str]:
    """The words of every n-gram that the rules allow."""
    pair = replace(blank_pair(1, 1), target=Sentence(tuple(words), lang))
    generator = Ngrams(SpanRules.model_validate(rules))
    return [
        pair.target.surface(span) for span in generator.generate(AlignedPair(pair, (), WordAlignment.of([])))
    ]


@pytest.mark.parametrize("punctuation", ["allowed", "not at edges", "never"])
@pytest.mark.parametrize("stops", ["allowed", "not alone", "not at edges"])
def test_every_sentence_of_four_words(punctuation: str, stops: str) -> None:
    for kinds in product("msw", repeat=4):
        code = "".join(kinds)
        words = [{"m": MARK, "s": STOP, "w": WORD}[kind] for kind in kinds]
        rules = SpanRules.model_validate({"punctuation": punctuation, "stop_words": stops, "max_words": 3})
        pair = replace(blank_pair(1, 1), target=Sentence(tuple(words), "de"))
        expected = [
            Span(start, end)
            for start in range(4)
            for end in range(start + 1, min(start + 3, 4) + 1)
            if not re.fullmatch(FORBIDDEN["punctuation", punctuation], code[start:end])
            and not re.fullmatch(FORBIDDEN["stop_words", stops], code[start:end])
        ]
        found = Ngrams(rules).generate(AlignedPair(pair, (), WordAlignment.of([])))
        assert list(found) == expected, (code, rules)


def test_names_may_hold_stop_words_and_marks_inside() -> None:
    words = ["Die", "Republik", "der", "Seychellen", "."]
    rules = {"punctuation": "not at edges", "stop_words": "not at edges"}
    assert ngrams(words, **rules) == [
        "Republik", "Republik der Seychellen", "Seychellen"
    ]  # fmt: skip


def test_by_default_everything_is_allowed() -> None:
    assert ngrams(["Die", ","]) == ["Die", "Die ,", ","]


def test_case_does_not_make_a_stop_word_another_word() -> None:
    assert ngrams(["DIE", "Presse"], stop_words="not alone") == ["DIE Presse", "Presse"]


def test_a_region_does_not_make_a_language_another() -> None:
    assert ngrams(["die"], "de-AT", stop_words="not alone") == []
    assert ngrams(["die"], "deu", stop_words="not alone") == []
    assert ngrams(["die"], "fr", stop_words="not alone") == ["die"]


@pytest.mark.parametrize("lang", ["und", "twi", "ewe", "no such", "../de", ""])
def test_languages_without_a_list_have_no_stop_words(lang: str) -> None:
    assert stop_words(lang) == frozenset()
    assert ngrams(["the"], lang, stop_words="not at edges") == ["the"]


@pytest.mark.parametrize("word", [".", "...", "。", "،", "``", "''", "„", "—", "€", "¿?", "·", "➤", "᠁", "«"])
def test_punctuation_and_symbols(word: str) -> None:
    assert is_punctuation(word)


@pytest.mark.parametrize("word", ["Inc.", "C++", "d'", "'s", "1.5", "–1", "ן", "她", "\u200b", "़", "№1"])
def test_other_words(word: str) -> None:
    assert not is_punctuation(word)


def test_a_span_that_is_proposed_twice_is_kept_once_and_in_order() -> None:
    sentence = Sentence(("a", "b", "c"), "und")
    proposed = [Span(1, 3), Span(0, 1), Span(1, 3), Span(1, 2), Span(0, 3)]
    assert SpanRules(max_words=2).keep(proposed, sentence) == (Span(0, 1), Span(1, 2), Span(1, 3))
