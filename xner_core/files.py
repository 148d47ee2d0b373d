"""Reading text files and JSON lines so that what is broken is named with its line; writing files whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from xner_core.errors import CorpusError

Row = TypeVar("Row", bound=BaseModel)
Report = Callable[[CorpusError], None]
"""Told of each problem in a file; where it returns, reading goes on behind the problem."""


def refuse(problem: CorpusError) -> None:
    """Read nothing of a file that has a problem."""
    raise problem


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


def read_rows(path: Path, model: type[Row], hint: str, report: Report = refuse) -> list[tuple[int, Row]]:
    """Read a file of JSON lines; blank lines are passed over.

    Args:
        path: The file.
        model: What each line has to be.
        hint: What a line needs, for the error.
        report: Told of each line that is not what it has to be.

    Returns:
        The 1-based number of each good line and what it holds.

    Raises:
        CorpusError: If the file cannot be read; and whatever `report` raises.
    """
    rows = []
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            try:
                rows.append((number, parse_row(line, path, number, model, hint)))
            except CorpusError as problem:
                report(problem)
    return rows


def made_once(
    folder: Path, make: Callable[[Path], None], is_whole: Callable[[Path], bool] = Path.is_dir
) -> Path:
    """A folder that is made where it is not there yet.

    Safe when several processes start at once or one is killed half way: it is written
    beside its place and moved there whole.

    Args:
        folder: The folder.
        make: Writes what belongs into the empty folder it is given.
        is_whole: Whether what is there can be used; what cannot is removed.
    """
    from filelock import FileLock

    if is_whole(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not is_whole(folder):
            for leftover in (folder, *folder.parent.glob(f"{folder.name}.tmp-*")):
                shutil.rmtree(leftover, ignore_errors=True)
            unfinished = Path(tempfile.mkdtemp(prefix=f"{folder.name}.tmp-", dir=folder.parent))
            try:
                make(unfinished)
                unfinished.chmod(0o755)
                unfinished.rename(folder)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
    return folder


def write_whole(path: Path, text: str) -> None:
    """Write a UTF-8 file so that a reader finds all of it or the one that was there before."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def parse_row(text: str, path: Path, number: int, model: type[Row], hint: str) -> Row:
    """Read one JSON object.

    Args:
        text: The object.
        path: The file it stands in.
        number: The 1-based line it begins in.
        model: What it has to be.
        hint: What it needs, for the error.

    Raises:
        CorpusError: If it is not what it has to be.
    """
    try:
        # Not json.loads: it lets lone surrogates through and dies of deep nesting.
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            reason = first["ctx"]["error"].replace("at line 1 column", "at column")
            raise CorpusError(
                f"not JSON ({reason})", path=path, line=number, hint="Write one JSON object a line"
            ) from None
        field = ".".join(map(str, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        what = f"{field}: {message}" if field else message
        raise CorpusError(what, path=path, line=number, hint=hint) from None
