"""Writing entities in the schemes that the project only reads."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.types import Entity


def write_iob1(entities: Sequence[Entity], n_words: int) -> list[str]:
    """Write `B-` only where an entity follows another of its label directly."""
    tags = ["O"] * n_words
    for entity in sorted(entities):
        start, end = entity.span.start, entity.span.end
        touches = start > 0 and tags[start - 1][2:] == entity.label
        tags[start:end] = [f"I-{entity.label}"] * (end - start)
        if touches:
            tags[start] = f"B-{entity.label}"
    return tags


def write_iobes(entities: Sequence[Entity], n_words: int) -> list[str]:
    """Write `S-` for one word, else `B-`, `I-` and a last `E-`."""
    tags = ["O"] * n_words
    for entity in entities:
        inner = len(entity.span) - 2
        prefixes = "S" if inner < 0 else "B" + "I" * inner + "E"
        tags[entity.span.start : entity.span.end] = [f"{prefix}-{entity.label}" for prefix in prefixes]
    return tags
