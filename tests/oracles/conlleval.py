"""Chunks as conlleval finds them (Tjong Kim Sang; CoNLL-2000 and later, for B- and I- tags).

The script looks at two neighbouring tags at a time. A chunk ends between them at
B-B, B-O, I-B and I-O, and starts at B-B, I-B, O-B and O-I; a change of type ends
what is open and starts what is not O.
"""

from __future__ import annotations

from collections.abc import Sequence

_ENDS = {"BB", "BO", "IB", "IO"}
_STARTS = {"BB", "IB", "OB", "OI"}


def chunks(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Chunks as (first word, word after the last, type)."""
    found = set()
    start = 0
    previous, previous_type = "O", ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        changes = kind != previous_type
        if previous + prefix in _ENDS or (previous != "O" and changes):
            found.add((start, index, previous_type))
        if previous + prefix in _STARTS or (prefix != "O" and changes):
            start = index
        previous, previous_type = prefix, kind
    return found
