"""Grapheme clusters: what a reader takes for one character, such as 👩‍👧, é or क्ष."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate


def cluster_ends(text: str) -> list[int]:
    """Where each grapheme cluster of a text ends, by Unicode's rules (UAX #29).

    Args:
        text: Without lone surrogates.

    Returns:
        Code points from the beginning of the text, ascending; the last one is its length.
    """
    if text.isascii() and "\r" not in text:
        return list(range(1, len(text) + 1))
    from icu4py.breakers import CharacterBreaker

    # Not by its segments(): those count UTF-16 units, of which an emoji has two.
    return list(accumulate(map(len, CharacterBreaker(text, "und"))))


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range of characters to whole grapheme clusters; an empty one stays empty.

    Args:
        text: The text.
        start: Its first code point.
        end: The code point behind its last one.

    Raises:
        ValueError: If the range is not within the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"characters {start} to {end} are not within a text of {len(text)}")
    edges = [0, *cluster_ends(text)]
    first = edges[bisect_right(edges, start) - 1]
    return first, first if start == end else edges[bisect_left(edges, end)]
