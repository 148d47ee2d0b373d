"""Per-word tags: IOB1, IOB2 and IOBES are read, IOB2 is what everything inside uses.

IOB2 opens each entity with `B-`. IOB1 opens it with `I-` and uses `B-` only
between two adjacent entities of one label (Ramshaw and Marcus 1995; Tjong Kim
Sang and Veenstra 1999). IOBES also marks the last word with `E-` and a single
word with `S-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from xner_core.types import Entity, Span, TagProbabilities

Scheme = Literal["IOB1", "IOB2", "IOBES"]

_TAG = re.compile(r"O|[BIES]-\S+")


@dataclass(frozen=True, slots=True)
class TagRepair:
    """A tag that its scheme does not allow where it stands, and how it was read."""

    index: int
    tag: str
    read_as: str


@lru_cache(maxsize=4096)  # a corpus has few tags, many times each
def is_tag(tag: str) -> bool:
    """Whether `tag` is `O` or has one of the prefixes `B- I- E- S-` and a label."""
    return _TAG.fullmatch(tag) is not None


def detect_scheme(sequences: Iterable[Sequence[str]]) -> Scheme:
    """Tell the scheme of a whole file.

    `E-` or `S-` anywhere means IOBES. IOB1 is assumed where some entity opens
    with `I-` and every `B-` follows an entity of its own label; all else is IOB2.
    """
    opens_with_i = False
    b_only_between = True
    for tags in sequences:
        if tags.count("O") == len(tags):  # most sentences of most corpora
            continue
        previous = ""
        for tag in tags:
            prefix, label = _split(tag)
            if prefix in {"E", "S"}:
                return "IOBES"
            if prefix == "I" and label != previous:
                opens_with_i = True
            if prefix == "B" and label != previous:
                b_only_between = False
            previous = label
    return "IOB1" if opens_with_i and b_only_between else "IOB2"


def decode(tags: Sequence[str], scheme: Scheme = "IOB2") -> tuple[tuple[Entity, ...], list[TagRepair]]:
    """Read entities from tags.

    A tag that continues an entity where none of its label is open opens one, as
    conlleval reads it; outside IOB1 this is returned as a repair, as is an
    IOBES entity that is never closed.

    Args:
        tags: One tag per word, each accepted by `is_tag`.
        scheme: The scheme the tags are written in.

    Returns:
        The entities in order, and the repairs in order.
    """
    good = _plain(tags) if scheme != "IOBES" else None
    if good is not None:
        return tuple(good), []
    entities: list[Entity] = []
    repairs: list[TagRepair] = []
    start, open_label = 0, ""

    def close(end: int, *, marked: bool) -> None:
        nonlocal open_label
        if open_label:
            entities.append(Entity(Span(start, end), open_label))
            if scheme == "IOBES" and not marked:
                single = end - start == 1
                repairs.append(TagRepair(end - 1, tags[end - 1], f"{'S' if single else 'E'}-{open_label}"))
        open_label = ""

    for index, tag in enumerate(tags):
        if tag == "O" and not open_label:
            continue
        prefix, label = _split(tag)
        continues = prefix in {"I", "E"} and label == open_label
        if not continues:
            close(index, marked=False)
            if prefix in {"I", "E"} and scheme != "IOB1":
                repairs.append(TagRepair(index, tag, f"B-{label}" if prefix == "I" else f"S-{label}"))
            start, open_label = index, label
        if prefix in {"E", "S"}:
            close(index + 1, marked=True)
    close(len(tags), marked=False)
    return tuple(entities), repairs


def _plain(tags: Sequence[str]) -> list[Entity] | None:
    """The entities of tags of which each is `O`, opens an entity with `B-` or continues it with `I-`."""
    entities: list[Entity] = []
    if tags.count("O") == len(tags):  # most sentences of most corpora
        return entities
    start, inside = 0, "O"
    for index, tag in enumerate(tags):
        if tag == inside:  # goes on as before
            continue
        if inside != "O":
            entities.append(_entity(start, index, inside[2:]))
        if tag == "O":
            inside = tag
        elif tag[0] == "B":
            start, inside = index, "I" + tag[1:]
        else:
            return None
    if inside != "O":
        entities.append(_entity(start, len(tags), inside[2:]))
    return entities


def encode(entities: Iterable[Entity], n_words: int) -> list[str]:
    """Write entities as IOB2 tags.

    Raises:
        ValueError: If two entities share a word or one ends behind the sentence.
    """
    tags = ["O"] * n_words
    for entity in entities:
        span = entity.span
        if span.end > n_words:
            raise ValueError(f"entity {entity} ends behind the last of {n_words} words")
        if any(tag != "O" for tag in tags[span.start : span.end]):
            raise ValueError(f"entity {entity} shares a word with another: tags cannot hold both")
        tags[span.start : span.end] = [f"B-{entity.label}"] + [f"I-{entity.label}"] * (len(span) - 1)
    return tags


def most_probable_entities(tags: TagProbabilities) -> tuple[Entity, ...]:
    """Read entities from each word's most probable tag, repaired as `decode` does it."""
    return decode([tags.tags[column] for column in tags.values.argmax(axis=1)])[0]


@lru_cache(maxsize=1 << 14)  # a large corpus has few labels and mostly short sentences
def _entity(start: int, end: int, label: str) -> Entity:
    return Entity(Span(start, end), label)


@lru_cache(maxsize=4096)
def _split(tag: str) -> tuple[str, str]:
    return ("O", "") if tag == "O" else (tag[0], tag[2:])
