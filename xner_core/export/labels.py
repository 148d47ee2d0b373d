"""Labels of other tools as entities can have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xner_core.errors import ExportError


def read_label(label: str, path: Path, line: int, tell: Callable[[str], None]) -> str:
    """A label without white space, which would end a tag.

    Args:
        label: As the file has it.
        path: The file, for the error.
        line: The line, for the error.
        tell: Told what was changed, as a phrase.

    Raises:
        ExportError: If nothing is left of it.
    """
    written = "_".join(label.split())
    if not written:
        raise ExportError("a label is empty", path=path, line=line, hint="Name the label, for example PER")
    if written != label:
        tell(f"the label {label!r} was read as {written!r}")
    return written
