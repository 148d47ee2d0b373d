"""Small corpora cut out of the demonstration corpus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import xner_core.corpora.demo as demo


def write_demo(
    path: Path, languages: Sequence[str] = ("de",), each: int = 6, without: Sequence[str] = ()
) -> str:
    """Write the first pairs of each language, leaving fields out, and return the corpus spec."""
    folder = Path(demo.__file__).parent
    rows = []
    for language in languages:
        lines = (folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()[:each]
        rows += [json.loads(line) for line in lines]
    kept = [{key: value for key, value in row.items() if key not in without} for row in rows]
    path.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    return f"jsonl:{path}"
