"""How tools count the characters of a text: code points, UTF-16 units, or what a reader takes for one."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Any, Literal

Unit = Literal["utf-16", "code points", "grapheme clusters"]


class CountedText:
    """Places of a text as code points have them and as a tool has them.

    Args:
        text: The text.
        unit: What the tool counts.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        if unit == "utf-16":
            sizes = [1 if character <= "\uffff" else 2 for character in text]
        elif unit == "code points":
            sizes = [1] * len(text)
        else:
            sizes = [size for each in _clusters().findall(text) for size in (*[0] * (len(each) - 1), 1)]
        # Of a cluster only its last character counts: a place within it has the count of its beginning.
        self._counts = [0, *accumulate(sizes)]
        self._has_parts = unit == "grapheme clusters"

    @property
    def length(self) -> int:
        """How much the whole text is."""
        return self._counts[-1]

    def is_between(self, points: int) -> bool:
        """Whether the tool has a place behind the first code points: none is within a cluster."""
        return not self._has_parts or points == 0 or self._counts[points] > self._counts[points - 1]

    def count(self, points: int) -> int:
        """How much the first code points are."""
        return self._counts[points]

    def points(self, count: int) -> int:
        """How many code points are counted so; half of one counts as none.

        Args:
            count: From 0 to `length`.
        """
        if self._has_parts:
            return self._counts.index(count)
        return bisect_right(self._counts, count) - 1


@cache
def _clusters() -> Any:
    """Grapheme clusters of Unicode's annex 29.

    Without its rule for conjuncts of Indic scripts, which is of 2023: the libraries of tools are older.
    """
    import regex

    return regex.compile(
        r"""
        \r\n
        | \p{GCB=Prepend}*
          (?: \p{RI}{2}
            | \p{GCB=L}* (?: \p{GCB=V}+ | \p{GCB=LV} \p{GCB=V}* | \p{GCB=LVT} ) \p{GCB=T}*
            | \p{GCB=L}+
            | \p{GCB=T}+
            | \p{ExtPict} (?: \p{GCB=Extend}* \p{GCB=ZWJ} \p{ExtPict} )*
            | [^\p{GCB=Control}\r\n]
          )
          [\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*
        | .
        """,
        regex.DOTALL | regex.VERBOSE,
    )
