"""All matchings of a small projection problem, by trying every one of them, in exact fractions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from xner_core.types import ProjectionProblem, Span

Matching = tuple[tuple[int, int], ...]
"""Pairs of entity and candidate, sorted."""
Taste = tuple[Fraction, ...]
"""What decides between equal objectives, compared in this order; larger is better."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a matching."""

    relation: str = "<="
    n_proj: int = 1
    prefer: tuple[str, ...] = ("diagonal", "longer", "left")

    @property
    def fewest(self) -> int:
        return 0 if self.relation == "<=" else self.n_proj

    @property
    def most(self) -> float:
        return math.inf if self.relation == ">=" else self.n_proj


@dataclass(frozen=True, order=True, slots=True)
class Worth:
    """How good a matching is: fewer missing matches, then a larger objective, then a better taste."""

    met: int
    objective: Fraction
    taste: Taste


AT_MOST_ONCE = Terms()


def all_matchings(problem: ProjectionProblem, terms: Terms = AT_MOST_ONCE) -> Iterator[Matching]:
    """Every choice of positive pairs in which no word and no entity is used too often."""
    fitting = [
        [entity for entity in range(len(problem.source_entities)) if problem.scores.values[entity, index] > 0]
        for index in range(len(problem.candidates))
    ]
    words = [frozenset(range(span.start, span.end)) for span in problem.candidates]

    def extend(index: int, chosen: Matching, used: frozenset[int]) -> Iterator[Matching]:
        if index == len(words):
            yield tuple(sorted(chosen))
            return
        yield from extend(index + 1, chosen, used)
        if words[index] & used:
            return
        for entity in fitting[index]:
            if sum(e == entity for e, _ in chosen) < terms.most:
                yield from extend(index + 1, (*chosen, (entity, index)), used | words[index])

    return extend(0, (), frozenset())


def objective(problem: ProjectionProblem, matching: Matching) -> float:
    """The sum of the scores."""
    return float(exact_objective(problem, matching))


def exact_objective(problem: ProjectionProblem, matching: Matching) -> Fraction:
    """The sum of scores that are meant as fractions with small denominators, such as 2/3."""
    return sum((exact_score(problem, pair) for pair in matching), Fraction(0))


def exact_score(problem: ProjectionProblem, pair: tuple[int, int]) -> Fraction:
    """The fraction that a score is meant as."""
    return Fraction(float(problem.scores.values[pair])).limit_denominator(10_000)


def missing(problem: ProjectionProblem, matching: Matching, terms: Terms) -> dict[int, int]:
    """Entity → matches it lacks."""
    counts = [sum(e == entity for e, _ in matching) for entity in range(len(problem.source_entities))]
    return {e: terms.fewest - count for e, count in enumerate(counts) if count < terms.fewest}


def worth(problem: ProjectionProblem, matching: Matching, terms: Terms = AT_MOST_ONCE) -> Worth:
    """How good a matching is."""
    return Worth(
        -sum(missing(problem, matching, terms).values()),
        exact_objective(problem, matching),
        taste(problem, matching, terms.prefer),
    )


def best_worth(problem: ProjectionProblem, terms: Terms = AT_MOST_ONCE) -> Worth:
    """The worth of the best matching."""
    return max(worth(problem, matching, terms) for matching in best_matchings(problem, terms))


def best_matchings(problem: ProjectionProblem, terms: Terms = AT_MOST_ONCE) -> list[Matching]:
    """All matchings with the fewest missing matches and, among those, the largest objective."""
    best: list[Matching] = []
    best_value: tuple[int, Fraction] | None = None
    for matching in all_matchings(problem, terms):
        met = -sum(missing(problem, matching, terms).values()) if terms.fewest else 0
        value = (met, exact_objective(problem, matching))
        if best_value is None or value > best_value:
            best, best_value = [], value
        if value == best_value:
            best.append(matching)
    return best


def taste(
    problem: ProjectionProblem, matching: Matching, prefer: tuple[str, ...] = AT_MOST_ONCE.prefer
) -> Taste:
    """What the criteria say, each summed over the matching."""
    chosen = [(problem.source_entities[e].span, problem.candidates[c]) for e, c in matching]
    return tuple(
        sum((_liking(criterion, problem, source, target) for source, target in chosen), Fraction(0))
        for criterion in prefer
    )


def _liking(criterion: str, problem: ProjectionProblem, source: Span, target: Span) -> Fraction:
    match criterion:
        case "longer":
            return Fraction(len(target))
        case "shorter":
            return Fraction(-len(target))
        case "left":
            return Fraction(-target.start)
        case "right":
            return Fraction(target.start)
        case "diagonal":
            return -((_middle(source, problem.n_source) - _middle(target, problem.n_target)) ** 2)
    raise ValueError(criterion)


def _middle(span: Span, n_words: int) -> Fraction:
    return Fraction(span.start + span.end, 2 * n_words)
