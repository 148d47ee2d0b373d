"""Making words visible."""

from __future__ import annotations

import unicodedata


def visible(word: str) -> str:
    """The word, or `∅` where it has nothing to see (zero-width, spaces, controls)."""
    hidden = all(unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"} for character in word)
    return "∅" if hidden else word
