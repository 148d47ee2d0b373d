"""Short ways to write sentence pairs, entities and projection problems by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from xner_core.types import (
    Entity,
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    Sentence,
    SentencePair,
    Span,
    WordAlignment,
)


def entity(start: int, end: int, label: str = "PER") -> Entity:
    return Entity(Span(start, end), label)


def spans(*bounds: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in bounds)


def blank_pair(n_source: int, n_target: int) -> SentencePair:
    """A pair of sentences whose words mean nothing."""
    source = Sentence(tuple(f"s{i}" for i in range(n_source)), "en")
    target = Sentence(tuple(f"t{i}" for i in range(n_target)), "de")
    return SentencePair("blank", source, target)


def problem(
    source_entities: Sequence[Entity],
    scores: Mapping[tuple[int, tuple[int, int]], float],
    *,
    candidates: Iterable[tuple[int, int]] = (),
    links: Iterable[tuple[int, int]] = (),
    n_source: int = 10,
    n_target: int = 10,
) -> ProjectionProblem:
    """State a problem by its positive scores: `{(entity, (start, end)): score}`.

    Args:
        candidates: Further candidates, whose scores are all 0.
    """
    known = spans(*sorted({span for _, span in scores} | set(candidates)))
    values = np.zeros((len(source_entities), len(known)))
    for (row, span), score in scores.items():
        values[row, known.index(Span(*span))] = score
    return ProjectionProblem(
        tuple(source_entities), known, ScoreMatrix(values, {}), WordAlignment.of(links), n_source, n_target
    )


def matched(projection: Projection) -> dict[int, tuple[int, int]]:
    """Source entity → target words, of a projection with one match an entity."""
    found = {m.entity: (m.target.span.start, m.target.span.end) for m in projection.matches}
    assert len(found) == len(projection.matches)
    return found
