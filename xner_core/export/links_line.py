"""Links on one line in Pharaoh's way, as formats keep them beside a text."""

from __future__ import annotations

from pathlib import Path

from xner_core.errors import ExportError
from xner_core.export.sample import ReadSide
from xner_core.pharaoh import parse_links, read_link
from xner_core.types import WordAlignment


def links_line(alignment: WordAlignment) -> str:
    """The links as `0-1 2p3`, in order."""
    written = sorted([(i, j, "-") for i, j in alignment.sure] + [(i, j, "p") for i, j in alignment.possible])
    return " ".join(f"{i}{mark}{j}" for i, j, mark in written)


def links_of(
    line: str, source: ReadSide | None, target: ReadSide | None, path: Path, number: int
) -> WordAlignment:
    """Read links; where a file says what both sentences' words are, they must lie within them.

    Args:
        line: The links.
        source: The source sentence, as far as it is known.
        target: The target sentence, as far as it is known.
        path: The file, for the error.
        number: The line in it, for the error.

    Raises:
        ExportError: If one is malformed or lies outside.
    """
    words = [side.words if side is not None else None for side in (source, target)]
    try:
        if words[0] is not None and words[1] is not None:
            return parse_links(line, len(words[0]), len(words[1]))
        links = [read_link(part) for part in line.split()]
    except ValueError as error:
        raise ExportError(str(error), path=path, line=number, hint="Write i-j or ipj, from 0") from None
    if None in links:
        part = line.split()[links.index(None)]
        what = f"{part!r} is not a link such as 0-1 or 0p1"
        raise ExportError(what, path=path, line=number, hint="Write i-j or ipj, counted from 0")
    certain = [link for link in links if link is not None]
    return WordAlignment.of(
        [(i, j) for i, j, is_sure in certain if is_sure],
        [(i, j) for i, j, is_sure in certain if not is_sure],
    )
