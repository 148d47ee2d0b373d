"""Putting sentences together again that stand in two files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Read = TypeVar("Read")


def joined(
    sources: Sequence[tuple[str | None, Read]], targets: Sequence[tuple[str | None, Read]]
) -> Iterator[tuple[Read | None, Read | None]]:
    """Two files sentence by sentence.

    Args:
        sources: Of each source sentence the pair's id, None where the file has none, and what was read.
        targets: The same of the target sentences, in the same order of pairs.

    Yields:
        Source and target of a pair; None where one file lacks the sentence or no id says whose it is.
    """
    known = {name for name, _ in targets}
    left = right = 0
    while left < len(sources) or right < len(targets):
        source = sources[left] if left < len(sources) else None
        target = targets[right] if right < len(targets) else None
        if source and target and source[0] is not None and source[0] == target[0]:
            yield source[1], target[1]
            left, right = left + 1, right + 1
        elif source and (not target or source[0] is None or source[0] not in known):
            yield source[1], None
            left += 1
        elif target:
            yield None, target[1]
            right += 1
