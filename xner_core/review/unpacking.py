"""Archives that hold what a tool wrote as several files."""

from __future__ import annotations

import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from xner_core.errors import ExportError

MOST_BYTES = 2 * (1 << 30)
"""That the files of an archive may take, unpacked."""
_HINT = "Unpack it, and name the folder"
_BEGINNING = b"PK\x03\x04"
_BROKEN = (
    zipfile.BadZipFile,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
)
"""What the library raises of archives that were cut off, damaged, locked by a password …"""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A file or folder as it is; a ZIP archive as the folder that is in it, for as long as the block runs.

    What macOS adds to archives is left out. An error about a file of the archive names the archive.

    Raises:
        ExportError: If the archive is broken or its files are too large.
    """
    if not _is_archive(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="xner-import-") as made:
        folder = Path(made)
        try:
            with zipfile.ZipFile(path) as archive:
                members = [each for each in archive.infolist() if not _is_of_macos(each.filename)]
                if sum(each.file_size for each in members) > MOST_BYTES:
                    what = f"the files in the archive take more than {MOST_BYTES >> 30} GB"
                    raise ExportError(what, path=path, hint=_HINT)
                archive.extractall(folder, members)
        except _BROKEN as error:
            raise ExportError(f"the archive cannot be unpacked ({error})", path=path, hint=_HINT) from None
        try:
            yield _inside(folder)
        except ExportError as error:
            raise _as_of(error, folder, path) from None


def _is_archive(path: Path) -> bool:
    """Whether a file is an archive, whatever it is called."""
    if not path.is_file():
        return False
    if path.suffix.casefold() == ".zip":
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINNING)) == _BEGINNING and zipfile.is_zipfile(path)
    except OSError:
        return False  # whoever reads it says so


def _is_of_macos(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part == ".DS_Store" or part.startswith("._") for part in parts)


def _inside(folder: Path) -> Path:
    """What is in a folder, without the folders around it that hold nothing else."""
    inside = list(folder.iterdir())
    while len(inside) == 1 and inside[0].is_dir():
        folder = inside[0]
        inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 else folder


def _as_of(error: ExportError, folder: Path, path: Path) -> ExportError:
    """An error about a file of an archive, as one of the archive: the folder is soon gone."""
    if error.path is None or not Path(error.path).is_relative_to(folder):
        return error
    place = path / Path(error.path).relative_to(folder)
    return ExportError(error.what, path=place, line=error.line, hint=error.hint)
