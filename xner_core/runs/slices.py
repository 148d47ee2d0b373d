"""Named filters of the list of errors, kept in the data folder.

Each is a file of its own that its content names, so that people who save at the same moment
never overwrite each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from xner_core.content_store import content_key
from xner_core.errors import ConfigError
from xner_core.files import write_whole
from xner_core.paths import data_folder

MOST_CHARACTERS = 80


class _File(BaseModel):
    name: str
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Slice:
    """Filters with a name.

    Attributes:
        id: A checksum of both; the stem of its file.
        name: What a person called it.
        filters: Parameter of the URL → value; those that are not in it filter nothing.
    """

    id: str
    name: str
    filters: Mapping[str, str]


def save_slice(name: str, filters: Mapping[str, str]) -> Slice:
    """Keep filters under a name; the same ones under the same name are kept once.

    Raises:
        ConfigError: If the name is empty or too long, or the folder cannot be written.
    """
    shown = " ".join(name.split())
    if not shown or len(shown) > MOST_CHARACTERS or not shown.isprintable():
        raise ConfigError(
            f"a name has 1 to {MOST_CHARACTERS} printable characters",
            where="saved filters",
            hint="Name another",
        )
    file = _File(name=shown, filters=dict(sorted(filters.items())))
    found = Slice(content_key(file.name, file.filters)[:20], file.name, file.filters)
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        write_whole(_path(found.id), file.model_dump_json(indent=1))
    except OSError as error:
        raise ConfigError(f"the folder cannot be written ({error.strerror})", where=str(_folder())) from None
    return found


def all_slices() -> list[Slice]:
    """The slices that can be read, by name."""
    found = []
    for path in _folder().glob("*.json"):
        try:
            file = _File.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            continue
        found.append(Slice(path.stem, file.name, file.filters))
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def delete_slice(id: str) -> None:
    """Delete a slice; one that is gone already, or never was, is no error."""
    if id in {each.id for each in all_slices()}:  # what a browser sends may be any path
        _path(id).unlink(missing_ok=True)


def _folder() -> Path:
    return data_folder() / "slices"


def _path(id: str) -> Path:
    return _folder() / f"{id}.json"
