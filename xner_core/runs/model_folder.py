"""The folder of a model that is trained: written beside its place, moved there whole, and listed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xner_core.errors import ConfigError
from xner_core.pretrained.trained_models import TrainedModels


def check_place(out: Path, models: TrainedModels, *, overwrite: bool) -> None:
    """Find out before the training what would go wrong after it.

    Args:
        out: The folder of the model.
        models: The kind of model that may be overwritten.
        overwrite: Whether one that is there already is replaced.

    Raises:
        ConfigError: If the folder is taken or cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise ConfigError(f"{out} is a file", hint="Name a folder that does not exist yet")
    if out.is_dir() and any(out.iterdir()):
        if not overwrite:
            raise ConfigError(f"the folder {out} is not empty", hint="Name another, or give --overwrite")
        if not models.is_one(out):
            raise ConfigError(
                f"the folder {out} is none of the trained {models.kind}, so it is not overwritten",
                hint="Name another folder",
            )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"the folder {out.parent} cannot be made ({error.strerror})", hint="Name another folder"
        ) from None
    if not os.access(out.parent, os.W_OK | os.X_OK):
        raise ConfigError(f"the folder {out.parent} cannot be written", hint="Name another folder")


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when the block has ended without an error.

    Raises:
        ConfigError: If it cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
        unfinished = Path(scratch) / "new"
        unfinished.mkdir()
        try:
            yield unfinished
            if out.exists():
                out.rename(Path(scratch) / "old")
            unfinished.rename(out)
        except OSError as error:
            raise ConfigError(
                f"the model cannot be written ({error.strerror})", where=str(out), hint="Name another folder"
            ) from None


def listed(out: Path, models: TrainedModels, notices: list[str]) -> str | None:
    """Have a model listed, and return its name; None and a notice where the data folder cannot be written."""
    try:
        return models.note(out)
    except OSError as error:
        notices.append(f"the model is not listed: the data folder cannot be written ({error.strerror})")
        return None
