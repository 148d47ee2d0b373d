"""What a result depends on besides data and options: code, packages and files, as checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

import xner_core
from xner_core.content_store import content_key

_HASHED_WHOLE = 64 * (1 << 20)
"""Larger files, the weights of models, are known by their size and the time of their last change."""


@lru_cache(maxsize=1)
def software_id() -> str:
    """A checksum of this package's code and of the versions of all packages installed beside it."""
    root = Path(xner_core.__file__).parent
    code = [
        (str(path.relative_to(root)), hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(root.rglob("*.py"))
    ]
    packages = sorted({(one.name, one.version) for one in distributions()})
    return content_key(code, packages)


def file_ids(paths: Iterable[Path]) -> dict[str, str]:
    """A checksum of each file, or of all that is in each folder, by its path."""
    return {str(path): _id(path) for path in paths}


def _id(path: Path) -> str:
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        return content_key([(str(each.relative_to(path)), _id(each)) for each in inside])
    status = path.stat()
    if status.st_size > _HASHED_WHOLE:
        return content_key(status.st_size, status.st_mtime_ns)
    return hashlib.sha256(path.read_bytes()).hexdigest()
