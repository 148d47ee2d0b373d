"""Results that are kept: one JSON file each, in a folder for each kind of run.

A file holds the run's name for the reader and its result, which carries its provenance.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from xner_core.files import write_whole
from xner_core.paths import data_folder


class _File(BaseModel):
    name: str
    result: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A result that was kept.

    Attributes:
        id: Its time in UTC and a short checksum; ids sort by time.
        name: What it is, for the reader: the aligner and the corpus.
        result: As it was saved.
    """

    id: str
    name: str
    result: dict[str, Any]


class SavedRuns(NamedTuple):
    """The runs of a kind.

    Attributes:
        runs: The newest one first.
        notices: Which files could not be read, one sentence each.
    """

    runs: list[SavedRun]
    notices: list[str]


def save_run(kind: str, result: dict[str, Any]) -> Path:
    """Keep a result.

    Args:
        kind: What kind of run it is; the name of its folder.
        result: Plain JSON with its provenance.

    Returns:
        The file; its stem is the run's id.
    """
    content = json.dumps({"name": _name(result), "result": result}, ensure_ascii=False, indent=1)
    checksum = hashlib.sha256(content.encode()).hexdigest()[:8]
    path = _folder(kind) / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{checksum}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return path


def saved_runs(kind: str) -> SavedRuns:
    """All runs of a kind that can be read."""
    found = SavedRuns([], [])
    for path in sorted(_folder(kind).glob("*.json"), reverse=True):
        try:
            file = _File.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            found.notices.append(f"{path} is not a saved run and was passed over.")
            continue
        found.runs.append(SavedRun(path.stem, file.name, file.result))
    return found


def _folder(kind: str) -> Path:
    return data_folder() / "runs" / kind


def _name(result: dict[str, Any]) -> str:
    made = result["provenance"]
    return f"{made['components']['aligner']['name']} on {made['corpus']['spec']}"
