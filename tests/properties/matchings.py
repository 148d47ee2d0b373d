"""Projection problems for the exact solver: small, medium, with twins; and what is done to them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.matching import Matching, Terms
from tests.properties.problems import LABELS, permuted
from xner_core.projection.exact.instance import UNLIMITED, Demand, Effort, Solution
from xner_core.projection.exact.solver import solve
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.projection.preference import bounds_of, columns
from xner_core.types import (
    Entity,
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    Span,
    WordAlignment,
)

RELATIONS = ("<=", "==", ">=")
TASTES = (
    ("longer", "diagonal", "left"),
    ("shorter", "left"),
    ("diagonal",),
    ("left", "longer"),
    ("right", "shorter", "diagonal"),
    ("diagonal", "right"),
    (),
)
"""Orders of criteria, with and without one that tells entities apart."""
FRACTIONS = (0.0, 0.0, 0.25, 1 / 3, 0.5, 2 / 3, 1.0, 4 / 3)
"""Scores whose sums tie in several ways, 0 twice as often."""


def every_span(n_words: int, longest: int) -> list[Span]:
    """All spans of a sentence, none longer than this."""
    return [Span(a, b) for a in range(n_words) for b in range(a + 1, min(n_words, a + longest) + 1)]


def any_terms(rng: np.random.Generator) -> Terms:
    """Any relation and number, any order of criteria."""
    prefer = TASTES[int(rng.integers(len(TASTES)))]
    return Terms(RELATIONS[int(rng.integers(3))], int(rng.integers(4)), prefer)


def terms_of(relations: tuple[str, ...] = RELATIONS, most: int = 3) -> st.SearchStrategy[Terms]:
    """Any terms."""
    return st.builds(Terms, st.sampled_from(relations), st.integers(0, most), st.sampled_from(TASTES))


def small_problem(rng: np.random.Generator) -> ProjectionProblem:
    """At most 4 entities, 7 words and 9 candidates; rows of scores are often the same."""
    n_entities, n_target = int(rng.integers(1, 5)), int(rng.integers(1, 8))
    every = every_span(n_target, n_target)
    chosen = np.sort(rng.choice(len(every), size=min(len(every), int(rng.integers(1, 10))), replace=False))
    scores = rng.choice(FRACTIONS, size=(n_entities, len(chosen)))
    for row in range(1, n_entities):
        if rng.random() < 0.3:
            scores[row] = scores[row - 1]
    sources = tuple(Entity(Span(2 * i, 2 * i + 1 + i % 2), LABELS[i % 3]) for i in range(n_entities))
    return _problem(sources, [every[i] for i in chosen], scores, 2 * n_entities, n_target)


def medium_problem(rng: np.random.Generator) -> ProjectionProblem:
    """3 to 15 entities and 20 to 60 words, with scores that clash."""
    n_entities, n_target = int(rng.integers(3, 16)), int(rng.integers(20, 61))
    every = every_span(n_target, 6)
    chosen = np.sort(rng.choice(len(every), size=min(len(every), 2 * n_target), replace=False))
    shape = (n_entities, len(chosen))
    scores = rng.choice(FRACTIONS, size=shape) if rng.random() < 0.3 else rng.integers(1, 1000, shape) / 1000
    scores = np.where(rng.random(shape) < rng.uniform(0.2, 0.9), scores, 0.0)
    sources = tuple(Entity(Span(i, i + 1), LABELS[i % 3]) for i in range(n_entities))
    return _problem(sources, [every[i] for i in chosen], scores, n_entities, n_target)


def twin_problem(rng: np.random.Generator, n_twins: int) -> ProjectionProblem:
    """So many entities with the same scores, and up to two others."""
    n_entities, n_target = n_twins + int(rng.integers(0, 3)), int(rng.integers(4, 10))
    every = every_span(n_target, 3)
    chosen = np.sort(rng.choice(len(every), size=min(len(every), 12), replace=False))
    scores = rng.choice(FRACTIONS, size=(n_entities, len(chosen)))
    twins = rng.permutation(n_entities)[:n_twins]
    scores[twins] = scores[twins[0]]
    scores[twins, 0] = 1.0  # so that they want something
    sources = tuple(Entity(Span(i, i + 1), LABELS[i % 3]) for i in range(n_entities))
    return _problem(sources, [every[i] for i in chosen], scores, n_entities, n_target)


@st.composite
def crowded_problems(draw: st.DrawFn) -> ProjectionProblem:
    """Entities and candidates in any order; entities may share words, scores or labels; with links."""
    n_source, n_target = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    sources = draw(
        st.lists(
            st.builds(Entity, st.sampled_from(every_span(n_source, 3)), st.sampled_from(LABELS)),
            unique=True,
            max_size=4,
        )
    )
    candidates = draw(st.lists(st.sampled_from(every_span(n_target, n_target)), unique=True, max_size=9))
    score = st.sampled_from(FRACTIONS)
    row = st.lists(score, min_size=len(candidates), max_size=len(candidates))
    kinds = draw(st.lists(row, min_size=1, max_size=3))
    rows = [draw(st.sampled_from(kinds)) for _ in sources]
    links = draw(st.sets(st.tuples(st.integers(0, n_source - 1), st.integers(0, n_target - 1)), max_size=16))
    scores = np.array(rows, dtype=float).reshape(len(sources), len(candidates))
    return _problem(tuple(sources), candidates, scores, n_source, n_target, WordAlignment.of(links))


def solved(
    problem: ProjectionProblem, terms: Terms, effort: Effort | None = None, time_limit: float = 30.0
) -> Solution:
    """The solver's answer; entities and candidates must stand from left to right."""
    sources = bounds_of([entity.span for entity in problem.source_entities])
    targets = bounds_of(problem.candidates)
    assert all(one <= other for one, other in pairwise(targets.tolist()))
    n_entities = len(sources)
    most = UNLIMITED if terms.relation == ">=" else terms.n_proj
    return solve(
        problem.scores.values,
        targets,
        Demand(np.full(n_entities, terms.fewest), np.full(n_entities, most)),
        lambda some, others: columns(
            terms.prefer, sources[some], targets[others], problem.n_source, problem.n_target
        ),
        time_limit=time_limit,
        effort=effort,
    )


def project(problem: ProjectionProblem, terms: Terms) -> Projection:
    """The exact projector's answer."""
    config = IlpConfig.model_validate(
        {"relation": terms.relation, "n_proj": terms.n_proj, "prefer": terms.prefer}
    )
    return IlpProjector(config).project(problem)


def matching_of(problem: ProjectionProblem, projection: Projection) -> Matching:
    """The pairs of a projection."""
    return tuple(sorted((m.entity, problem.candidates.index(m.target.span)) for m in projection.matches))


def rescored(problem: ProjectionProblem, scores: NDArray[np.float64]) -> ProjectionProblem:
    """The same problem with other scores."""
    return replace(problem, scores=ScoreMatrix(scores, {}))


def with_candidate(problem: ProjectionProblem, span: Span, scores: list[float]) -> ProjectionProblem:
    """The same problem with one candidate more, from left to right again."""
    more = _problem(
        problem.source_entities,
        [*problem.candidates, span],
        np.column_stack([problem.scores.values, scores]),
        problem.n_source,
        problem.n_target,
        problem.alignment,
    )
    order = sorted(range(len(more.candidates)), key=lambda index: more.candidates[index])
    return permuted(more, list(range(len(more.source_entities))), order)


def shifted(problem: ProjectionProblem, by: int) -> ProjectionProblem:
    """The same target words, further right in a longer sentence."""
    spans = tuple(Span(span.start + by, span.end + by) for span in problem.candidates)
    return replace(problem, candidates=spans, n_target=problem.n_target + by)


def joined(one: ProjectionProblem, other: ProjectionProblem) -> ProjectionProblem:
    """Two sentences behind one another."""
    sources = tuple(
        Entity(Span(e.span.start + one.n_source, e.span.end + one.n_source), e.label)
        for e in other.source_entities
    )
    moved = shifted(other, one.n_target)
    rows, width = len(one.source_entities), len(one.candidates)
    scores = np.zeros((rows + len(sources), width + len(moved.candidates)))
    scores[:rows, :width] = one.scores.values
    scores[rows:, width:] = other.scores.values
    return _problem(
        (*one.source_entities, *sources),
        [*one.candidates, *moved.candidates],
        scores,
        one.n_source + other.n_source,
        moved.n_target,
    )


def _problem(
    sources: tuple[Entity, ...],
    candidates: list[Span],
    scores: NDArray[np.float64],
    n_source: int,
    n_target: int,
    alignment: WordAlignment | None = None,
) -> ProjectionProblem:
    return ProjectionProblem(
        sources,
        tuple(candidates),
        ScoreMatrix(scores, {}),
        alignment or WordAlignment.of([]),
        n_source,
        n_target,
    )
