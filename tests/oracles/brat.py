"""brat's rules for a document, after the description of its standoff format and its server (1.3).

A line of annotations ends at whatever `str.splitlines` takes for an end. An id is there once. A text-bound
annotation has a type, ranges of code points that do not touch, and their texts joined by single spaces,
none of which holds the end of a line or a tab. What refers to an annotation finds it. Types, relations and
attributes are those of annotation.conf; a type has ASCII letters, digits, `_` and `-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass
class Document:
    """What a document says: of each annotation its type and its ranges; relations; attributes; notes."""

    marks: dict[str, tuple[str, list[tuple[int, int]]]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def document(text: str, annotations: str, settings: str) -> Document:
    """Read a document, or raise AssertionError."""
    known = sections(settings)
    found = Document()
    ids: set[str] = set()
    lines = [line.split("\t") for line in annotations.splitlines()]
    assert all(len(parts) >= 2 for parts in lines)
    for name, *_ in lines:
        assert re.fullmatch(r"[TRA#]\d+", name), name
        assert name not in ids
        ids.add(name)
    for name, said, *rest in lines:
        words = said.split(" ")
        if name.startswith("T"):
            found.marks[name] = words[0], ranges(" ".join(words[1:]), rest, text)
            assert words[0] in known["entities"]
            assert re.fullmatch(r"[a-zA-Z0-9_-]+", words[0])
        elif name.startswith("R"):
            kind, first, second = words
            assert kind in {line.split()[0] for line in known["relations"]}
            assert first.startswith("Arg1:")
            assert second.startswith("Arg2:")
            found.relations.append((kind, first.partition(":")[2], second.partition(":")[2]))
            assert {first.partition(":")[2], second.partition(":")[2]} <= ids
        elif name.startswith("A"):
            kind, target, value = words
            declared = next(line for line in known["attributes"] if line.split()[0] == kind)
            assert value in declared.partition("Value:")[2].split("|")
            assert target in ids
            found.attributes.append((kind, target, value))
        else:
            kind, target = words
            assert target in ids
            found.notes.append((kind, target, "\t".join(rest)))
    return found


def ranges(said: str, rest: list[str], text: str) -> list[tuple[int, int]]:
    places = []
    for part in said.split(";"):
        start, end = map(int, part.split(" "))
        assert 0 <= start < end <= len(text)
        assert all(end < other[0] or other[1] < start for other in places)
        assert len(text[start:end].splitlines()) == 1
        places.append((start, end))
    assert rest == [" ".join(text[start:end] for start, end in places)]
    return places


def sections(settings: str) -> dict[str, list[str]]:
    """The lines of annotation.conf by section."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in settings.splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    assert list(found) == ["entities", "relations", "events", "attributes"]
    return found
