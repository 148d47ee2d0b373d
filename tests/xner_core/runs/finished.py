"""Folders of runs that are done, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from xner_core.runs.config import RunConfig
from xner_core.runs.folder import Manifest, RunFolder
from xner_core.runs.rows import Row, table

Found = tuple[int, int, str]
"""An entity: its first word, the one behind its last, its label."""


def row(
    sentence: str,
    gold: Sequence[Found] | None,
    found: Sequence[Found],
    lang: str = "de",
    words: Sequence[str] = ("a", "b", "c", "d", "e"),
) -> Row:
    """The row of a sentence."""
    return {
        "id": sentence,
        "target_lang": lang,
        "target_words": list(words),
        "gold_entities": None if gold is None else [entity(*each) for each in gold],
        "target_entities": [entity(*each) for each in found],
    }


def entity(start: int, end: int, label: str) -> dict[str, Any]:
    return {"start": start, "end": end, "label": label}


def write_run(
    folder: Path,
    rows: Sequence[Row],
    labels: tuple[str, ...] | None = None,
    status: Literal["running", "done", "failed"] = "done",
) -> str:
    """Write a run's folder, and return how it is named."""
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    place = RunFolder(folder)
    pq.write_table(table(rows), place.sentences)
    place.write(
        Manifest(
            id=f"{folder.name}-0123456789",
            config=RunConfig(corpus="demo:de", name=folder.name, labels=labels),
            key="",
            software="",
            status=status,
            started="2026-01-01T00:00:00+00:00",
            n_sentences=len(rows),
            n_batches=1,
        )
    )
    return str(folder)
