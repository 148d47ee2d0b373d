"""Text files line by line: only LF and CRLF end a line, and what is broken is named with its line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType

from xner_core.errors import ExportError

_MARK = "\ufeff"


class TextWriter:
    """Writes a UTF-8 file; to be used with `with`.

    A text that begins with U+FEFF gets another one before it: readers take the first for a byte
    order mark.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_first = True
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, text: str) -> None:
        """Write on.

        Raises:
            ExportError: If a character cannot be written as UTF-8, which is half a surrogate pair.
        """
        if self._is_first and text:
            self._is_first = False
            if text.startswith(_MARK):
                text = _MARK + text
        try:
            self._file.write(text)
        except UnicodeEncodeError as error:
            raise ExportError(
                f"the character U+{ord(error.object[error.start]):04X} cannot be written",
                path=self.path,
                hint="It is half a surrogate pair: correct the text",
            ) from None

    def __enter__(self) -> TextWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    r"""Read a UTF-8 file line by line, without a byte order mark; only `\n` and `\r\n` end a line.

    Yields:
        The 1-based number of each line, and the line without its end.

    Raises:
        ExportError: If it cannot be read or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            for number, data in enumerate(file, 1):
                line = data.removeprefix(BOM_UTF8) if number == 1 else data
                text = line.removesuffix(b"\n").removesuffix(b"\r")
                if number == 1 and not line.endswith(b"\n") and b"\r" in text:
                    raise ExportError("the lines end in CR alone", path=path, hint="End them with LF or CRLF")
                try:
                    yield number, text.decode()
                except UnicodeDecodeError as error:
                    raise ExportError(
                        f"byte 0x{text[error.start]:02x} is not UTF-8",
                        path=path,
                        line=number,
                        hint="Save the file as UTF-8",
                    ) from None
    except OSError as error:
        raise ExportError(
            f"the file cannot be read ({error.strerror})", path=path, hint="Name a file that you may read"
        ) from None


def line_safe(sid: str) -> str:
    """An id as it can stand in a line; as a JSON string where it has white space at its edges or a tab."""
    plain = sid == sid.strip() and sid.isprintable() and not sid.startswith('"')
    return sid if plain else json.dumps(sid)


def line_unsafe(text: str) -> str:
    """The id that `line_safe` wrote; what it did not write stays as it is."""
    if text.startswith('"'):
        try:
            name = json.loads(text)
        except ValueError:
            return text
        return name if isinstance(name, str) else text
    return text


def files_in(path: Path, suffixes: Collection[str]) -> list[Path]:
    """The file itself, or the files of a folder whose names end in one of these, sorted by name.

    Raises:
        ExportError: If there is none.
    """
    if not path.exists():
        raise ExportError("there is no such file", path=path, hint="Check the path")
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.is_file() and each.name.endswith(tuple(suffixes)))
    if not found:
        raise ExportError(
            "no file of this format is in the folder",
            path=path,
            hint=f"The names of its files end in {', '.join(suffixes)}",
        )
    return found
