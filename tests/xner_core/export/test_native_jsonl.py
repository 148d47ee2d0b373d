"""The lossless format: the very fields of a line, as a corpus, and lines that contradict themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.corpora import load
from xner_core.errors import ExportError
from xner_core.export.native_jsonl import NativeFormat
from xner_core.export.sample import Annotation, ReadSample
from xner_core.types import Sentence, WordAlignment

ADA = sample(
    "ada",
    words("Ada King sings", "en"),
    Sentence(("Ada", "King", "singt"), "de", entities((0, 1, "PER")), "😀Ada  King singt"),
    ((0, 2, "PER"),),
    ((0, 2, "PER"), (1, 2, "ORG")),
    ((0, 0), (2, 2)),
    ((1, 1),),
    ((0, 0),),
    status="approved",
    note="ein Wort",
    authors=("Ana",),
    updated="2026-02-03T04:05:06+00:00",
    is_edited=True,
    raw=Annotation(entities((0, 1, "PER")), (), WordAlignment.of([(0, 1)])),
    history=({"kind": "note", "after": "ein Wort", "deep": [1, {"a": None, "b": 0.1}]},),
    provenance={"software": "0.1"},
)
# The text has a character before its first word, so the words do not stand in it alone.
FITTING = replace(ADA, pair=replace(ADA.pair, target=replace(ADA.pair.target, text=" Ada  King singt")))


def line_of(each: Any, folder: Path) -> dict[str, Any]:
    (path,) = NativeFormat().write([each], folder, "a")
    row = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(row, dict)
    return row


def read(row: dict[str, Any] | str, folder: Path) -> ReadSample:
    path = folder / "b.jsonl"
    path.write_text(row if isinstance(row, str) else json.dumps(row))
    (found,) = NativeFormat().read(path)
    return found


def test_the_very_fields(tmp_path: Path) -> None:
    assert line_of(FITTING, tmp_path) == {
        "xner_sample": 1,
        "id": "ada",
        "source_lang": "en",
        "source_tokens": ["Ada", "King", "sings"],
        "source_tags": ["B-PER", "I-PER", "O"],
        "source_entities": [{"start": 0, "end": 2, "label": "PER", "surface": "Ada King"}],
        "target_lang": "de",
        "target_text": " Ada  King singt",
        "target_tokens": ["Ada", "King", "singt"],
        "target_entities": [
            {"start": 0, "end": 2, "label": "PER", "characters": [1, 10], "surface": "Ada  King"},
            {"start": 1, "end": 2, "label": "ORG", "characters": [6, 10], "surface": "King"},
        ],
        "alignment": "0-0 1p1 2-2",
        "matches": [[0, 0]],
        "review": {
            "status": "approved",
            "note": "ein Wort",
            "edited": True,
            "authors": ["Ana"],
            "updated": "2026-02-03T04:05:06+00:00",
        },
        "raw": {
            "source_entities": [[0, 1, "PER"]],
            "target_entities": [],
            "alignment": "0-1",
            "matches": [],
        },
        "gold": {"target_entities": [[0, 1, "PER"]]},
        "history": [{"kind": "note", "after": "ein Wort", "deep": [1, {"a": None, "b": 0.1}]}],
        "provenance": {"software": "0.1"},
    }


def test_characters_are_left_out_where_the_words_are_not_in_the_text(tmp_path: Path) -> None:
    row = line_of(ADA, tmp_path)
    assert [each.get("characters") for each in row["target_entities"]] == [None, None]
    assert read(row, tmp_path).sample == ADA


def test_nothing_is_lost(tmp_path: Path) -> None:
    samples = [ADA, FITTING, *HARD_CASES.values()]
    assert not [loss for each in samples for loss in NativeFormat().losses(each)]
    NativeFormat().write(samples, tmp_path, "a")
    assert [found.sample for found in NativeFormat().read(tmp_path)] == samples


def test_it_is_a_corpus(tmp_path: Path) -> None:
    """What a person corrected is a corpus's gold, but for entities that tags cannot say."""
    path = NativeFormat().write(HARD_CASES.values(), tmp_path, "a")[0]
    pairs = load(f"jsonl:{path}").pairs
    assert len(pairs) == len(HARD_CASES)
    for pair in pairs:
        each = HARD_CASES[pair.id]
        assert (pair.source.words, pair.source.text) == (each.pair.source.words, each.pair.source.text)
        assert (pair.target.words, pair.target.lang) == (each.pair.target.words, each.pair.target.lang)
        assert pair.gold_alignment == (each.corrected.alignment if pair.is_complete else None)
        overlapping = pair.id in {"nested", "crossing"}
        assert pair.source.entities == (None if overlapping else each.corrected.source_entities)
        if pair.is_complete:
            assert pair.target.entities == (None if overlapping else each.corrected.target_entities)


def test_a_line_of_a_plain_corpus(tmp_path: Path) -> None:
    found = read(
        {
            "id": "7",
            "source_lang": "en",
            "target_lang": "de",
            "source_text": "Ada sings.",
            "target_tokens": ["Ada", "singt"],
            "target_tags": ["B-PER", "O"],
            "alignment": "",
        },
        tmp_path,
    )
    assert found.sample is None
    assert (found.status, found.note, found.matches) == (None, None, None)
    assert found.source is not None
    assert (found.source.words, found.source.text, found.source.entities) == (None, "Ada sings.", None)
    assert found.target is not None
    assert (found.target.entities, found.target.lang) == (entities((0, 1, "PER")), "de")


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda row: row.update(xner_sample=2), "version 2"),
        (lambda row: row.pop("id"), "no id"),
        (lambda row: row.pop("source_lang"), "source_lang"),
        (lambda row: row["target_entities"][0].update(surface="Ada"), "'Ada' is not what stands"),
        (lambda row: row["target_entities"][0].update(characters=[0, 9]), "characters 0 to 9"),
        (lambda row: row["target_entities"][0].update(end=9), "words 0 to 9 is not within 3 words"),
        (lambda row: row["target_entities"][0].update(start=2), "words 2 to 2 is not within"),
        (lambda row: row.update(target_tokens=["x", "King", "singt"]), "not what stands"),
        (lambda row: row.update(alignment="0-0 1p7"), "outside"),
        (lambda row: row.update(alignment="0:0"), "not a link"),
        (lambda row: row.update(matches=[[0, 2]]), "match 0, 2"),
        (lambda row: row["raw"].update(matches=[[1, 0]]), "match 1, 0"),
        (lambda row: row["gold"].update(alignment="7-0"), "outside"),
        (lambda row: row["gold"].update(source_entities=[[0, 4, "PER"]]), "not within 3 words"),
        (lambda row: row["review"].update(status="good"), "review.status"),
        (lambda row: row["source_tags"].__setitem__(0, "O"), "source_tags and source_entities say different"),
        (lambda row: row["source_tags"].append("O"), "source_tags and source_entities say different"),
        (
            lambda row: row.update(source_tags=["x", "x", "x"]),
            "source_tags and source_entities say different",
        ),
        (lambda row: row.pop("target_entities"), "no target_entities"),
        (lambda row: row.pop("alignment"), "no alignment"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(change: Change, what: str, tmp_path: Path) -> None:
    good = line_of(FITTING, tmp_path)
    bad = json.loads(json.dumps(good))
    change(bad)
    path = tmp_path / "b.jsonl"
    path.write_text(json.dumps(good) + "\n\n" + json.dumps(bad) + "\n")
    with pytest.raises(ExportError, match=what) as raised:
        list(NativeFormat().read(path))
    assert (raised.value.path, raised.value.line) == (path, 3)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{", "not JSON"),
        (
            '{"source_lang": "en", "target_lang": "de", "target_tokens": ["a"], "target_tags": []}',
            "target_tags",
        ),
        ('{"source_lang": "en", "target_lang": "de", "target_tokens": ["a"], "target_tags": ["P"]}', "IOB"),
    ],
)
def test_bad_lines_of_a_corpus(row: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=what) as raised:
        read(row, tmp_path)
    assert raised.value.line == 1


def test_repairs_are_told(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"source_lang":"en","target_lang":"de","target_tokens":["a"],"target_tags":["I-PER"]}\n')
    notices: list[str] = []
    list(NativeFormat().read(path, notices))
    assert notices == ["c.jsonl: 1 tag was repaired (first: line 1, I-PER read as B-PER)"]


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object()])
def test_what_is_no_plain_json_is_refused(value: object, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no plain JSON") as raised:
        NativeFormat().write([replace(ADA, provenance={"x": value})], tmp_path, "a")
    assert "ada" in str(raised.value.where)


def test_half_a_surrogate_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"U\+DC80"):
        NativeFormat().write([replace(ADA, note="a\udc80")], tmp_path, "a")
