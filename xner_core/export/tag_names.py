"""The tags of a data set in a stable order."""

from __future__ import annotations

from collections.abc import Iterable

_FIRST = ("PER", "ORG", "LOC", "MISC")


def tag_names(labels: Iterable[str]) -> list[str]:
    """`O`, then `B-` and `I-` of each label: persons, organisations, places and others first."""
    known = set(labels)
    ordered = [label for label in _FIRST if label in known] + sorted(known - set(_FIRST))
    return ["O", *(f"{prefix}-{label}" for label in ordered for prefix in ("B", "I"))]
