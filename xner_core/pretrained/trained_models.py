"""The models that were trained on this machine, by name.

A trained model's folder holds a record beside what transformers needs. The data folder keeps
a small file for each, named like the model, that says where it is; so a model is found
wherever it was written to, and forgotten once its folder is gone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xner_core.files import write_whole
from xner_core.paths import data_folder


@dataclass(frozen=True, slots=True)
class TrainedModels:
    """The trained models of one kind.

    Attributes:
        kind: What they are called, and their folder in the data folder: `taggers`.
        record: The file that tells such a model's folder from any other.
    """

    kind: str
    record: str

    def is_one(self, folder: Path) -> bool:
        """Whether a folder holds a trained model of this kind."""
        return (folder / self.record).is_file()

    def write_record(self, folder: Path, content: dict[str, Any]) -> None:
        """Write what a model was trained with."""
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / self.record).write_text(text + "\n", encoding="utf-8")

    def note(self, folder: Path) -> str:
        """Remember where a trained model is.

        Args:
            folder: The model's folder.

        Returns:
            The name it goes by: that of its folder, with a number if another model has it.

        Raises:
            OSError: If the data folder cannot be written.
        """
        folder = folder.resolve()
        self._notes().mkdir(parents=True, exist_ok=True)
        known = self.known()
        name, number = folder.name, 1
        while known.get(name, folder) != folder:
            number += 1
            name = f"{folder.name}-{number}"
        note = self._notes() / f"{name}.json"
        write_whole(note, json.dumps({"folder": str(folder)}, ensure_ascii=False))
        return name

    def known(self) -> dict[str, Path]:
        """The models that are still there: name → folder, by name."""
        found = {}
        for note in sorted(self._notes().glob("*.json")):
            folder = _noted(note)
            if folder is not None and self.is_one(folder):
                found[note.stem] = folder
        return found

    def _notes(self) -> Path:
        return data_folder() / self.kind


def _noted(note: Path) -> Path | None:
    try:
        return Path(json.loads(note.read_text(encoding="utf-8"))["folder"])
    except (OSError, ValueError, KeyError, TypeError):  # not ours, or half of one
        return None
