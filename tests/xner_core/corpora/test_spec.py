"""Corpus specs are taken apart, and refused with the reason."""

from __future__ import annotations

import pytest

from xner_core.corpora import CorpusSpec, load, parse_spec
from xner_core.errors import CorpusError


@pytest.mark.parametrize(
    ("text", "kind", "where", "options"),
    [
        ("demo", "demo", "", {}),
        ("demo:de", "demo", "de", {}),
        ("jsonl:a/b.jsonl", "jsonl", "a/b.jsonl", {}),
        ("jsonl:C:\\data\\a.jsonl", "jsonl", "C:\\data\\a.jsonl", {}),
        ("conll:a,b?source_lang=en", "conll", "a,b", {"source_lang": "en"}),
        (
            "conll:a,b?source_lang=en&target_lang=zh-Hant",
            "conll",
            "a,b",
            {"source_lang": "en", "target_lang": "zh-Hant"},
        ),
        ("conll:a,b?", "conll", "a,b", {}),
        ("conll:a,b?source_lang=", "conll", "a,b", {"source_lang": ""}),
        ("jsonl:what?.jsonl?x=1", "jsonl", "what?.jsonl", {"x": "1"}),
        ("hub:a/b?config=c&split=test[:5]", "hub", "a/b", {"config": "c", "split": "test[:5]"}),
        ("joined:tagged:a?lang=lg|hub:b?split=dev", "joined", "tagged:a?lang=lg|hub:b?split=dev", {}),
        ("joined:a?b", "joined", "a?b", {}),
    ],
)
def test_parts(text: str, kind: str, where: str, options: dict[str, str]) -> None:
    assert parse_spec(text) == CorpusSpec(text, kind, where, options)


def test_white_space_around_a_spec_is_dropped() -> None:
    assert parse_spec("  demo:de\n") == parse_spec("demo:de")


@pytest.mark.parametrize("text", ["", ":", "csv:a.csv", "de-europarl.conll", "Demo:de", "demo?x=1"])
def test_what_is_no_spec(text: str) -> None:
    with pytest.raises(CorpusError, match="is not a corpus spec") as raised:
        parse_spec(text)
    for form in ("jsonl:FILE", "tagged:FILE", "hub:OWNER/NAME", "joined:TAGGED_SPEC|PARALLEL_SPEC"):
        assert form in str(raised.value.hint)


def test_malformed_options() -> None:
    with pytest.raises(CorpusError, match="'source_lang' is not a list of options") as raised:
        parse_spec("conll:a,b?source_lang")
    assert raised.value.where == "conll:a,b?source_lang"
    assert raised.value.hint == "Write option=value&option=value"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("conll:a,b?sourcelang=en", "source_lang, target_lang"),
        ("jsonl:a?source_lang=en", "none"),
        ("demo:de?n=1", "none"),
    ],
)
def test_unknown_options_are_refused_before_any_file_is_read(text: str, known: str) -> None:
    with pytest.raises(CorpusError, match="Extra inputs are not permitted") as raised:
        load(text)
    assert raised.value.where == text
    assert raised.value.hint == f"Its options: {known}"
