"""Reading text files so that a broken one is named with its line."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

from xner_core.errors import CorpusError


def read_lines(path: Path) -> list[str]:
    r"""Read a UTF-8 file as lines without their ends.

    Only `\n` and `\r\n` end a line: corpora hold tokens such as U+2028 or U+0085,
    at which `str.splitlines` would cut.

    Raises:
        CorpusError: If the file does not exist, is empty or is not UTF-8.
    """
    try:
        data = path.expanduser().read_bytes()
    except FileNotFoundError:
        raise CorpusError("there is no such file", path=path, hint="Check the path") from None
    except OSError as error:
        raise CorpusError(
            f"the file cannot be read ({error.strerror})", path=path, hint="Name a file that you may read"
        ) from None
    except (ValueError, RuntimeError) as error:  # a NUL in the path, the home of nobody
        raise CorpusError(f"{str(path)!r} is not a path ({error})", hint="Check the path") from None
    data = data.removeprefix(BOM_UTF8)
    if not data.strip():
        raise CorpusError("the file is empty", path=path, hint="Check the path")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            path=path,
            line=line,
            hint="Save the file as UTF-8",
        ) from None
    if "\n" not in text and "\r" in text.rstrip("\r"):
        raise CorpusError("the lines end in CR alone", path=path, hint="End them with LF or CRLF")
    return [line.removesuffix("\r") for line in text.split("\n")]
