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


def linked_words_score(entity: Entity, candidate: Span, links: Collection[Link]) -> float:
    sources = set(range(entity.span.start, entity.span.end))
    targets = set(range(candidate.start, candidate.end))
    inside = [(source, target) for source, target in links if source in sources and target in targets]
    linked = len({source for source, _ in inside}) + len({target for _, target in inside})
    return linked / (len(sources) + len(targets))
