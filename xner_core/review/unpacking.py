"""Archives that hold what a tool wrote as several files."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xner_core.errors import ExportError

MOST_BYTES = 2 * (1 << 30)
"""That the files of an archive may take, unpacked."""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A file or folder as it is; a ZIP archive as the folder that is in it, for as long as the block runs.

    Raises:
        ExportError: If the archive is broken or its files are too large.
    """
    if path.suffix.casefold() != ".zip" or not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="xner-import-") as made:
        folder = Path(made)
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                    raise ExportError(
                        f"the files in the archive take more than {MOST_BYTES >> 30} GB",
                        path=path,
                        hint="Unpack it, and name the folder",
                    )
                archive.extractall(folder)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise ExportError(
                f"the archive cannot be unpacked ({error})", path=path, hint="Unpack it, and name the folder"
            ) from None
        inside = list(folder.iterdir())
        yield inside[0] if len(inside) == 1 else folder
