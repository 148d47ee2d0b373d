"""Hypothesis strategies for sentence pairs, links and projection problems."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.builders import blank_pair
from xner_core.types import (
    AlignedPair,
    Entity,
    ProjectionProblem,
    ScoreMatrix,
    Span,
    TagProbabilities,
    WordAlignment,
)

LABELS = ("PER", "ORG", "LOC")
TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
TIED_SCORES = (0.0, 0.5, 2 / 3, 1.0, 4 / 3)
"""Few different values, so that most problems have several optima."""


@st.composite
def entities(draw: st.DrawFn, n_words: int, most: int = 4) -> tuple[Entity, ...]:
    """Entities in order that share no word."""
    found: list[Entity] = []
    start = 0
    for _ in range(draw(st.integers(0, most))):
        start += draw(st.integers(0, 2))
        end = start + draw(st.integers(1, 3))
        if end > n_words:
            break
        found.append(Entity(Span(start, end), draw(st.sampled_from(LABELS))))
        start = end
    return tuple(found)


@st.composite
def tag_probabilities(draw: st.DrawFn, n_words: int) -> TagProbabilities:
    """What a tagger may think of a sentence; often it is sure, and sometimes two tags are equal."""
    column = st.integers(0, len(TAGS) - 1)
    chosen = draw(st.lists(st.tuples(column, column), min_size=n_words, max_size=n_words))
    values = np.zeros((n_words, len(TAGS)), dtype=np.float32)
    for word, columns in enumerate(chosen):
        for index in columns:
            values[word, index] += 0.5
    return TagProbabilities(TAGS, values)


@st.composite
def aligned_pairs(draw: st.DrawFn, most_words: int = 8) -> AlignedPair:
    """A pair with source entities, any links, sure and possible, similarities and tags of the target."""
    n_source, n_target = draw(st.integers(1, most_words)), draw(st.integers(1, most_words))
    link = st.tuples(st.integers(0, n_source - 1), st.integers(0, n_target - 1))
    links = draw(st.sets(link, max_size=2 * most_words))
    possible = draw(st.sets(link, max_size=3))
    similarity = draw(arrays(np.float32, (n_source, n_target), elements=st.floats(0, 1, width=32)))
    return AlignedPair(
        blank_pair(n_source, n_target),
        draw(entities(n_source)),
        replace(WordAlignment.of(links, possible), similarity=similarity),
        draw(tag_probabilities(n_target)),
    )


@st.composite
def tied_problems(draw: st.DrawFn) -> ProjectionProblem:
    """A small problem with arbitrary candidates and few different scores."""
    n_source, n_target = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    source_entities = draw(entities(n_source, most=3))
    every = [Span(a, b) for a in range(n_target) for b in range(a + 1, n_target + 1)]
    candidates = draw(st.lists(st.sampled_from(every), unique=True, max_size=10))
    shape = (len(source_entities), len(candidates))
    values = draw(
        st.lists(st.sampled_from(TIED_SCORES), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    )
    return ProjectionProblem(
        source_entities,
        tuple(candidates),
        ScoreMatrix(np.array(values, dtype=float).reshape(shape), {}),
        WordAlignment.of([]),
        n_source,
        n_target,
    )


def seeded_problem(rng: np.random.Generator) -> ProjectionProblem:
    """A problem in which every entity wants the same few words, so that favourites clash."""
    n_entities = int(rng.integers(2, 4))
    n_source, n_target = n_entities * 2, int(rng.integers(2, 7))
    every = [Span(a, b) for a in range(n_target) for b in range(a + 1, n_target + 1)]
    chosen = rng.choice(len(every), size=min(len(every), 9), replace=False)
    return ProjectionProblem(
        tuple(Entity(Span(2 * i, 2 * i + 1 + i % 2), LABELS[i % 3]) for i in range(n_entities)),
        tuple(every[i] for i in chosen),
        ScoreMatrix(rng.choice(TIED_SCORES, size=(n_entities, len(chosen))), {}),
        WordAlignment.of([]),
        n_source,
        n_target,
    )


def permuted(problem: ProjectionProblem, rows: list[int], columns: list[int]) -> ProjectionProblem:
    """The same problem with its entities and candidates in another order."""
    return ProjectionProblem(
        tuple(problem.source_entities[i] for i in rows),
        tuple(problem.candidates[i] for i in columns),
        ScoreMatrix(problem.scores.values[np.ix_(rows, columns)], {}),
        problem.alignment,
        problem.n_source,
        problem.n_target,
    )


def long_problem(rng: np.random.Generator) -> ProjectionProblem:
    """A problem of a real sentence's size with many equal scores."""
    n_source, n_target = int(rng.integers(8, 30)), int(rng.integers(8, 30))
    n_entities = int(rng.integers(2, 6))
    starts = np.sort(rng.choice(n_source, size=n_entities, replace=False)).tolist()
    every = [Span(a, b) for a in range(n_target) for b in range(a + 1, min(n_target, a + 5) + 1)]
    chosen = rng.choice(len(every), size=min(len(every), int(rng.integers(4, 40))), replace=False)
    return ProjectionProblem(
        tuple(Entity(Span(start, start + 1), "PER") for start in starts),
        tuple(every[i] for i in chosen),
        ScoreMatrix(rng.choice(TIED_SCORES, size=(n_entities, len(chosen))), {}),
        WordAlignment.of([]),
        n_source,
        n_target,
    )
