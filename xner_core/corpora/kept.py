"""Large corpora kept in the cache folder as they were read, so that they open at once the next time.

What is kept is known by the checksums of the files it was read from, by the options and by this
package's code: a copy never goes out of date, and the folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import xner_core
from xner_core.content_store import content_key
from xner_core.corpora.packed import PACKED_FROM, PackedPairs
from xner_core.paths import cache_folder
from xner_core.types import Corpus

_MOST_KEPT = 16
"""Copies; those that were not opened for the longest time make room."""
_SMALLEST = 50 * PACKED_FROM
"""Bytes. Files that are smaller together hold no corpus that is worth a copy."""
_READERS = ("spacy", "icu4py", "langcodes", "pydantic", "pyarrow")
"""Packages that decide what is read of a file."""


def kept_corpus(
    spec: str, files: Sequence[Path], options: dict[str, str], read: Callable[[], Corpus]
) -> Corpus:
    """Open the copy of a corpus, or read the corpus and keep a copy of it where it is large.

    Args:
        spec: The corpus spec.
        files: All that is read.
        options: What decides besides the files and their names what is read of them.
        read: Reads them.

    Raises:
        CorpusError: If they cannot be read.
    """
    before = _stamps(files)
    if before is None or sum(size for size, _ in before) < _SMALLEST:
        return read()
    path = _folder() / f"{_key(files, options)}.arrow"
    found = _opened(path, spec)
    if found is not None:
        return found
    corpus = read()
    if not isinstance(corpus.pairs, PackedPairs) or _stamps(files) != before:
        return corpus
    _keep(path, corpus, corpus.pairs)
    return _opened(path, spec) or corpus


def _folder() -> Path:
    return cache_folder() / "corpora"


def _stamps(files: Sequence[Path]) -> list[tuple[int, int]] | None:
    """Size and time of the last change of each file; None where one is no file."""
    try:
        found = [path.expanduser().stat() for path in files if path.expanduser().is_file()]
    except (OSError, ValueError, RuntimeError):
        return None  # the reader says what is wrong
    return [(each.st_size, each.st_mtime_ns) for each in found] if len(found) == len(files) else None


def _key(files: Sequence[Path], options: dict[str, str]) -> str:
    sums = []
    for path in files:
        with path.expanduser().open("rb") as file:
            sums.append((path.name, hashlib.file_digest(file, "sha256").hexdigest()))
    return content_key(_readers(), sums, options)


@lru_cache(maxsize=1)
def _readers() -> str:
    """A checksum of the code that reads corpora."""
    root = Path(xner_core.__file__).parent
    files = [*root.glob("*.py"), *(root / "corpora").rglob("*.py")]
    code = [
        (str(path.relative_to(root)), hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(files)
    ]
    return content_key(code, [(name, _version(name)) for name in _READERS])


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _opened(path: Path, spec: str) -> Corpus | None:
    """The copy, if there is one that can be read."""
    if not path.exists():
        return None
    try:
        pairs, about = PackedPairs.read(path)
        os.utime(path)
        return Corpus(spec, pairs, tuple(json.loads(about["notices"])), about["fingerprint"])
    except (OSError, ValueError, KeyError):  # another process has removed it, or it is damaged
        return None


def _keep(path: Path, corpus: Corpus, pairs: PackedPairs) -> None:
    """Write a copy so that another process finds all of it or nothing; a full disk is no error."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {"notices": json.dumps(corpus.notices), "fingerprint": corpus.fingerprint}
        pairs.write(unfinished, about)
        unfinished.replace(path)
        kept = sorted(path.parent.glob("*.arrow"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in kept[_MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
