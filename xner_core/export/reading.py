"""JSON files of other tools, read object by object, so that what is broken is named with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from xner_core.errors import CorpusError, ExportError
from xner_core.export.text_files import numbered_lines
from xner_core.files import Row, parse_row

_CHUNK = 1 << 16
"""Characters that are read at once."""
_BETWEEN = re.compile(r"[\s,]*")


def parse(text: str, path: Path, number: int, model: type[Row], hint: str) -> Row:
    """Read one JSON object.

    Args:
        text: The object.
        path: The file it stands in.
        number: The 1-based line it begins in.
        model: What it has to be.
        hint: What it needs, for the error.

    Raises:
        ExportError: If it is not what it has to be.
    """
    try:
        return parse_row(text, path, number, model, hint)
    except CorpusError as problem:
        raise ExportError(problem.what, path=path, line=number, hint=problem.hint) from None


def objects(path: Path, hint: str) -> Iterator[tuple[int, str]]:
    """The objects of a JSON list, or one behind the other, each with the 1-based line it begins in.

    Args:
        path: The file.
        hint: What the file should be, for the error.

    Raises:
        ExportError: If the file is not that.
    """
    decoder = json.JSONDecoder()
    chunks = _chunks(path)
    rest, line = _behind_gap(next(chunks), 1)
    is_list = rest.startswith("[")
    rest = rest[is_list:]
    while True:
        rest, line = _behind_gap(rest, line)
        if is_list and rest.startswith("]"):
            return
        try:
            end = decoder.raw_decode(rest)[1]
        except json.JSONDecodeError as error:
            # An object that is not whole yet doubles what is read, so that no part is tried often.
            more = "".join(islice(chunks, 1 + len(rest) // _CHUNK))
            if not more:
                if rest or is_list:
                    what = f"not JSON ({error.msg})" if rest else "the list has no end"
                    at = line + rest.rstrip().count("\n", 0, error.pos)
                    raise ExportError(what, path=path, line=at, hint=hint) from None
                return
            rest += more
        except (RecursionError, ValueError):
            raise ExportError("not JSON that can be read", path=path, line=line, hint=hint) from None
        else:
            yield line, rest[:end]
            line += rest.count("\n", 0, end)
            rest = rest[end:]


def _chunks(path: Path) -> Iterator[str]:
    """The text of a file in parts of whole lines; at least one, which may be empty."""
    gathered: list[str] = []
    size = 0
    for _, line in numbered_lines(path):
        gathered.append(f"{line}\n")
        size += len(line)
        if size > _CHUNK:
            yield "".join(gathered)
            gathered, size = [], 0
    yield "".join(gathered)


def _behind_gap(text: str, line: int) -> tuple[str, int]:
    gap = _BETWEEN.match(text)
    end = gap.end() if gap else 0
    return text[end:], line + text.count("\n", 0, end)
