"""All matchings of a small projection problem, by trying every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xner_core.types import ProjectionProblem, Span

Matching = tuple[tuple[int, int], ...]
"""Pairs of entity and candidate, by entity."""
Taste = tuple[int, Fraction, Fraction]
"""What decides between equal objectives, compared in this order; larger is better."""

_EQUAL = 1e-9


def all_matchings(
    problem: ProjectionProblem, entity: int = 0, used: frozenset[int] = frozenset()
) -> Iterator[Matching]:
    """Every choice of at most one positive candidate an entity in which no word is used twice."""
    if entity == len(problem.source_entities):
        yield ()
        return
    for rest in all_matchings(problem, entity + 1, used):
        yield rest
    for index, span in enumerate(problem.candidates):
        words = frozenset(range(span.start, span.end))
        if problem.scores.values[entity, index] > 0 and not words & used:
            for rest in all_matchings(problem, entity + 1, used | words):
                yield ((entity, index), *rest)


def objective(problem: ProjectionProblem, matching: Matching) -> float:
    return sum(float(problem.scores.values[pair]) for pair in matching)


def best_matchings(problem: ProjectionProblem) -> list[Matching]:
    """All matchings with the largest objective."""
    valued = [(objective(problem, matching), matching) for matching in all_matchings(problem)]
    best = max(value for value, _ in valued)
    return [matching for value, matching in valued if value > best - _EQUAL]


def taste(problem: ProjectionProblem, matching: Matching) -> Taste:
    """More words, then nearer to the diagonal, then further left; each summed over the matching."""
    chosen = [(problem.source_entities[e].span, problem.candidates[c]) for e, c in matching]
    return (
        sum(len(target) for _, target in chosen),
        sum(
            (1 - abs(_middle(s, problem.n_source) - _middle(t, problem.n_target)) for s, t in chosen),
            Fraction(0),
        ),
        -sum((Fraction(target.start, problem.n_target) for _, target in chosen), Fraction(0)),
    )


def _middle(span: Span, n_words: int) -> Fraction:
    return Fraction(span.start + span.end, 2 * n_words)
