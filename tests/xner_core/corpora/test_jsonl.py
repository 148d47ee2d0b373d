"""JSON lines: every field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import entity
from tests.xner_core.conftest import Write
from xner_core.corpora import load
from xner_core.corpora.jsonl import row_of
from xner_core.errors import CorpusError
from xner_core.types import Sentence, SentencePair, WordAlignment

FULL: dict[str, Any] = {
    "id": "a-1",
    "source_lang": "en",
    "target_lang": "zh-Hant",
    "source_text": "Ada  King",
    "source_tokens": ["Ada", "King"],
    "source_tags": ["B-PER", "I-PER"],
    "target_text": "艾達",
    "target_tokens": ["艾達"],
    "target_tags": ["B-PER"],
    "alignment": "1p0 0-0",
    "note": "one word",
}
SHORT: dict[str, Any] = {
    "source_lang": "en",
    "target_lang": "de",
    "source_tokens": ["a"],
    "target_tokens": ["b", "c"],
}


def _lines(*rows: dict[str, Any]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def test_all_fields(write: Write) -> None:
    corpus = load(f"jsonl:{write('a.jsonl', _lines(FULL))}")
    assert corpus.pairs == (
        SentencePair(
            "a-1",
            Sentence(("Ada", "King"), "en", (entity(0, 2),), "Ada  King"),
            Sentence(("艾達",), "zh-Hant", (entity(0, 1),), "艾達"),
            WordAlignment(((0, 0),), ((1, 0),)),
            "one word",
        ),
    )
    assert corpus.notices == ()


def test_only_the_needed_fields(write: Write) -> None:
    (pair,) = load(f"jsonl:{write('a.jsonl', _lines(SHORT))}").pairs
    assert pair.source == Sentence(("a",), "en", None, None)
    assert pair.target == Sentence(("b", "c"), "de", None, None)
    assert (pair.gold_alignment, pair.note) == (None, "")


@pytest.mark.parametrize("field", ["id", "source_text", "source_tags", "target_tags", "alignment"])
def test_null_is_as_good_as_nothing(write: Write, field: str) -> None:
    rows = load(f"jsonl:{write('a.jsonl', _lines(SHORT | {field: None}))}").pairs
    assert rows == load(f"jsonl:{write('b.jsonl', _lines(SHORT))}").pairs


def test_unknown_fields_blank_lines_and_line_ends(write: Write) -> None:
    plain = load(f"jsonl:{write('a.jsonl', _lines(FULL, SHORT))}")
    dressed = "\ufeff\r\n" + _lines(FULL | {"url": "x"}, SHORT).replace("\n", "\r\n\r\n \r\n") + "\r\n"
    assert load(f"jsonl:{write('b.jsonl', dressed)}").pairs == plain.pairs


def test_odd_characters_stay_in_their_words(write: Write) -> None:
    words = ["\u2028", "\x85", "\u00a0", "a\u2029b", "\u200b", "🙂"]
    row = SHORT | {"target_tokens": words}
    escaped = json.dumps(row)
    for name, content in (("a.jsonl", _lines(row)), ("b.jsonl", escaped)):
        assert list(load(f"jsonl:{write(name, content)}").pairs[0].target.words) == words


@pytest.mark.parametrize("tokens", [None, []])
def test_text_without_tokens_is_cut_into_words(write: Write, tokens: list[str] | None) -> None:
    rows = [
        SHORT | {"source_tokens": tokens, "source_text": "Ada's hat."},
        SHORT,
        SHORT | {"source_tokens": tokens, "source_text": "L'avion", "source_lang": "fr"},
    ]
    corpus = load(f"jsonl:{write('a.jsonl', _lines(*rows))}")
    assert [pair.source.words for pair in corpus.pairs] == [
        ("Ada", "'s", "hat", "."),
        ("a",),
        ("L'", "avion"),
    ]
    assert corpus.pairs[0].source == Sentence(("Ada", "'s", "hat", "."), "en", None, "Ada's hat.")
    assert corpus.notices == (
        "a.jsonl: 1 source texts cut into words by spaCy's en tokeniser",
        "a.jsonl: 1 source texts cut into words by spaCy's fr tokeniser",
    )


def test_tags_of_another_scheme_are_read_and_said(write: Write) -> None:
    rows = [SHORT | {"target_tags": ["I-PER", "I-PER"]}, SHORT | {"target_tags": ["O", "I-LOC"]}, SHORT]
    corpus = load(f"jsonl:{write('a.jsonl', _lines(*rows))}")
    assert [p.target.entities for p in corpus.pairs] == [(entity(0, 2),), (entity(1, 2, "LOC"),), None]
    assert corpus.notices == ("a.jsonl: tags are IOB1, read as IOB2",)


def test_repairs_name_the_line(write: Write) -> None:
    rows = [SHORT | {"target_tags": ["B-PER", "O"]}, SHORT, SHORT | {"target_tags": ["O", "I-LOC"]}]
    corpus = load(f"jsonl:{write('a.jsonl', _lines(*rows))}")
    assert corpus.notices == ("a.jsonl: 1 tag was repaired (first: line 3, I-LOC read as B-LOC)",)


def test_ids_from_content_survive_a_reordering(write: Write) -> None:
    rows = [SHORT | {"target_tokens": [word]} for word in "bcde"]

    def ids(order: list[dict[str, Any]]) -> dict[str, str]:
        pairs = load(f"jsonl:{write('a.jsonl', _lines(*order))}").pairs
        return {pair.target.words[0]: pair.id for pair in pairs}

    assert ids(rows) == ids(rows[::-1])
    assert len(set(ids(rows).values())) == 4


def test_repeated_pairs_without_ids_are_told_apart(write: Write) -> None:
    first, second = (pair.id for pair in load(f"jsonl:{write('a.jsonl', _lines(SHORT, SHORT))}").pairs)
    assert second == f"{first}-2"


@pytest.mark.parametrize("side", ["source", "target"])
@pytest.mark.parametrize("value", [None, "left out"])
def test_a_missing_side_is_empty_and_said(write: Write, side: str, value: str | None) -> None:
    row = {key: field for key, field in SHORT.items() if key != f"{side}_tokens"}
    if value is None:
        row[f"{side}_tokens"] = None
    corpus = load(f"jsonl:{write('a.jsonl', _lines(row))}")
    (pair,) = corpus.pairs
    missing, there = (pair.source, pair.target) if side == "source" else (pair.target, pair.source)
    assert missing == Sentence((), SHORT[f"{side}_lang"])
    assert there.words
    assert corpus.notices == (f"a.jsonl: 1 pair has no {side} sentence",)


def test_target_text_without_tokens_is_cut_too(write: Write) -> None:
    rows = [SHORT | {"target_tokens": None, "target_text": "Ada singt."}, SHORT]
    corpus = load(f"jsonl:{write('a.jsonl', _lines(*rows))}")
    assert corpus.pairs[0].target == Sentence(("Ada", "singt", "."), "de", None, "Ada singt.")
    assert corpus.notices == ("a.jsonl: 1 target texts cut into words by spaCy's de tokeniser",)


def test_a_text_of_which_nothing_can_be_seen(write: Write) -> None:
    path = write("a.jsonl", _lines(SHORT, SHORT | {"source_tokens": None, "source_text": "\u200b"}))
    with pytest.raises(CorpusError, match="source_text: there is no word in it") as raised:
        load(f"jsonl:{path}")
    assert raised.value.line == 2


def test_a_row_has_no_field_that_says_nothing() -> None:
    pair = SentencePair("x", Sentence(("a",), "en"), Sentence((), "de"))
    assert row_of(pair) == {"id": "x", "source_lang": "en", "source_tokens": ["a"], "target_lang": "de"}


def test_a_row_of_everything(write: Write) -> None:
    (pair,) = load(f"jsonl:{write('a.jsonl', _lines(FULL))}").pairs
    assert row_of(pair) == FULL | {"alignment": "0-0 1p0"}
