"""Where the words of a sentence stand among its characters, whatever white space lies between them.

Tools cut texts into other words, trim them and change their white space; some write an accented letter
as one character, others as two. The characters besides white space stay, accents apart from their
letters, so these are what entities are carried over by.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from xner_core.export.sample import CharacterRange
from xner_core.types import Span


def squeezed(text: str) -> str:
    """A text without white space, in which each accent is a character (NFD).

    As that takes letters apart and joins none, a text is as long as its pieces together.
    """
    return decomposed(unspaced(text))


def unspaced(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def decomposed(text: str) -> str:
    """A text in which each accent is a character, however it was typed."""
    return text if text.isascii() else unicodedata.normalize("NFD", text)


def words_at(words: Sequence[str], start: int, end: int) -> tuple[Span, bool]:
    """The words that a range of characters touches.

    Args:
        words: The words.
        start: The first character, white space not counted; it is in one of the words.
        end: The one behind the last, and behind the first.

    Returns:
        The words, and whether they are the range exactly.
    """
    ends = list(accumulate(len(squeezed(word)) for word in words))
    first = bisect_right(ends, start)
    last = bisect_right(ends, end - 1)
    is_exact = ends[last] == end and (ends[first - 1] if first else 0) == start
    return Span(first, last + 1), is_exact


def characters_of(words: Sequence[str], span: Span) -> tuple[int, int]:
    """Where words begin and end, white space not counted."""
    before = sum(len(squeezed(word)) for word in words[: span.start])
    return before, before + sum(len(squeezed(word)) for word in words[span.start : span.end])


def characters_at(text: str, found: CharacterRange) -> tuple[int, int] | None:
    """Where a labelled stretch of a text begins and ends, white space not counted.

    Offsets are taken for code points; where these do not lead to the stretch's own words, for
    UTF-16 units, which some tools count.

    Returns:
        The range; None where neither leads to the words that the file names, or to any.
    """
    for start, end in ((found.start, found.end), _from_utf16(text, found)):
        if not 0 <= start < end <= len(text):
            continue
        piece = squeezed(text[start:end])
        if piece and (found.surface is None or piece == squeezed(found.surface)):
            before = len(squeezed(text[:start]))
            return before, before + len(piece)
    return None


def _from_utf16(text: str, found: CharacterRange) -> tuple[int, int]:
    """A range of UTF-16 units in code points; (-1, -1) where it cuts a character."""
    ends = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]
    places = {unit: at for at, unit in enumerate(ends)}
    return places.get(found.start, -1), places.get(found.end, -1)
