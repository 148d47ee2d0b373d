"""Documents of brat, ours and those of others, read as sentence pairs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, get_args

from xner_core.errors import ExportError
from xner_core.export.brat_lines import PAIR_DATA, PairData, unescaped
from xner_core.export.brat_settings import PAIR, STATUS
from xner_core.export.brat_settings import label_of as label_of_type
from xner_core.export.characters import found, placed
from xner_core.export.labels import read_label
from xner_core.export.links_line import links_of
from xner_core.export.reading import parse
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide
from xner_core.export.text_files import numbered_lines
from xner_core.types import ReviewStatus, Side

_MARKED = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
_RELATION = re.compile(r"R\S+\t\S+ \w+:(\S+) \w+:(\S+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (\S+))?\s*")
_COMMENT = re.compile(r"#\S*\t(\S+) (\S+)(?:\t(.*))?")
_LINE = re.compile(r"[^\s\ufeff](?:[^\n]*\S)?")
"""A line of a text that is not ours, from its first to its last character that can be seen."""
_HINT = "A line is T1, a tab, TYPE START END, a tab and the text; or an R, A or # line"


class _Mark(NamedTuple):
    """An annotated stretch of a document."""

    line: int
    type: str
    start: int
    end: int


class _Document(NamedTuple):
    """What the lines of an annotation file say; ids of stretches lead to where they are."""

    marks: dict[str, _Mark]
    relations: list[tuple[int, str, str]]
    statuses: dict[str, tuple[int, str]]
    notes: dict[str, list[str]]
    data: dict[str, tuple[int, PairData]]


class DocumentReader:
    """Turns a document into what it says of sentence pairs."""

    def __init__(self, lone_side: Side, path: Path, text: str, notices: list[str]) -> None:
        self._lone_side = lone_side
        self._path = path
        self._text = text
        self._notices = notices

    def samples(self) -> Iterator[ReadSample]:
        """What a document says, in the order of its text."""
        document = self._document()
        pairs = sorted(document.data.items(), key=lambda each: each[1][1].source)
        stretches: list[tuple[int, int]] = []
        for _, (line, data) in pairs:
            for start, end in (data.source, data.target):
                if not 0 <= start <= end <= len(self._text):
                    raise self._error(line, f"a sentence goes from {start} to {end}, behind the text")
                stretches.append((start, end))
        if not pairs:
            stretches = [(match.start(), match.end()) for match in _LINE.finditer(self._text)]
        marks = self._marks(document, stretches)
        sides: list[ReadSide] = []
        where: dict[str, tuple[int, int]] = {}
        for at, (start, end) in enumerate(stretches):
            words = lang = None
            if pairs:
                line, data = pairs[at // 2][1]
                lang = data.target_lang if at % 2 else data.source_lang
                words = self._words(data.target_words if at % 2 else data.source_words, start, end, line)
            ranges = [place for _, place in marks[at]]
            side, order = placed(self._text[start:end], words, ranges, lang)
            sides.append(side)
            where |= {name: (at, index) for (name, _), index in zip(marks[at], order, strict=True)}
        matches = self._matches(document, where)
        if not pairs:
            for (start, _), side in zip(stretches, sides, strict=True):
                line = self._text.count("\n", 0, start) + 1
                place = f"{self._path.with_suffix('.txt')}, line {line}"
                is_source = self._lone_side == "source"
                yield ReadSample(
                    place, source=side if is_source else None, target=None if is_source else side
                )
        for number, (mark, (line, data)) in enumerate(pairs):
            source, target = sides[2 * number : 2 * number + 2]
            status = document.statuses.get(mark, (line, "created"))
            if status[1] not in get_args(ReviewStatus):
                raise self._error(status[0], f"{status[1]!r} is no status")
            yield ReadSample(
                place=f"{self._path}, line {line}",
                id=data.id,
                source=source,
                target=target,
                alignment=links_of(data.links, source, target, self._path, line),
                matches=tuple(sorted(matches.get(number, ()))),
                status=status[1],  # type: ignore[arg-type]
                note="\n".join(document.notes.get(mark, ())),
            )

    def _words(self, offsets: list[int], start: int, end: int, line: int) -> list[str]:
        edges = [start, *(start + at for at in offsets), end]
        if len(offsets) % 2 or any(after < before for before, after in pairwise(edges)):
            raise self._error(line, "the offsets of the words are not in order", "Export it again")
        return [self._text[a:b] for a, b in zip(edges[1:-1:2], edges[2:-1:2], strict=True)]

    def _marks(
        self, document: _Document, stretches: list[tuple[int, int]]
    ) -> list[list[tuple[str, CharacterRange]]]:
        """What is annotated in each stretch, under its name."""
        marks: list[list[tuple[str, CharacterRange]]] = [[] for _ in stretches]
        for name, mark in document.marks.items():
            if mark.type == PAIR:
                continue
            at = bisect_right(stretches, (mark.start, len(self._text))) - 1
            if at < 0 or mark.end > stretches[at][1]:
                what = f"the annotation from {mark.start} to {mark.end} lies outside the sentences"
                raise self._error(mark.line, what, "Mark words of one sentence")
            label = read_label(label_of_type(mark.type), self._path, mark.line, self._notices.append)
            shift = stretches[at][0]
            surface = self._text[mark.start : mark.end]
            place = CharacterRange(mark.start - shift, mark.end - shift, label, surface)
            marks[at].append((name, place))
        return marks

    def _matches(
        self, document: _Document, where: dict[str, tuple[int, int]]
    ) -> dict[int, set[tuple[int, int]]]:
        """Of each pair, what relations lead from its source to its target."""
        matches: dict[int, set[tuple[int, int]]] = {}
        for line, one, other in document.relations:
            ends = sorted(where[name] for name in (one, other) if name in where)
            if len(ends) < 2:
                raise self._error(line, f"{one} or {other} is no annotation of a text", "Draw it again")
            (source, i), (target, j) = ends
            if document.data and source % 2 == 0 and target == source + 1:
                matches.setdefault(source // 2, set()).add((i, j))
            else:
                self._tell(line, "a relation that is not from a source to its target was passed over")
        return matches

    def _document(self) -> _Document:
        document = _Document({}, [], {}, {}, {})
        for number, line in numbered_lines(self._path):
            if not line.strip():
                continue
            if match := _MARKED.fullmatch(line):
                if match[1] in document.marks:
                    raise self._error(number, f"there is an annotation {match[1]} already")
                document.marks[match[1]] = self._mark(number, match)
            elif match := _RELATION.fullmatch(line):
                document.relations.append((number, match[1], match[2]))
            elif match := _ATTRIBUTE.fullmatch(line):
                if match[1] == STATUS:
                    document.statuses[match[2]] = number, match[3] or ""
                else:
                    self._tell(number, f"the attribute {match[1]} was passed over")
            elif match := _COMMENT.fullmatch(line):
                self._comment(document, number, match)
            elif line[0] in "EN*":
                self._tell(number, "what is neither an entity nor a relation was passed over")
            else:
                raise self._error(number, f"{line[:40]!r} is no annotation of brat")
        return document

    def _comment(self, document: _Document, number: int, match: re.Match[str]) -> None:
        kind, name, text = match[1], match[2], match[3] or ""
        if kind == PAIR_DATA:
            document.data[name] = number, parse(text, self._path, number, PairData, "Export it again")
        elif name in document.marks and document.marks[name].type == PAIR:
            document.notes.setdefault(name, []).append(unescaped(text))
        else:
            self._tell(number, f"the note {text!r} on {name} was passed over")

    def _mark(self, number: int, match: re.Match[str]) -> _Mark:
        _, kind, places, said = match.groups()
        parts = [(int(start), int(end)) for start, end in (part.split() for part in places.split(";"))]
        parts = self._in_code_points(parts, said)
        for start, end in parts:
            if not start < end <= len(self._text):
                what = f"it goes from {start} to {end}, but the text ends at {len(self._text)}"
                raise self._error(number, what)
        for (_, end), (start, _) in pairwise(parts):
            if end > start or self._text[end:start].strip():
                what = f"the words {self._text[end:start].strip()!r} are left out in the middle of it"
                raise self._error(number, what, "An entity is one stretch of words: mark it as one")
        surfaces = [self._text[start:end] for start, end in parts]
        if said is not None and said.rstrip() not in {part.join(surfaces).rstrip() for part in (" ", "")}:
            what = f"characters {places} are {' '.join(surfaces)!r}, but the line says {said!r}"
            raise self._error(number, what, "The text was changed after it was annotated")
        return _Mark(number, kind, parts[0][0], parts[-1][1])

    def _in_code_points(self, parts: list[tuple[int, int]], said: str | None) -> list[tuple[int, int]]:
        """Make up for tools other than brat: it counts code points; they may count UTF-16 units."""
        if said is None or len(parts) > 1:
            return parts
        mended = found(self._text, CharacterRange(*parts[0], "", said))
        return [(mended.start, mended.end)]

    def _tell(self, line: int, what: str) -> None:
        self._notices.append(f"{self._path.name}, line {line}: {what}")

    def _error(self, line: int, what: str, hint: str = _HINT) -> ExportError:
        return ExportError(what, path=self._path, line=line, hint=hint)


def text_of_document(path: Path) -> str:
    """The text as brat counts it: with all its characters."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        hint = "Save the file as UTF-8"
        raise ExportError("a byte is not UTF-8", path=path, line=line, hint=hint) from None
