"""The demonstration corpus holds what it promises, in every language."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import xner_core.corpora.demo as demo
from xner_core.corpora import load
from xner_core.corpora.demo import demo_languages
from xner_core.errors import CorpusError
from xner_core.tags import decode, encode
from xner_core.types import Corpus

FOLDER = Path(demo.__file__).parent
LANGUAGES = ["ar", "de", "es", "fi", "fr", "ha", "he", "hi", "it", "sw", "tr", "uk", "yo", "zh"]
each_language = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def _corpus(lang: str) -> Corpus:
    return load(f"demo:{lang}")


@cache
def _rows(lang: str) -> list[dict[str, Any]]:
    lines = (FOLDER / f"{lang}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_languages() -> None:
    assert demo_languages() == LANGUAGES


@each_language
def test_every_row_is_loaded_as_it_is_written(lang: str) -> None:
    pairs, rows = _corpus(lang).pairs, _rows(lang)
    assert len(pairs) == len(rows) == 24
    for pair, row in zip(pairs, rows, strict=True):
        assert pair.id == row["id"]
        for sentence, side in ((pair.source, "source"), (pair.target, "target")):
            assert list(sentence.words) == row[f"{side}_tokens"]
            assert encode(sentence.entities or (), len(sentence.words)) == row[f"{side}_tags"]


@each_language
def test_languages_of_both_sides(lang: str) -> None:
    assert {(pair.source.lang, pair.target.lang) for pair in _corpus(lang).pairs} == {("en", lang)}


@each_language
def test_tags_are_iob2_without_repair(lang: str) -> None:
    for row in _rows(lang):
        assert decode(row["source_tags"], "IOB2")[1] == []
        assert decode(row["target_tags"], "IOB2")[1] == []


@each_language
def test_spans_lie_in_order_in_their_sentences(lang: str) -> None:
    for pair in _corpus(lang).pairs:
        for sentence in (pair.source, pair.target):
            assert sentence.entities is not None
            ends = [0]
            for found in sentence.entities:
                assert ends[-1] <= found.span.start < found.span.end <= len(sentence.words)
                ends.append(found.span.end)


@each_language
def test_labels(lang: str) -> None:
    labels = {e.label for pair in _corpus(lang).pairs for e in (*pair.source.entities, *pair.target.entities)}
    assert {"PER", "ORG", "LOC"} <= labels <= {"PER", "ORG", "LOC", "DATE"}


@each_language
def test_gold_links_lie_in_their_sentences(lang: str) -> None:
    for pair in _corpus(lang).pairs:
        assert pair.gold_alignment is not None
        assert pair.gold_alignment.sure
        for source, target in pair.gold_alignment.links:
            assert 0 <= source < len(pair.source.words)
            assert 0 <= target < len(pair.target.words)


@each_language
def test_every_target_entity_is_linked_to_a_source_entity_of_its_label(lang: str) -> None:
    for pair in _corpus(lang).pairs:
        for target in pair.target.entities:
            labels = {
                source.label
                for source in pair.source.entities
                for i, j in pair.gold_alignment.links
                if source.span.start <= i < source.span.end and target.span.start <= j < target.span.end
            }
            assert target.label in labels, (pair.id, pair.target.surface(target.span))


@each_language
def test_words_are_nfc_and_hold_no_white_space(lang: str) -> None:
    for pair in _corpus(lang).pairs:
        for word in (*pair.source.words, *pair.target.words):
            assert unicodedata.is_normalized("NFC", word), (pair.id, word)
            assert word
            assert not any(character.isspace() for character in word), (pair.id, word)


@each_language
def test_a_pair_without_entities_and_a_pair_that_loses_one(lang: str) -> None:
    pairs = _corpus(lang).pairs
    assert any(not pair.source.entities and not pair.target.entities for pair in pairs)
    assert any(len(pair.target.entities) < len(pair.source.entities) for pair in pairs)


def test_one_id_is_one_english_sentence_in_all_languages() -> None:
    def english(lang: str) -> dict[str, tuple[object, ...]]:
        return {
            pair.id.removeprefix(f"{lang}-"): (pair.source.words, pair.source.entities)
            for pair in _corpus(lang).pairs
        }

    expected = english("de")
    assert len(set(expected.values())) == 24
    for lang in LANGUAGES:
        assert english(lang) == expected, lang


def test_all_languages_together() -> None:
    corpus = load("demo")
    assert corpus.pairs == tuple(pair for lang in LANGUAGES for pair in _corpus(lang).pairs)
    assert corpus.languages == tuple(LANGUAGES)
    assert len({pair.id for pair in corpus.pairs}) == 14 * 24


def test_it_says_that_it_is_no_benchmark() -> None:
    assert _corpus("de").notices == ("A demonstration, not a benchmark.",)


@pytest.mark.parametrize("lang", ["en", "xx", "../demo/de", "de.jsonl"])
def test_a_language_it_does_not_have(lang: str) -> None:
    with pytest.raises(CorpusError, match="has no language") as raised:
        load(f"demo:{lang}")
    assert raised.value.where == f"demo:{lang}"
    assert ", ".join(LANGUAGES) in str(raised.value.hint)
