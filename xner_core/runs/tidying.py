"""What jobs leave in the cache: results that nobody looks at any more, and pieces of what was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

KEPT_SECONDS = 30 * 24 * 3600
"""What was not used for so long is removed."""
KEPT_BYTES = 4 * (1 << 30)
"""Of one kind; beyond that goes what was not used for the longest time."""
FRESH_SECONDS = 3600
"""What was used so lately stays whatever it takes: somebody may be downloading it."""
TEMPORARY = ".tmp"
"""The folder of a job in which its process puts what it needs only for a while."""
_TOUCHED_EVERY_SECONDS = 600


def tidy(folder: Path, seconds: float = KEPT_SECONDS, size: int = KEPT_BYTES) -> None:
    """Remove the folders in a folder that are old or take too much, but none that a process works in.

    Args:
        folder: Holds a folder for each job, or for each upload.
        seconds: How long one is kept after it was used last.
        size: How many bytes all of them may take.
    """
    now = time.time()
    found = [(used(each), each) for each in _folders(folder)]
    left = 0
    for last, each in sorted(found, key=lambda one: one[0], reverse=True):
        left += _size(each)
        if now - last > seconds or (left > size and now - last > FRESH_SECONDS):
            _remove(each, last)


def used(folder: Path) -> float:
    """When something was last written into a folder, or its result was looked at; seconds since 1970."""
    times = [0.0]
    with suppress(OSError):
        times.append(folder.stat().st_mtime)
        # Not the lock: whoever asks whether the job runs opens it.
        times += [each.stat().st_mtime for each in folder.iterdir() if each.name != "lock"]
    return max(times)


def note_use(path: Path) -> None:
    """Remember that a result was looked at."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _TOUCHED_EVERY_SECONDS:
            os.utime(path)


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed process left half written in its job's folder; to be called under its lock."""
    for each in [*folder.glob(".*"), *folder.glob("*.tmp")]:
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each, ignore_errors=True)
        else:
            with suppress(OSError):
                each.unlink()


@contextmanager
def temporaries_in(folder: Path) -> Iterator[None]:
    """While the block runs, Python's temporary files are in a job's folder, where they are found again."""
    place, before = folder / TEMPORARY, tempfile.tempdir
    place.mkdir(exist_ok=True)
    tempfile.tempdir = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(place, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [each for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]
    return []


def _size(folder: Path) -> int:
    n = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                n += (Path(place) / name).lstat().st_size
    return n


def _remove(folder: Path, last: float) -> None:
    """Remove a folder unless a process works in it, or has begun to since it was looked at."""
    from filelock import FileLock, Timeout

    with suppress(Timeout, OSError):
        if not (folder / "lock").exists():
            if used(folder) == last:
                shutil.rmtree(folder, ignore_errors=True)
            return
        with FileLock(folder / "lock", timeout=0):
            if used(folder) == last:
                shutil.rmtree(folder, ignore_errors=True)
