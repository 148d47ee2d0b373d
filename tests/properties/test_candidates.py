"""Which spans are candidates, and what leaving others out may cost: nothing, or recall."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.conlleval import chunks
from tests.oracles.matching import best_matchings, objective
from tests.properties.problems import aligned_pairs, entities
from xner_core.candidates.aligned import AlignedRanges
from xner_core.candidates.ner_spans import NerSpanRules, NerSpans
from xner_core.candidates.ngrams import Ngrams
from xner_core.candidates.rules import SpanRules
from xner_core.config import Choice
from xner_core.evaluation import candidate_recall, score_entities
from xner_core.projection.ilp import IlpProjector
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import AlignedPair, ProjectionProblem, Span


@settings(max_examples=150)
@given(case=aligned_pairs(), max_words=st.integers(1, 9))
def test_aligned_ranges_are_ngrams(case: AlignedPair, max_words: int) -> None:
    config = SpanRules(max_words=max_words)
    assert set(AlignedRanges(config).generate(case)) <= set(Ngrams(config).generate(case))


@settings(max_examples=150)
@given(case=aligned_pairs(), max_words=st.integers(1, 9))
def test_aligned_ranges_begin_and_end_with_words_linked_to_one_entity(
    case: AlignedPair, max_words: int
) -> None:
    links = case.alignment.links
    linked = [{j for i, j in links if e.span.start <= i < e.span.end} for e in case.source_entities]
    expected = {
        span
        for span in Ngrams(SpanRules(max_words=max_words)).generate(case)
        if any({span.start, span.end - 1} <= words for words in linked)
    }
    assert set(AlignedRanges(SpanRules(max_words=max_words)).generate(case)) == expected


@settings(max_examples=125)
@given(case=aligned_pairs(most_words=7), max_words=st.sampled_from([2, 10]))
def test_the_optimum_over_aligned_ranges_is_the_one_over_all_ngrams(
    case: AlignedPair, max_words: int
) -> None:
    config = SpanRules(max_words=max_words)
    few = _problem(case, AlignedRanges(config).generate(case))
    all_ngrams = _problem(case, Ngrams(config).generate(case))
    best = IlpProjector().project(all_ngrams).objective
    assert IlpProjector().project(few).objective == pytest.approx(best)
    assert objective(few, best_matchings(few)[0]) == pytest.approx(best)


@settings(max_examples=100)
@given(case=aligned_pairs())
def test_predicted_candidates_are_conlleval_s_chunks(case: AlignedPair) -> None:
    assert case.target_tags is not None
    best = [case.target_tags.tags[column] for column in case.target_tags.values.argmax(axis=1)]
    expected = {Span(start, end) for start, end, _ in chunks(best)}
    assert set(NerSpans().generate(case)) == expected
    within = {
        span
        for span in Ngrams().generate(case)
        if any(whole.start <= span.start and span.end <= whole.end for whole in expected)
    }
    assert set(NerSpans(NerSpanRules(sub_ranges=True)).generate(case)) == within


@pytest.mark.parametrize("projector", ["greedy", "ilp"])
@settings(max_examples=75)
@given(case=aligned_pairs(), data=st.data())
def test_no_projector_recalls_more_than_the_candidates_do(
    projector: str, case: AlignedPair, data: st.DataObject
) -> None:
    gold = data.draw(entities(len(case.pair.target.words)))
    problem = _problem(case, AlignedRanges(SpanRules(max_words=2)).generate(case))
    found = Choice(name=projector).build("projector").project(problem).target_entities
    bound = candidate_recall([gold], [problem.candidates])
    assert bound == sum(e.span in problem.candidates for e in gold) / max(len(gold), 1)
    assert score_entities([gold], [found], [problem.n_target]).recall <= bound + 1e-12


def _problem(case: AlignedPair, candidates: tuple[Span, ...]) -> ProjectionProblem:
    return ProjectionProblem.of(case, candidates, AlignmentScore().score(case, candidates))
