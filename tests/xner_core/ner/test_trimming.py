"""What corpora do not count as part of a name is cut off."""

from __future__ import annotations

import pytest

from xner_core.ner.trimming import trim
from xner_core.types import Sentence, Span


@pytest.mark.parametrize(
    ("lang", "words", "kept"),
    [
        ("en", "the Netherlands", "Netherlands"),
        ("en", "The Netherlands", "Netherlands"),
        ("en-GB", "the Netherlands", "Netherlands"),
        ("en", "Sofia 's", "Sofia"),
        ("en", "Sofia ’s", "Sofia"),
        ("en", "James '", "James"),
        ("en", "the bank 's", "bank"),
        ("en", "Bank of the North", "Bank of the North"),
        ("en", "the the Band", "the Band"),
        ("en", "Sofia", "Sofia"),
        ("en", "the", None),
        ("en", "'s", None),
        ("en", "the 's", None),
        ("fr", "les Pays-Bas", "Pays-Bas"),
        ("fr", "l' Italie", "Italie"),
        ("fr", "L’ Italie", "Italie"),
        ("de", "the Netherlands", "the Netherlands"),
        ("fr", "the Netherlands", "the Netherlands"),
        ("und", "la Paz", "la Paz"),
    ],
)
def test_articles_and_possessives(lang: str, words: str, kept: str | None) -> None:
    sentence = Sentence(("in", *words.split(), "."), lang)
    span = trim(Span(1, 1 + len(words.split())), sentence, articles=True, possessive=True)
    assert (sentence.surface(span) if span else None) == kept


@pytest.mark.parametrize(
    ("articles", "possessive", "kept"),
    [(False, False, "the bank 's"), (True, False, "bank 's"), (False, True, "the bank")],
)
def test_each_can_be_left_out(articles: bool, possessive: bool, kept: str) -> None:
    sentence = Sentence(("the", "bank", "'s"), "en")
    span = trim(Span(0, 3), sentence, articles=articles, possessive=possessive)
    assert span is not None
    assert sentence.surface(span) == kept
