"""Candidates from a file: what is read, and what is refused with file, line and sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import blank_pair, entity, spans
from tests.xner_core.conftest import Write
from xner_core.candidates.imported import ImportedRules, ImportedSpans
from xner_core.errors import ConfigError, CorpusError
from xner_core.types import AlignedPair, SentencePair, Span, WordAlignment


def lines(*rows: Any) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def pair(name: str, n_target: int = 4) -> SentencePair:
    return replace(blank_pair(2, n_target), id=name)


def generate(path: Path, name: str, n_target: int = 4, **rules: Any) -> tuple[Span, ...]:
    aligned = AlignedPair(pair(name, n_target), (entity(0, 1),), WordAlignment.of([]))
    return ImportedSpans(ImportedRules(path=str(path), **rules)).generate(aligned)


def test_spans_are_read_in_any_order(write: Write) -> None:
    path = write(
        "a.jsonl", lines({"id": "1", "spans": [[2, 4], [0, 1], [2, 4]]}, "", {"id": "2", "spans": []})
    )
    assert generate(path, "1") == spans((0, 1), (2, 4))
    assert generate(path, "2") == ()


def test_tags_are_read_as_spans(write: Write) -> None:
    path = write("a.jsonl", lines({"id": "1", "target_tags": ["B-PER", "I-PER", "O", "B-LOC"], "more": 1}))
    assert generate(path, "1") == spans((0, 2), (3, 4))


@pytest.mark.parametrize("tags", ["I-PER I-PER B-PER O", "B-PER I-PER B-PER O", "B-PER E-PER S-PER O"])
def test_tags_may_be_in_any_scheme(write: Write, tags: str) -> None:
    path = write("a.jsonl", lines({"id": "1", "target_tags": tags.split()}))
    assert generate(path, "1") == spans((0, 2), (2, 3))


def test_the_rules_hold_for_imported_spans_too(write: Write) -> None:
    path = write("a.jsonl", lines({"id": "1", "spans": [[0, 1], [0, 3]]}))
    assert generate(path, "1", max_words=2) == spans((0, 1))


def test_a_sentence_that_is_not_in_the_file_has_no_candidates(write: Write) -> None:
    assert generate(write("a.jsonl", lines({"id": "1", "spans": [[0, 1]]})), "2") == ()


def test_sentences_that_are_not_in_the_file_are_counted(write: Write) -> None:
    path = write("a.jsonl", lines({"id": "b", "spans": [[0, 1]]}, {"id": "z", "spans": [[0, 99]]}))
    generator = ImportedSpans(ImportedRules(path=str(path)))
    assert generator.check([pair("b")]) == []
    assert generator.check([]) == []
    assert generator.check([pair("a"), pair("b"), pair("c")]) == [
        "a.jsonl: 2 of 3 sentences are not in it and have no candidates (first: a)"
    ]


def test_a_file_of_another_corpus_is_refused(write: Write) -> None:
    path = write("a.jsonl", lines({"id": "x", "spans": []}))
    with pytest.raises(CorpusError, match="none of the 2 sentences: it has 'x', they have 'a'") as raised:
        ImportedSpans(ImportedRules(path=str(path))).check([pair("a"), pair("b")])
    assert raised.value.path == path
    assert raised.value.hint


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"id": "1", "spans": [[0, 1], [3, 5]]}, "sentence '1': [3, 5] ends behind the last of 4 words"),
        ({"id": "1", "target_tags": ["O"]}, "sentence '1': 1 target_tags for 4 words"),
        ({"id": "1", "target_tags": ["O"] * 5}, "sentence '1': 5 target_tags for 4 words"),
    ],
)
def test_what_does_not_fit_the_sentence(write: Write, row: dict[str, Any], what: str) -> None:
    path = write("a.jsonl", lines({"id": "0", "spans": []}, row))
    generator = ImportedSpans(ImportedRules(path=str(path)))
    aligned = AlignedPair(pair("1"), (), WordAlignment.of([]))
    for refused in (lambda: generator.generate(aligned), lambda: generator.check([pair("0"), pair("1")])):
        with pytest.raises(CorpusError) as raised:
            refused()
        assert what in raised.value.what
        assert (raised.value.path, raised.value.line) == (path, 2)
        assert raised.value.hint


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("nonsense", "not JSON"),
        ({"spans": []}, "id: Field required"),
        ({"id": 1, "spans": []}, "id: "),
        ({"id": "1"}, "'1' needs either spans or target_tags"),
        ({"id": "1", "spans": [], "target_tags": []}, "'1' needs either spans or target_tags"),
        ({"id": "1", "spans": [[1, 1]]}, "'1': [1, 1] is no span"),
        ({"id": "1", "spans": [[2, 1]]}, "'1': [2, 1] is no span"),
        ({"id": "1", "spans": [[-1, 1]]}, "'1': [-1, 1] is no span"),
        ({"id": "1", "spans": [[1]]}, "spans.0: "),
        ({"id": "1", "spans": [[1, 2, 3]]}, "spans.0: "),
        ({"id": "1", "spans": [[0.5, 1]]}, "spans.0.0: "),
        ({"id": "1", "target_tags": ["PER"]}, "'1': 'PER' is not an IOB tag"),
        ({"id": "0", "spans": []}, "sentence '0' has a line already: 1"),
    ],
)
def test_bad_lines(write: Write, row: Any, what: str) -> None:
    path = write("a.jsonl", lines({"id": "0", "spans": []}, "", row))
    with pytest.raises(CorpusError) as raised:
        generate(path, "1")
    assert what in raised.value.what
    assert (raised.value.path, raised.value.line) == (path, 3)
    assert raised.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        ImportedSpans(ImportedRules(path=str(tmp_path / "a.jsonl"))).check([pair("1")])


def test_no_file_is_named() -> None:
    with pytest.raises(ConfigError) as raised:
        ImportedSpans().check([pair("1")])
    assert raised.value.hint == "Write imported:PATH"


def test_the_file_is_read_once(write: Write) -> None:
    path = write("a.jsonl", lines({"id": "1", "spans": [[0, 1]]}))
    generator = ImportedSpans(ImportedRules(path=str(path)))
    aligned = AlignedPair(pair("1"), (), WordAlignment.of([]))
    before = generator.generate(aligned)
    path.unlink()
    assert generator.generate(aligned) == before == spans((0, 1))
