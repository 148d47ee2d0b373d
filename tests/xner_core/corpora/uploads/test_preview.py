"""Uploads of all formats, good and bad, and what is guessed of them."""

from __future__ import annotations

import json

import pytest

from tests.builders import entity
from tests.xner_core.corpora.uploads.reading import lines, problems, read
from xner_core.corpora.uploads import documents
from xner_core.corpora.uploads.formats import FORMATS, sniff
from xner_core.corpora.uploads.preview import Upload, preview
from xner_core.errors import ConfigError

CONLL = "Ada\tB-PER\nlives\tO\n\nHi\tO\n\nBonn\tB-LOC\n"
ROW = {"source_lang": "en", "target_lang": "de", "source_tokens": ["a"], "target_tokens": ["b"]}


def test_two_conll_files() -> None:
    found = read("conll", CONLL, CONLL.replace("lives", "lebt"))
    assert [pair.target.words for pair in found.pairs] == [("Ada", "lebt"), ("Hi",), ("Bonn",)]
    assert (found.pairs[0].source.lang, found.pairs[0].target.lang) == ("en", "de")
    assert (found.findings, found.n_problems, found.refusal) == ((), 0, None)


def test_one_conll_file_holds_target_sentences() -> None:
    found = read("conll", CONLL)
    assert [pair.source.is_missing for pair in found.pairs] == [True] * 3
    assert found.pairs[0].target.entities == (entity(0, 1),)
    assert found.notices == ("a: 3 pairs have no source sentence",)


def test_a_language_that_nobody_names_is_taken_from_the_name() -> None:
    found = read("conll", CONLL, langs=("und", "und"), name="twi.test.conll")
    assert found.pairs[0].target.lang == "twi"


@pytest.mark.parametrize("side", [0, 1])
def test_a_bad_row_leaves_its_pair_out_and_no_other(side: int) -> None:
    bad = "Ada\tB-PER\nlives\n\nHi\tO\nyou\tX\n\nBonn\tB-LOC\n"
    files = [CONLL.replace("Hi\tO", "Hi\tO\nyou\tO"), bad]
    found = read("conll", *(files if side else reversed(files)))
    assert [pair.source.words for pair in found.pairs] == [("Bonn",)]
    assert [pair.target.entities for pair in found.pairs] == [(entity(0, 1, "LOC"),)]
    assert problems(found) == [(2, "the word 'lives' has no tag"), (5, "'X' is not an IOB tag")]


def test_files_of_different_lengths_are_refused() -> None:
    found = read("conll", CONLL, "Hi\tO\n")
    assert found.refusal is not None
    assert found.refusal.what == "a has 3 sentences, a has 1"
    assert found.pairs == ()


def test_bad_json_lines_are_left_out() -> None:
    rows = [ROW, ROW | {"target_lang": "xx"}, ROW | {"id": 5}, ROW | {"alignment": "5-5"}, ROW]
    found = read("jsonl", lines(*rows) + "\nnonsense\n")
    assert len(found.pairs) == 2
    assert [line for line, _ in problems(found)] == [2, 3, 4, 6]


def test_bad_lines_of_parallel_text_are_left_out() -> None:
    found = read("parallel", "a ||| b\nc\n||| d\ne ||| f\n")
    assert [(pair.id, pair.target.words) for pair in found.pairs] == [("1", ("b",)), ("4", ("f",))]
    assert problems(found) == [
        (2, "the line has 0 separate |||, not 1"),
        (3, "the source sentence has no words"),
    ]


@pytest.mark.parametrize(
    ("format", "good", "bad"),
    [
        ("conll", "Ada\tB-PER\n\n", "Ada\n\n"),
        ("jsonl", json.dumps(ROW) + "\n", "{}\n"),
        ("parallel", "a ||| b\n", "a\n"),
        ("doccano", '{"text": "Ada"}\n', "{}\n"),
        ("label-studio", '{"data": {"text": "Ada"}}\n', "{}\n"),
    ],
)
def test_the_first_hundred_of_many_problems_are_listed(format: str, good: str, bad: str) -> None:
    found = read(format, good + bad * 10_000 + good)
    assert (found.n_problems, len(found.findings)) == (10_000, 100)
    assert len(found.pairs) == 2
    step = bad.count("\n")
    assert [each.line for each in found.findings] == [1 + good.count("\n") + step * n for n in range(100)]
    assert all(each.hint and each.file == "a" for each in found.findings)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00", b"\x00" * 9, b"[]", b"{}"])
def test_what_is_none_of_it_is_a_message(format: str, content: bytes) -> None:
    found = read(format, content)
    assert not found.pairs or format in {"conll", "label-studio"}
    if not content.strip():
        assert found.refusal is not None
        assert found.refusal.what == "the file is empty"


@pytest.mark.parametrize("format", FORMATS)
def test_too_many_sentences_are_refused(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_SENTENCES", 2)
    sample = {
        "conll": "Ada\tB-PER\n\n",
        "jsonl": json.dumps(ROW) + "\n",
        "parallel": "a ||| b\n",
        "doccano": '{"text": "Ada"}\n',
        "label-studio": '{"data": {"text": "Ada"}}\n',
    }[format]
    assert len(read(format, sample * 2).pairs) == 2
    refusal = read(format, sample * 3).refusal
    assert refusal is not None
    assert refusal.what == "there are 3 sentences; the app takes 2 at once"


@pytest.mark.parametrize("name", ["../../x.conll", "/etc/passwd", "..", "", "a\0b", "n" * 300, "é.conll"])
def test_any_name_of_a_file(name: str) -> None:
    found = preview([Upload(name, b"Ada\n"), Upload(name, b"Ada\n")], "conll", ("en", "de"))
    assert len(found.pairs) == 1


@pytest.mark.parametrize(
    ("format", "n", "what"),
    [
        ("nonsense", 1, "no format"),
        ("jsonl", 2, "takes one file"),
        ("conll", 3, "up to 2"),
        ("conll", 0, "not 0"),
    ],
)
def test_a_number_of_files_that_it_does_not_take(format: str, n: int, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        preview([Upload("a", b"x")] * n, format, ("en", "de"))


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (CONLL, "conll"),
        ("Ada\nlives\n", "conll"),
        (json.dumps(ROW), "jsonl"),
        ("\ufeff\n" + json.dumps(ROW), "jsonl"),
        ('{"id": 1, "text": "x", "label": []}', "doccano"),
        ('{"text": "' + "x" * 9000, "doccano"),
        ('[{"id": 1, "data": {}}]', "label-studio"),
        ('{"id": 1, "data": {"text": "x"}}', "label-studio"),
        ('{\n "id": 1,\n', "label-studio"),
        ("{}", "jsonl"),
        ("a b ||| c\n", "parallel"),
        ("", "conll"),
    ],
)
def test_the_format_is_guessed(content: str, format: str) -> None:
    assert sniff(["a.txt"], content.encode()) == format
    assert sniff(["a", "b"], content.encode()) == "conll"


def test_every_format_says_what_it_is() -> None:
    assert all(each.title and each.explanation.endswith(".") for each in FORMATS.values())
