"""Word links in Pharaoh format, as the shared tasks, SimAlign, fast_align and eflomal write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from xner_core.errors import CorpusError
from xner_core.files import read_lines
from xner_core.types import Link, SentencePair, WordAlignment

_SCORE = r"-[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LINK = re.compile(rf"(\d+)(?:-(\d+)(?:{_SCORE})?|p(\d+))", re.ASCII)
_HINT = "Write i-j for a sure link, ipj for a possible one, i-j-score with a score; spaces between links"


class OutsideError(ValueError):
    """A link to a word that the sentences do not have.

    Args:
        message: Which link, and how many words there are.
        cause: What is probably wrong, and what to do.
    """

    def __init__(self, message: str, cause: str) -> None:
        self.cause = cause
        super().__init__(message)


def parse_links(text: str, n_source: int, n_target: int, index_base: int = 0) -> WordAlignment:
    """Read one line of links: `i-j` sure, `ipj` possible; a score (`i-j-score`) is passed over.

    Args:
        text: The links, with white space between them.
        n_source: Number of source words.
        n_target: Number of target words.
        index_base: What the first word is called in `text`: 0 or 1.

    Returns:
        The links, counted from 0.

    Raises:
        OutsideError: If a link points outside the sentences.
        ValueError: If a link is malformed.
    """
    return _inside(_parse(text), n_source, n_target, index_base)


@dataclass(frozen=True, slots=True)
class _Written:
    """A link as it stands in the text."""

    text: str
    source: int
    target: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """The links of one line, and its 1-based number."""

    number: int
    links: tuple[_Written, ...]


class LinkFile:
    """The links of many sentence pairs, one pair a line.

    Either every line begins with the pair's id and a tab, or none does: then line k
    belongs to the pair whose id is k, counted from 1. Blank lines are pairs without links
    in a file without ids, and are passed over in one with ids.

    Args:
        path: The file.
        index_base: What the first word of a sentence is called in it: 0 or 1.

    Raises:
        CorpusError: If the file cannot be read or a line is malformed; it is named.
    """

    def __init__(self, path: Path, index_base: int) -> None:
        self.path = path
        self.index_base = index_base
        rows = read_lines(path)
        if not rows[-1]:  # behind the last line's end
            rows.pop()
        self.n_lines = len(rows)
        self.has_ids = any("\t" in row for row in rows)
        self._lines: dict[str, _Line] = {}
        for number, row in enumerate(rows, 1):
            name, text = self._split(row, number)
            if name is not None:
                self._lines[name] = _Line(number, self._links(text, number))

    def links(self, pair: SentencePair) -> WordAlignment | None:
        """The links of a pair, counted from 0, or None where the file does not have the pair.

        Raises:
            CorpusError: If they point outside the pair's sentences.
        """
        line = self._lines.get(pair.id)
        if line is None:
            return None
        try:
            return _inside(line.links, len(pair.source.words), len(pair.target.words), self.index_base)
        except OutsideError as error:
            raise CorpusError(str(error), path=self.path, line=line.number, hint=error.cause) from None

    def missing(self, pair: SentencePair) -> CorpusError:
        """What to say of a pair that must be in the file and is not."""
        if self.has_ids:
            what = f"it has no links for the sentence {pair.id!r}"
            hint = (
                f"It has {next(iter(self._lines))!r}; use the ids of the corpus, as xner project prints them"
            )
        elif pair.id.isdecimal():
            what = f"it has {self.n_lines} lines, so none for the sentence {pair.id!r}"
            hint = "Write one line a pair, an empty one where there is no link"
        else:
            what = f"its lines have no ids, and the id {pair.id!r} is no line number"
            hint = "Begin each line with the id of its pair, as xner project prints it, and a tab"
        return CorpusError(what, path=self.path, hint=hint)

    def _split(self, row: str, number: int) -> tuple[str | None, str]:
        """A line's id and links; the id is None where the line is passed over."""
        if not self.has_ids:
            return str(number), row
        if not row.strip():
            return None, ""
        name, tab, text = row.partition("\t")
        if not tab or not name or "\t" in text:
            raise CorpusError(
                "the line is not an id, a tab and links, but others in the file have a tab",
                path=self.path,
                line=number,
                hint="Write an id and one tab before the links of every line, or of none",
            )
        if name in self._lines:
            raise CorpusError(
                f"the sentence {name!r} has a line already: {self._lines[name].number}",
                path=self.path,
                line=number,
                hint="Write all its links on one line",
            )
        return name, text

    def _links(self, text: str, number: int) -> tuple[_Written, ...]:
        try:
            return _parse(text)
        except ValueError as error:
            raise CorpusError(str(error), path=self.path, line=number, hint=_HINT) from None


def read_link(part: str) -> tuple[int, int, bool] | None:
    """Source word, target word and whether it is sure, of one link as written; None where it is none."""
    try:
        link = _written(part)
    except ValueError:
        return None
    return link.source, link.target, link.is_sure


def _parse(text: str) -> tuple[_Written, ...]:
    return tuple(map(_written, text.split()))


@lru_cache(maxsize=1 << 16)  # the same few thousand links stand in every large file
def _written(part: str) -> _Written:
    match = _LINK.fullmatch(part)
    if match is None:
        raise ValueError(f"{part!r} is not a link such as 0-1 or 0p1")
    source, sure, possible = match.groups()
    return _Written(part, int(source), int(possible if sure is None else sure), sure is not None)


def _inside(links: tuple[_Written, ...], n_source: int, n_target: int, index_base: int) -> WordAlignment:
    shape = (n_source, n_target)
    sure: list[Link] = []
    possible: list[Link] = []
    for link in links:
        source, target = link.source - index_base, link.target - index_base
        if not (0 <= source < n_source and 0 <= target < n_target):
            message = f"link {link.text} points outside {n_source} source and {n_target} target words"
            if index_base:
                message += f" counted from {index_base}"
            raise OutsideError(message, _cause(links, shape, index_base))
        (sure if link.is_sure else possible).append((source, target))
    return WordAlignment.of(sure, possible)


def _fits(source: int, target: int, shape: tuple[int, int], base: int) -> bool:
    return base <= source < shape[0] + base and base <= target < shape[1] + base


def _cause(links: tuple[_Written, ...], shape: tuple[int, int], base: int) -> str:
    other = 1 - base
    if all(_fits(link.source, link.target, shape, other) for link in links):
        return f"The words of this line seem to be counted from {other}: try the index base {other}"
    if all(_fits(link.target, link.source, shape, base) for link in links):
        return "The links of this line seem to go from target to source: turn them round"
    return "Use the links of these very sentences: in the same order, and cut into the same words"
