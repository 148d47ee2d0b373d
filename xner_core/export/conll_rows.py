"""Files with a word and its tag a line: writing a sentence, reading a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import methodcaller
from pathlib import Path
from typing import Literal

from xner_core.errors import ExportError
from xner_core.export.losses import Overlaps, without_overlaps
from xner_core.export.repairs import repair_notices
from xner_core.export.sample import ReadSample, ReadSide, Sample
from xner_core.export.text_files import files_in, line_safe, line_unsafe, numbered_lines
from xner_core.tags import TagRepair, decode, detect_scheme, encode, is_tag
from xner_core.types import SIDES, Entity, Side

SUFFIXES = (
    ".conll",
    ".conll02",
    ".conll03",
    ".conll2002",
    ".conll2003",
    ".bio",
    ".iob",
    ".iob2",
    ".tsv",
    ".txt",
)
OVERLAPS_HELP = (
    "Which entity stays where some share words: the outermost of nested ones, the longest, or the one that "
    "begins first. The others are listed as losses."
)
Written = Literal["IOB2", "IOB1"]
_BLANK = " \t\r"
_DOCUMENT = "-DOCSTART-"
_ID = "# id = "
_COMMENT = re.compile(r"#\s*[\w.]+ = ")
_NO_TAG_HINT = "Outside entities it is O"


def tags_of(sample: Sample, side: Side, policy: Overlaps, scheme: Written = "IOB2") -> list[str]:
    """The tags of a sentence's words; entities that share words are left out by the policy.

    Raises:
        ExportError: If an entity lies outside the sentence or its label cannot stand in a tag.
    """
    kept, _ = without_overlaps(sample.corrected.entities(side), policy)
    return checked_tags(kept, len(sample.pair.side(side).words), sample.pair.id, scheme)


def checked_tags(entities: Sequence[Entity], n_words: int, sid: str, scheme: Written = "IOB2") -> list[str]:
    """Entities as tags.

    Raises:
        ExportError: If an entity lies outside the sentence, shares a word with another, or its label
            cannot stand in a tag.
    """
    try:
        tags = encode(entities, n_words)
    except ValueError as error:
        raise ExportError(str(error), where=f"sentence {sid}") from None
    for entity in entities:
        if not is_tag(f"B-{entity.label}"):
            raise ExportError(
                f"the label {entity.label!r} cannot stand in a tag",
                where=f"sentence {sid}",
                hint="Rename it: a label has no space",
            )
    if scheme == "IOB1":
        ends = {entity.span.end: entity.label for entity in entities}
        for entity in entities:
            if ends.get(entity.span.start) != entity.label:
                tags[entity.span.start] = f"I-{entity.label}"
    return tags


def id_comment(sid: str) -> str:
    """A comment line with the id of a sentence pair."""
    return f"{_ID}{line_safe(sid)}\n"


@dataclass(slots=True)
class RowsOfSentence:
    """The columns of one sentence.

    Attributes:
        line: The 1-based line of its first word.
        lines: Those of all its words.
        words: Its words.
        tags: Its tags; none where the file has one column.
        id: The pair's id, where a comment says it.
        entities: What the tags say, once all are read; None where there are none.
    """

    line: int
    lines: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    id: str | None = None
    entities: tuple[Entity, ...] | None = None


def read_rows(path: Path, notices: list[str]) -> list[RowsOfSentence]:
    """Read the sentences of a file, with the word in the first column and the tag in the last.

    TAB or spaces separate columns, whichever the file has; tags of IOB1 and IOBES are read as
    IOB2. Comments and the lines between documents are passed over.

    Raises:
        ExportError: If a line is not as it has to be; the message names it.
    """
    lines = list(numbered_lines(path))
    split: Callable[[str], list[str]] = re.compile(" +").split
    if any("\t" in line for _, line in lines if line.strip(_BLANK)):
        split = methodcaller("split", "\t")
    sentences: list[RowsOfSentence] = []
    n_columns = 0
    sid: str | None = None
    is_new = True
    for number, line in lines:
        if not line.strip(_BLANK) or line.startswith(_DOCUMENT):
            is_new = True
            continue
        columns = split(line.rstrip(" \r"))
        if line.startswith("#") and _is_comment(line, columns, n_columns):
            if line.startswith(_ID):
                is_new, sid = True, line_unsafe(line.removeprefix(_ID))
            continue
        n_columns = n_columns or len(columns)
        _check(columns, n_columns, path, number)
        if is_new:
            sentences.append(RowsOfSentence(number, id=sid))
            sid, is_new = None, False
        sentence = sentences[-1]
        sentence.lines.append(number)
        sentence.words.append(columns[0])
        if n_columns > 1:
            sentence.tags.append(columns[-1])
    if n_columns > 1:
        _decode(sentences, path, notices)
    elif sentences:
        notices.append(f"{path.name}: it has one column, so no tags")
    return sentences


def read_sides(path: Path, notices: list[str] | None, default: Side) -> Iterator[ReadSample]:
    """Read a file of one side, or a folder, where NAME.source.conll and NAME.target.conll are parallel.

    Args:
        path: The file or folder.
        notices: Takes what was repaired or guessed.
        default: The side of a file whose name says none.

    Raises:
        ExportError: If a file is bad, or two are not parallel.
    """
    notices = notices if notices is not None else []
    files: dict[str, dict[Side, Path]] = {}
    for file in files_in(path, SUFFIXES):
        side = side_of(file)
        name = file.name if side is None else file.name.replace(f".{side}.", ".", 1)
        files.setdefault(name, {})[side or default] = file
    for sides in files.values():
        read = {side: read_rows(file, notices) for side, file in sides.items()}
        _check_parallel(sides, read)
        for rows in zip(*read.values(), strict=True):
            yield _sample(sides, dict(zip(read, rows, strict=True)))


def side_of(file: Path) -> Side | None:
    """The side that the name of a file says: `NAME.source.conll`."""
    return next((side for side in SIDES if f".{side}." in file.name), None)


def _sample(files: dict[Side, Path], rows: dict[Side, RowsOfSentence]) -> ReadSample:
    side: Side = "target" if "target" in rows else "source"
    sides = {each: ReadSide(tuple(row.words), entities=row.entities) for each, row in rows.items()}
    return ReadSample(
        f"{files[side].name}, line {rows[side].line}",
        rows[side].id,
        sides.get("source"),
        sides.get("target"),
    )


def _check_parallel(files: dict[Side, Path], read: dict[Side, list[RowsOfSentence]]) -> None:
    counts = {side: len(rows) for side, rows in read.items()}
    if len(set(counts.values())) > 1:
        raise ExportError(
            f"{files['source'].name} has {counts['source']} sentences, {files['target'].name} has "
            f"{counts['target']}",
            path=files["target"],
            hint="The two files must be parallel, sentence by sentence; or read one of them alone",
        )
    for first, second in zip(*read.values(), strict=True) if len(read) > 1 else ():
        if first.id != second.id:
            raise ExportError(
                f"the sentence is {second.id!r}, its translation {first.id!r}",
                path=files["target"],
                line=second.line,
                hint="The two files must be parallel, sentence by sentence",
            )


def _is_comment(line: str, columns: Sequence[str], n_columns: int) -> bool:
    """Whether a line that begins with a hash is no word and its tag."""
    if _COMMENT.match(line):
        return True
    if len(columns) == 1:
        return n_columns != 1 and line != "#"
    return len(columns) != (n_columns or len(columns)) or not is_tag(columns[-1])


def _check(columns: list[str], n_columns: int, path: Path, number: int) -> None:
    if not columns[0].strip(_BLANK):
        what, hint = "the word is empty", "Write a word before its tag, or nothing at all"
    elif len(columns) < n_columns or (n_columns > 1 and not columns[-1]):
        what, hint = f"the word {columns[0]!r} has no tag", _NO_TAG_HINT
    elif len(columns) > n_columns:
        what = f"the row has {len(columns)} columns, the rows before it {n_columns}"
        hint = "A word must not contain the separator"
    elif n_columns > 1 and not is_tag(columns[-1]):
        what, hint = f"{columns[-1]!r} is not an IOB tag", "Use O, B-PER, I-PER …"
    else:
        return
    raise ExportError(what, path=path, line=number, hint=hint)


def _decode(sentences: Sequence[RowsOfSentence], path: Path, notices: list[str]) -> None:
    scheme = detect_scheme([sentence.tags for sentence in sentences])
    repairs: list[tuple[str, TagRepair]] = []
    for sentence in sentences:
        sentence.entities, found = decode(sentence.tags, scheme)
        repairs += [(f"line {sentence.lines[repair.index]}", repair) for repair in found]
    if scheme != "IOB2":
        notices.append(f"{path.name}: tags are {scheme}, read as IOB2")
    notices += repair_notices(path, repairs)


def rows_text(words: Iterable[str], tags: Iterable[str], between: str) -> str:
    """A sentence: a word, what stands between, and its tag on each line, and a blank line behind all."""
    return "".join(f"{word}{between}{tag}\n" for word, tag in zip(words, tags, strict=True)) + "\n"
