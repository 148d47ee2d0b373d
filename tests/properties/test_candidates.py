"""Leaving candidates out must not cost anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.matching import best_matchings, objective
from tests.properties.problems import aligned_pairs, stated
from xner_core.candidates.aligned import AlignedRanges
from xner_core.candidates.ngrams import NgramConfig, Ngrams
from xner_core.projection.ilp import IlpProjector
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import AlignedPair, ProjectionProblem, Span


@settings(max_examples=300)
@given(case=aligned_pairs(), max_words=st.integers(1, 9))
def test_aligned_ranges_are_ngrams(case: AlignedPair, max_words: int) -> None:
    config = NgramConfig(max_words=max_words)
    assert set(AlignedRanges(config).generate(case)) <= set(Ngrams(config).generate(case))


@settings(max_examples=300)
@given(case=aligned_pairs(), max_words=st.integers(1, 9))
def test_aligned_ranges_begin_and_end_with_words_linked_to_one_entity(
    case: AlignedPair, max_words: int
) -> None:
    links = case.alignment.links
    linked = [{j for i, j in links if e.span.start <= i < e.span.end} for e in case.source_entities]
    expected = {
        span
        for span in Ngrams(NgramConfig(max_words=max_words)).generate(case)
        if any({span.start, span.end - 1} <= words for words in linked)
    }
    assert set(AlignedRanges(NgramConfig(max_words=max_words)).generate(case)) == expected


@settings(max_examples=250)
@given(case=aligned_pairs(most_words=7), max_words=st.sampled_from([2, 10]))
def test_the_optimum_over_aligned_ranges_is_the_one_over_all_ngrams(
    case: AlignedPair, max_words: int
) -> None:
    config = NgramConfig(max_words=max_words)
    few = _problem(case, AlignedRanges(config).generate(case))
    all_ngrams = _problem(case, Ngrams(config).generate(case))
    best = IlpProjector().project(all_ngrams).objective
    assert IlpProjector().project(few).objective == pytest.approx(best)
    assert objective(few, best_matchings(few)[0]) == pytest.approx(best)


def _problem(case: AlignedPair, candidates: tuple[Span, ...]) -> ProjectionProblem:
    return stated(case, candidates, AlignmentScore().score(case, candidates))
