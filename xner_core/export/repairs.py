"""How a reader of tags says what it repaired."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xner_core.tags import TagRepair


def repair_notices(file: Path, repairs: Sequence[tuple[str, TagRepair]]) -> list[str]:
    """One sentence that counts the repairs of a file, or none where there is none.

    Args:
        file: The file.
        repairs: Each with the line or row it is in.
    """
    if not repairs:
        return []
    place, first = repairs[0]
    count = "1 tag was" if len(repairs) == 1 else f"{len(repairs)} tags were"
    return [f"{file.name}: {count} repaired (first: {place}, {first.tag} read as {first.read_as})"]
