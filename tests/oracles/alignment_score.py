"""The alignment score, counted link by link."""

from __future__ import annotations

from collections.abc import Collection

from xner_core.types import Entity, Link, Span


def alignment_score(entity: Entity, candidate: Span, links: Collection[Link]) -> float:
    count = 0
    for source in range(entity.span.start, entity.span.end):
        for target in range(candidate.start, candidate.end):
            if (source, target) in links:
                count += 1
    return 2 * count / (entity.span.end - entity.span.start + candidate.end - candidate.start)
