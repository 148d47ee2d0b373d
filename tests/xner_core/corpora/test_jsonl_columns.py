"""Files of very many lines are read as columns, and as nothing else than line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.app_large import write_large
from tests.oracles.fingerprint import fingerprint
from tests.xner_core.conftest import Write
from tests.xner_core.corpora.test_jsonl import FULL, SHORT
from tests.xner_core.corpora.test_jsonl_errors import BAD_LINES, BAD_ROWS, GOOD
from xner_core.corpora import added, build, jsonl, jsonl_columns, load
from xner_core.corpora.build import make_corpus
from xner_core.corpora.jsonl import read_pairs
from xner_core.corpora.jsonl_columns import read_columns
from xner_core.corpora.packed import PackedPairs
from xner_core.types import Corpus


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_columns, "PACKED_FROM", 1)
    monkeypatch.setattr(build, "PACKED_FROM", 1)


def line_by_line(path: Path) -> Corpus:
    pairs, notices = read_pairs(path)
    return make_corpus("x", pairs, notices)


def same(path: Path) -> Corpus:
    """The corpus of a file, which is the same either way."""
    found, expected = read_columns("x", path), line_by_line(path)
    assert found is not None
    assert tuple(found.pairs) == tuple(expected.pairs)
    assert isinstance(found.pairs, PackedPairs)
    assert isinstance(expected.pairs, PackedPairs)
    assert found.pairs.table.schema.types == expected.pairs.table.schema.types
    assert found == expected
    assert found.fingerprint == fingerprint(expected.pairs)
    return found


GOOD_ROWS: dict[str, dict[str, Any]] = {
    "all fields": FULL,
    "only the needed ones": SHORT,
    "nulls": SHORT | dict.fromkeys(("source_text", "source_tags", "alignment")),
    "a null beside a note": SHORT | {"alignment": None, "note": "x"},
    "an empty text": SHORT | {"source_text": "", "target_text": " \n"},
    "odd words": SHORT
    | {"target_tokens": ["\u2028", "\x85", "\u00a0", '"', "\\", "\\u001f", "\x00\x01\x7f", "🙂", "}\n{"]},
    "an odd id and an odd text": SHORT | {"id": '"\t\\ß', "source_text": 'a "b"\r\n\x1b', "note": '"\n'},
    "words with spaces inside": SHORT | {"source_tokens": ["a b", " c "]},
    "no entity": SHORT | {"source_tags": ["O"], "target_tags": ["O", "O"]},
    "entities side by side": SHORT
    | {"target_tokens": list("abcdef"), "target_tags": ["B-A", "B-A", "I-A", "B-B", "O", "B-A"]},
    "a tag to the end": SHORT | {"source_tags": ["B-PER"], "target_tags": ["B-PER", "I-PER"]},
    "odd labels": SHORT | {"target_tags": ['B-"', "B-\\é-O"]},
    "links in any order": SHORT | {"alignment": "0p1 0-0 0-0 0p0  "},
    "possible links alone": SHORT | {"alignment": "0p1"},
    "a score": SHORT | {"alignment": "0-1-0.5"},
    "no links": SHORT | {"alignment": ""},
    "unknown languages": SHORT | {"source_lang": "und", "target_lang": "und"},
}


@pytest.mark.parametrize("name", GOOD_ROWS)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_good_rows(write: Write, name: str, ascii_only: bool) -> None:
    between = [SHORT | {"source_tokens": ["z", str(k)], "source_tags": ["O", "B-Z"]} for k in range(2)]
    rows = [{**between[0], "id": "first"}, {"id": "x", **GOOD_ROWS[name]}, {**between[1], "id": "last"}]
    lines = [json.dumps(row, ensure_ascii=ascii_only) for row in rows]
    corpus = same(write("a.jsonl", "\n".join(lines)))
    assert len(corpus.pairs) == 3
    for dressed in (
        "\ufeff" + "\n".join(lines) + "\n",
        "\r\n".join(lines) + "\r\n",
        "\n".join(lines) + "\n\n ",
    ):
        assert same(write("b.jsonl", dressed)) == corpus


def test_ids_are_made_from_the_words(write: Write) -> None:
    odd = SHORT | {"source_tokens": ['"', "\\", "ß\x01"]}
    rows = [SHORT, odd, SHORT, SHORT | {"id": None, "note": "x"}]
    names = [pair.id for pair in same(write("a.jsonl", "\n".join(map(json.dumps, rows)))).pairs]
    assert names[2:] == [f"{names[0]}-2", f"{names[0]}-3"]


def test_every_character_is_written_alike(write: Write) -> None:
    characters = [chr(code) for code in (*range(0x3000), 0xFEFF, 0xFFFD, 0xFFFF, 0x1F600, 0x10FFFF)]
    blank = set(" \t\r\n")
    words = [each if each not in blank else f"a{each}" for each in characters]
    corpus = same(
        write("a.jsonl", json.dumps(SHORT | {"source_tokens": words, "source_text": "".join(words)}))
    )
    assert corpus.pairs[0].source.words == tuple(words)


NAMED = GOOD | {"id": "x"}
NOT_READ: dict[str, str] = {
    "an unknown field": json.dumps(NAMED | {"url": "x"}),
    "a tag of another scheme": json.dumps(NAMED | {"target_tags": ["O", "S-PER"]}),
    "another tag of it": json.dumps(NAMED | {"target_tags": ["B-PER", "E-PER"]}),
    "an I that opens": json.dumps(NAMED | {"target_tags": ["O", "I-PER"]}),
    "an I of another label": json.dumps(NAMED | {"target_tags": ["B-LOC", "I-PER"]}),
    "an I at the beginning": json.dumps(NAMED | {"source_tags": ["I-PER"]}),
    "text without words": json.dumps(NAMED | {"target_tokens": None, "target_text": "a b"}),
    "a missing side": json.dumps({key: each for key, each in NAMED.items() if key != "target_tokens"}),
    "a null in a list": json.dumps(NAMED | {"target_tokens": ["b", None]}),
    "a null for a note": json.dumps(NAMED | {"note": None}),
    "a null for an escaped note": json.dumps(NAMED)[:-1] + ', "n\\u006fte" : null}',
    "a number for a note": json.dumps(NAMED | {"note": 1}),
    "two objects in a line": f"{json.dumps(NAMED | {'id': '1'})} {json.dumps(NAMED | {'id': '2'})}",
    "an object on two lines": json.dumps(NAMED).replace(", ", ",\n", 1),
    "a blank line": f"\n{json.dumps(NAMED)}",
    "a space before": f" {json.dumps(NAMED)}",
    "a raw tab": json.dumps(NAMED | {"id": "a~b"}).replace("~", "\t"),
    "a raw line end": json.dumps(NAMED | {"id": "a}~{b"}).replace("~", "\n"),
    "a raw NUL": json.dumps(NAMED) + "\0",
    "a NUL and a bracket": json.dumps(NAMED) + "\0}",
    "a low surrogate": json.dumps(NAMED | {"id": "\udc00"}),
    "a field twice": json.dumps(NAMED)[:-1] + ', "source_lang": "de"}',
    "a comma too many": json.dumps(NAMED)[:-1] + ",}",
    "a comment": json.dumps(NAMED) + " // x",
    "links with a tab": json.dumps(NAMED | {"alignment": "0-0\t0-1"}),
    "a huge link": json.dumps(NAMED | {"alignment": "0-" + "9" * 30}),
    "a link of very many digits": json.dumps(NAMED | {"alignment": "0-" + "0" * 5000}),
    "a link to the next sentence": json.dumps(NAMED | {"alignment": "1-0"}),
    "no language": json.dumps(NAMED | {"source_lang": ""}),
}


@pytest.mark.parametrize("name", [*NOT_READ, *BAD_ROWS, *BAD_LINES])
@pytest.mark.parametrize("last", [True, False])
def test_of_all_else_it_says_nothing(write: Write, name: str, last: bool) -> None:
    line = (
        json.dumps({"id": "x", **BAD_ROWS[name][0]})
        if name in BAD_ROWS
        else (NOT_READ.get(name) or BAD_LINES[name][0])
    )
    others = [json.dumps(GOOD | {"id": each, "note": "n"}) for each in "pq"]
    lines = [*others, line] if last else [others[0], line, others[1]]
    assert read_columns("x", write("a.jsonl", "\n".join(lines))) is None
    good = [json.dumps(NAMED) if each == line else each for each in lines]
    assert read_columns("x", write("b.jsonl", "\n".join(good))) is not None


def test_neither_of_broken_files(write: Write, tmp_path: Path) -> None:
    good = json.dumps(NAMED).encode()
    assert read_columns("x", write("a.jsonl", good + b"\n" + good.replace(b'"x"', b'"\xe9"'))) is None
    assert read_columns("x", write("a.jsonl", "")) is None
    assert read_columns("x", write("a.jsonl", "\n\n")) is None
    assert read_columns("x", tmp_path) is None
    assert read_columns("x", tmp_path / "none.jsonl") is None
    assert read_columns("x", Path("a\0b")) is None
    twice = json.dumps(NAMED | {"id": "a"})
    assert read_columns("x", write("a.jsonl", f"{twice}\n{twice}")) is None


def test_few_lines_are_left_alone(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.jsonl", f"{json.dumps(GOOD)}\n" * 3)
    for least, is_read in ((3, True), (4, False), (5, False)):
        monkeypatch.setattr(jsonl_columns, "PACKED_FROM", least)
        assert (read_columns("x", path) is not None) == is_read


@pytest.mark.parametrize("without", [(), ("alignment", "id"), ("source_tags", "note")])
def test_in_several_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: tuple[str, ...]) -> None:
    monkeypatch.setattr(jsonl_columns, "_BLOCK", 4000)
    write_large(tmp_path / "a.jsonl", 600, without)
    corpus = same(tmp_path / "a.jsonl")
    # As every version since the first has said it: what people saved is found by it.
    assert (
        corpus.fingerprint[:16]
        == {
            (): "adb4ae9bf618d370",
            ("alignment", "id"): "5b97bb26399bc613",
            ("source_tags", "note"): "edde68af383e90a6",
        }[without]
    )


def test_the_fingerprint_of_the_demonstration_stays() -> None:
    corpus = load("demo")
    assert corpus.fingerprint == fingerprint(corpus.pairs)


def test_loaders_read_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    write_large(tmp_path / "a.jsonl", 20)
    pairs = read_pairs(tmp_path / "a.jsonl")[0]
    kept = added.add_corpus("a", pairs, "here")

    def refuse(path: Path) -> Any:
        raise AssertionError(f"{path} is read line by line")

    monkeypatch.setattr(jsonl, "read_pairs", refuse)
    monkeypatch.setattr(added, "read_pairs", refuse)
    assert load(f"jsonl:{tmp_path / 'a.jsonl'}").pairs == tuple(pairs)
    assert load(kept.spec).pairs == tuple(pairs)
