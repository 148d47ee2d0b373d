"""Making words visible."""

from __future__ import annotations

import unicodedata


def visible(word: str) -> str:
    """The word, or `∅` where it has nothing to see (zero-width, spaces, controls)."""
    hidden = all(unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"} for character in word)
    return "∅" if hidden else word


def quoted(word: str) -> str:
    """The word in quotation marks, to be put into an English sentence.

    A word that runs from right to left is isolated: it would draw the digits and marks
    behind it to its other side.
    """
    shown = visible(word)
    runs_left = any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in shown)
    return f"“\u2068{shown}\u2069”" if runs_left else f"“{shown}”"
