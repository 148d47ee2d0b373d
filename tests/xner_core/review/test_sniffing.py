"""Formats told from the beginning of a file, wherever in a line or a character it is cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xner_core.review.sniffing import looks_like

MANY = 3000
FILES = {
    "conll2002": "Österreich\tB-LOC\nist\tO\nschön\tO\n\n" * MANY,
    "label-studio": json.dumps([{"id": n, "data": {"text": "ö"}} for n in range(MANY)], ensure_ascii=False),
    "jsonl": json.dumps({"source_tokens": ["ö"] * MANY, "target_tokens": []}, ensure_ascii=False),
    "pharaoh": "10-11 12p13\n" * MANY,
    "naacl": "1 10 11 P\n" * MANY,
}


@pytest.mark.parametrize("name", [*FILES])
@pytest.mark.parametrize("shift", range(4))
def test_a_long_file(name: str, shift: int, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("\n" * shift + FILES[name], encoding="utf-8")
    if name == "jsonl":  # all of its keys do not fit into what is looked at
        path.write_text(
            "\n" * shift + '{"source_tokens": [], "target_tokens": [], "x": "' + "ö" * MANY + '"}'
        )
    assert looks_like(path) == name


@pytest.mark.parametrize("key", ["data", "annotations", "annotator", "src_text"])
def test_exports_of_label_studio(key: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps([{"id": 1, key: None, "long": "ö" * MANY}]), encoding="utf-8")
    assert looks_like(path) == "label-studio"
