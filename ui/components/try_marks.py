"""Source entities that a person marked, as a text short enough for the URL: `0-2.PER_4-5.LOC`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xner_core.types import Entity, Span

LABELS = ("PER", "ORG", "LOC", "DATE", "MISC")
NOTHING_MARKED = "none"
"""Somebody looked and left no entity; an empty text says that nobody marked any."""
_MARK = re.compile(r"(\d{1,4})-(\d{1,4})\.([A-Z]{1,12})", re.ASCII)


def marks_text(entities: Sequence[Entity]) -> str:
    """Write entities."""
    written = (f"{each.span.start}-{each.span.end}.{each.label}" for each in sorted(entities))
    return "_".join(written) or NOTHING_MARKED


def read_marks(text: str, n_words: int) -> tuple[Entity, ...] | None:
    """Read entities; None where the text names none or is not about such a sentence.

    Args:
        text: As `marks_text` writes it, or anything.
        n_words: Of the sentence.
    """
    if text == NOTHING_MARKED:
        return ()
    return entities_from([_bounds(each) for each in text.split("_")], n_words)


def entities_from(listed: Any, n_words: int) -> tuple[Entity, ...] | None:
    """Entities in order from `[start, end, label]` each; None unless all fit the sentence and share no word.

    Args:
        listed: Whatever the browser sent.
        n_words: Of the sentence.
    """
    if not isinstance(listed, list):
        return None
    found = []
    for each in listed:
        if not isinstance(each, (list, tuple)) or [type(part) for part in each] != [int, int, str]:
            return None
        start, end, label = each
        if not 0 <= start < end <= n_words or not re.fullmatch(r"[A-Z]{1,12}", label):
            return None
        found.append(Entity(Span(start, end), label))
    found.sort()
    shares = any(one.span.overlaps(other.span) for one, other in pairwise(found))
    return None if shares else tuple(found)


def _bounds(text: str) -> tuple[int, int, str] | None:
    match = _MARK.fullmatch(text)
    return (int(match[1]), int(match[2]), match[3]) if match else None
