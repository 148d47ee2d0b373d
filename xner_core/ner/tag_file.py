"""Tagged sentences from a file: CoNLL columns, or JSON lines with tokens and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from xner_core.errors import CorpusError
from xner_core.files import read_lines, read_rows
from xner_core.tags import decode, detect_scheme, is_tag
from xner_core.types import Entity

_HINT = "A line needs tokens, and tags: as many, each O or a prefix and a label such as B-PER"
_BLANK = " \t\r"


class TagRow(BaseModel):
    """One line of JSON: a sentence's words and a tag for each, in IOB1, IOB2 or IOBES."""

    model_config = ConfigDict(strict=True, extra="ignore")

    tokens: list[str]
    tags: list[str]


@dataclass(frozen=True, slots=True)
class TagFile:
    """What a file of tags says.

    Attributes:
        entities: The words of each sentence → its entities.
        notices: What was repaired while reading, one sentence each.
    """

    entities: dict[tuple[str, ...], tuple[Entity, ...]]
    notices: tuple[str, ...]


def read_tag_file(path: Path) -> TagFile:
    """Read a file of tagged sentences; what begins with a brace is JSON.

    A sentence may occur more than once if its tags are the same each time.

    Raises:
        CorpusError: If the file cannot be read or a line is bad, with its number.
    """
    lines = read_lines(path)
    first = next(line for line in lines if line.strip())
    read = _json_lines(path) if first.lstrip().startswith("{") else _columns(path, lines)
    sentences = list(read)
    scheme = detect_scheme([tags for _, _, tags in sentences])
    known: dict[tuple[str, ...], tuple[int, tuple[Entity, ...]]] = {}
    n_repaired = 0
    for line, words, tags in sentences:
        entities, repairs = decode(tags, scheme)
        n_repaired += len(repairs)
        before, other = known.setdefault(words, (line, entities))
        if other != entities:
            raise CorpusError(
                f"the sentence {_start(words)!r} has other tags than in line {before}",
                path=path,
                line=line,
                hint="Leave one of the two out: sentences are told apart by their words",
            )
    notices = [f"{path.name}: tags are {scheme}, read as IOB2"] if scheme != "IOB2" else []
    if n_repaired:
        notices.append(f"{path.name}: {n_repaired} {'tag was' if n_repaired == 1 else 'tags were'} repaired")
    return TagFile({words: entities for words, (_, entities) in known.items()}, tuple(notices))


Tagged = tuple[int, tuple[str, ...], list[str]]
"""The line that a sentence begins in, its words and their tags."""


def _json_lines(path: Path) -> Iterator[Tagged]:
    for line, row in read_rows(path, TagRow, _HINT):
        wrong = next((tag for tag in row.tags if not is_tag(tag)), None)
        if len(row.tags) != len(row.tokens):
            problem = f"{len(row.tags)} tags for {len(row.tokens)} tokens"
        elif wrong is not None:
            problem = f"{wrong!r} is not an IOB tag"
        else:
            yield line, tuple(row.tokens), row.tags
            continue
        raise CorpusError(problem, path=path, line=line, hint=_HINT)


def _columns(path: Path, lines: list[str]) -> Iterator[Tagged]:
    """Words in the first column, tags in the last; blank lines between sentences."""
    separator = "\t" if any("\t" in line for line in lines) else None

    def is_between(numbered: tuple[int, str]) -> bool:
        return not numbered[1].strip(_BLANK) or numbered[1].startswith("-DOCSTART-")

    for between, block in groupby(enumerate(lines, 1), is_between):
        if between:
            continue
        rows = [(number, line.rstrip(" ").split(separator)) for number, line in block]
        for number, row in rows:
            if len(row) < 2 or not row[0].strip(_BLANK) or not is_tag(row[-1]):
                raise CorpusError(
                    f"{' '.join(row)!r} is not a word with an IOB tag",
                    path=path,
                    line=number,
                    hint="Write a word and its tag a line, O outside entities, or JSON lines",
                )
        yield rows[0][0], tuple(row[0] for _, row in rows), [row[-1] for _, row in rows]


def _start(words: tuple[str, ...]) -> str:
    return " ".join(words[:8])
