"""Every bad JSON line is refused with file, line and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.xner_core.conftest import Write
from xner_core.corpora import load
from xner_core.errors import CorpusError

GOOD: dict[str, Any] = {
    "source_lang": "en",
    "target_lang": "de",
    "source_tokens": ["a"],
    "target_tokens": ["b", "c"],
}


def _without(field: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name != field}


BAD_ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "no source_lang": (_without("source_lang"), "source_lang: Field required"),
    "no target_lang": (_without("target_lang"), "target_lang: Field required"),
    "no sentence": (
        {"source_lang": "en", "target_lang": "de"},
        "there is neither a source nor a target sentence",
    ),
    "blank source": (_without("source_tokens") | {"source_text": " \n"}, "source_text: there is no word"),
    "blank target": (_without("target_tokens") | {"target_text": ""}, "target_text: there is no word"),
    "no source word": (GOOD | {"source_tokens": []}, "source_tokens: there is no word"),
    "no target word": (GOOD | {"target_tokens": []}, "target_tokens: there is no word"),
    "empty word": (GOOD | {"target_tokens": ["b", ""]}, "target_tokens.1: "),
    "blank word": (GOOD | {"target_tokens": ["b", " "]}, "target_tokens.1: the word is empty"),
    "empty source word": (GOOD | {"source_tokens": [""]}, "source_tokens.0: "),
    "word that is a number": (GOOD | {"target_tokens": ["b", 1]}, "target_tokens.1: "),
    "words in one string": (GOOD | {"target_tokens": "b c"}, "target_tokens: "),
    "null for a language": (GOOD | {"target_lang": None}, "target_lang: "),
    "number for an id": (GOOD | {"id": 7}, "id: "),
    "empty id": (GOOD | {"id": ""}, "id: "),
    "too few tags": (GOOD | {"target_tags": ["O"]}, "2 target_tokens but 1 target_tags"),
    "too many tags": (GOOD | {"source_tags": ["O", "O"]}, "1 source_tokens but 2 source_tags"),
    "no IOB tag": (GOOD | {"target_tags": ["O", "PER"]}, "target_tags: 'PER' is not an IOB tag"),
    "tags without tokens": (
        _without("source_tokens") | {"source_text": "a", "source_tags": ["O"]},
        "source_tags need source_tokens",
    ),
    "tags of a missing sentence": (
        _without("target_tokens") | {"target_tags": []},
        "target_tags need target_tokens",
    ),
    "links to a missing sentence": (_without("source_tokens") | {"alignment": "0-0"}, "link 0-0 points"),
    "tags with empty tokens": (
        GOOD | {"source_tokens": [], "source_text": "a", "source_tags": []},
        "source_tags need source_tokens",
    ),
    "bad source_lang": (GOOD | {"source_lang": "xx"}, "'xx' is not a language code"),
    "bad target_lang": (GOOD | {"target_lang": "deu_Latn"}, "'deu_Latn' is not a language code"),
    "malformed link": (GOOD | {"alignment": "0-0 1"}, "alignment: '1' is not a link"),
    "link outside": (GOOD | {"alignment": "0-2"}, "alignment: link 0-2 points outside"),
    "links as a list": (GOOD | {"alignment": [[0, 0]]}, "alignment: "),
}
BAD_LINES = {
    "no JSON": ("nonsense", "not JSON"),
    "cut off": ('{"source_lang": "en', "not JSON"),
    "two objects": ("{} {}", "not JSON"),
    "no object": ("[1, 2]", "Input should be an object"),
    "a number": ("5", "Input should be an object"),
    "deeply nested": ("[" * 100_000, "not JSON"),
    "a huge number": ('{"id": ' + "1" * 5_000 + "}", "not JSON"),
    "lone surrogate": (json.dumps(GOOD | {"id": "\ud83d"}), "not JSON"),
}


@pytest.mark.parametrize("name", [*BAD_ROWS, *BAD_LINES])
def test_bad_lines(write: Write, name: str) -> None:
    line, what = (json.dumps(BAD_ROWS[name][0]), BAD_ROWS[name][1]) if name in BAD_ROWS else BAD_LINES[name]
    good = json.dumps(GOOD)
    path = write("a.jsonl", f"{good}\n\n{line}\n{good}\n")
    with pytest.raises(CorpusError) as raised:
        load(f"jsonl:{path}")
    assert what in raised.value.what
    assert (raised.value.path, raised.value.line) == (path, 3)
    assert raised.value.hint


def test_an_id_used_twice(write: Write) -> None:
    row = json.dumps(GOOD | {"id": "a"})
    path = write("a.jsonl", f"{row}\n{row}\n")
    with pytest.raises(CorpusError, match="the id 'a' was used before") as raised:
        load(f"jsonl:{path}")
    assert raised.value.line == 2
    assert raised.value.hint


def test_broken_utf8(write: Write) -> None:
    path = write("a.jsonl", json.dumps(GOOD).encode() + b'\n{"id": "\xe9"}')
    with pytest.raises(CorpusError, match="byte 0xe9 is not UTF-8") as raised:
        load(f"jsonl:{path}")
    assert raised.value.line == 2


@pytest.mark.parametrize(("content", "what"), [(b"", "the file is empty"), (b"\n\n", "the file is empty")])
def test_an_empty_file(write: Write, content: bytes, what: str) -> None:
    with pytest.raises(CorpusError, match=what):
        load(f"jsonl:{write('a.jsonl', content)}")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no such file"):
        load(f"jsonl:{tmp_path / 'a.jsonl'}")
    with pytest.raises(CorpusError, match="Is a directory"):
        load(f"jsonl:{tmp_path}")


def test_no_file_named() -> None:
    with pytest.raises(CorpusError, match="needs a file") as raised:
        load("jsonl:")
    assert raised.value.hint == "Write jsonl:FILE"
