"""What is known of models that `xner train-aligner` made: their layer, and where they are.

A trained model's folder holds `xner-aligner.json` beside what transformers needs. The data
folder keeps a small file for each, named like the model, that says where it is; so a model
is found wherever it was written to, and forgotten once its folder is gone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xner_core.errors import ModelUnavailableError
from xner_core.files import write_whole
from xner_core.paths import data_folder

RECORD = "xner-aligner.json"
"""The file that tells a trained model's folder from any other."""


class _Record(BaseModel):
    """What others need of the record."""

    model_config = ConfigDict(strict=True, extra="ignore")

    layer: int = Field(ge=0)


def trained_layer(folder: Path) -> int | None:
    """The layer that a model was trained at; None where it was not trained here.

    Args:
        folder: The model's folder; a name on the hub is no folder and has no record.

    Raises:
        ModelUnavailableError: If the record cannot be read.
    """
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        return _Record.model_validate_json(path.read_bytes()).layer
    except (OSError, ValidationError):
        raise ModelUnavailableError(
            "the record of the trained aligner cannot be read",
            where=str(path),
            hint="Name the layer with --layer after moving the file away, or train the model again",
        ) from None


def write_record(folder: Path, content: dict[str, Any]) -> None:
    """Write what a model was trained with; `layer` is what it has to hold."""
    _Record.model_validate(content)
    (folder / RECORD).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def note_trained(folder: Path) -> str:
    """Remember where a trained model is.

    Args:
        folder: The model's folder.

    Returns:
        The name it goes by: that of its folder, with a number if another model has it.

    Raises:
        OSError: If the data folder cannot be written.
    """
    folder = folder.resolve()
    notes = _notes()
    notes.mkdir(parents=True, exist_ok=True)
    known = trained_aligners()
    name, number = folder.name, 1
    while known.get(name, folder) != folder:
        number += 1
        name = f"{folder.name}-{number}"
    write_whole(notes / f"{name}.json", json.dumps({"folder": str(folder)}, ensure_ascii=False))
    return name


def trained_aligners() -> dict[str, Path]:
    """The models trained on this machine that are still there: name → folder, by name."""
    found = {}
    for note in sorted(_notes().glob("*.json")):
        folder = _noted(note)
        if folder is not None and (folder / RECORD).is_file():
            found[note.stem] = folder
    return found


def _notes() -> Path:
    return data_folder() / "aligners"


def _noted(note: Path) -> Path | None:
    try:
        return Path(json.loads(note.read_text(encoding="utf-8"))["folder"])
    except (OSError, ValueError, KeyError, TypeError):  # not ours, or half of one
        return None
