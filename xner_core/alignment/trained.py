"""What is known of models that `xner train-aligner` made: their layer, and where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xner_core.errors import ModelUnavailableError
from xner_core.pretrained.trained_models import TrainedModels

RECORD = "xner-aligner.json"
"""The file that tells a trained model's folder from any other."""
ALIGNERS = TrainedModels("aligners", record=RECORD)


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
    ALIGNERS.write_record(folder, content)


def note_trained(folder: Path) -> str:
    """Remember where a trained model is; see `TrainedModels.note`."""
    return ALIGNERS.note(folder)


def trained_aligners() -> dict[str, Path]:
    """The models trained on this machine that are still there: name → folder, by name."""
    return ALIGNERS.known()
