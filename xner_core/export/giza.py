"""Word links as GIZA++ writes them: three lines a sentence pair, the last with the links of each word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from xner_core.errors import ExportError
from xner_core.export.sample import ReadSample, ReadSide
from xner_core.types import Link, WordAlignment

HEAD = "# Sentence pair"
_WORD = re.compile(r"(\S+) \(\{ ((?:\d+ )*)\}\)\s*", re.ASCII)
_NULL = "NULL"
_HINT = "Write # Sentence pair, then the target words, then NULL ({ }) source ({ 1 2 }) words ({ 3 })"


def read_giza(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[ReadSample]:
    """Read the sentence pairs of a file; what NULL is linked to has no link.

    Args:
        path: The file, for errors.
        lines: All its lines with their 1-based numbers.

    Raises:
        ExportError: If the lines of a pair are not as they have to be.
    """
    rows = [(number, line) for number, line in lines if line.strip()]
    for start in range(0, len(rows), 3):
        number, head = rows[start]
        if not head.startswith(HEAD) or len(rows) < start + 3:
            what = f"{head[:40]!r} does not begin three lines of a sentence pair"
            raise ExportError(what, path=path, line=number, hint=_HINT)
        target = tuple(word for word in re.split(r"[ \t]+", rows[start + 1][1]) if word)
        source, links = _source(path, *rows[start + 2], n_target=len(target))
        place = f"{path.name}, line {number}"
        yield ReadSample(place, None, ReadSide(source), ReadSide(target), WordAlignment.of(links))


def _source(path: Path, number: int, line: str, n_target: int) -> tuple[tuple[str, ...], list[Link]]:
    """The source words, and their links."""
    words: list[str] = []
    links: list[Link] = []
    at = 0
    while match := _WORD.match(line, at):
        at = match.end()
        if match.start() == 0 and match[1] == _NULL:
            continue
        targets = [int(target) - 1 for target in match[2].split()]
        outside = next((target for target in targets if not 0 <= target < n_target), None)
        if outside is not None:
            what = f"{match[1]!r} is linked to word {outside + 1} of {n_target}"
            raise ExportError(what, path=path, line=number, hint="Target words are counted from 1")
        links += [(len(words), target) for target in targets]
        words.append(match[1])
    if at != len(line) or not words:
        what = f"{line[at : at + 20]!r} is not a word and its links"
        raise ExportError(what, path=path, line=number, hint=_HINT)
    return tuple(words), links
