"""Why pairs were chosen or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import entity, problem, spans
from tests.properties.problems import aligned_pairs, tied_problems
from xner_core.candidates.ngrams import Ngrams
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.heuristic import HeuristicConfig, HeuristicProjector
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.projection.projector import Projector
from xner_core.projection.reasons import Reason, ReasonedPair, explain
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import (
    AlignedPair,
    Match,
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    ScorePart,
    Span,
    WordAlignment,
)


def test_each_reason_and_what_decided_it() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2), entity(2, 3)],
        {
            (0, (0, 2)): 1.0,
            (0, (3, 4)): 0.5,
            (0, (5, 6)): 1.0,
            (1, (1, 2)): 0.9,
            (1, (7, 8)): 0.6,
            (2, (1, 2)): 0.25,
        },
    )
    found = IlpProjector().project(stated)
    # 1.0 + 0.9; letting entity 2 have (1, 2) would make 1.0 + 0.6 + 0.25.
    by_entity = {m.entity: m for m in found.matches}
    assert {e: m.target.span for e, m in by_entity.items()} == dict(enumerate(spans((5, 6), (1, 2))))
    assert explain(stated, found) == [
        _pair(stated, 0, (5, 6), 1.0, "chosen"),
        _pair(stated, 0, (0, 2), 1.0, "overlap", by_entity[1]),  # as good, but not free
        _pair(stated, 0, (3, 4), 0.5, "worse", by_entity[0], 0.5),
        _pair(stated, 1, (1, 2), 0.9, "chosen"),
        _pair(stated, 1, (7, 8), 0.6, "worse", by_entity[1], 0.9 - 0.6),
        _pair(stated, 2, (1, 2), 0.25, "overlap", by_entity[1]),
    ]


def test_a_better_candidate_that_was_free_is_simply_not_chosen() -> None:
    # The heuristic does not look at scores: it takes the linked word 0.
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.5, (0, (4, 6)): 0.9}, links=[(0, 0)])
    found = HeuristicProjector().project(stated)
    assert explain(stated, found) == [
        _pair(stated, 0, (0, 1), 0.5, "chosen"),
        _pair(stated, 0, (4, 6), 0.9, "not chosen", found.matches[0]),
    ]


def test_a_match_that_was_no_candidate_is_listed_without_a_score() -> None:
    stated = problem([entity(0, 1)], {(0, (1, 2)): 0.9}, links=[(0, 0)])
    found = HeuristicProjector().project(stated)
    assert explain(stated, found) == [
        _pair(stated, 0, (0, 1), None, "chosen"),
        _pair(stated, 0, (1, 2), 0.9, "not chosen", found.matches[0]),
    ]


def test_a_better_candidate_that_another_entity_blocks_is_an_overlap() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2)],
        {(0, (0, 2)): 0.8, (0, (5, 6)): 0.3, (1, (1, 2)): 0.9},
    )
    found = GreedyProjector().project(stated)
    blocker = next(m for m in found.matches if m.entity == 1)
    assert _pair(stated, 0, (0, 2), 0.8, "overlap", blocker) in explain(stated, found)


def test_without_any_match_nothing_decided_it() -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.5})
    assert explain(stated, Projection((), (), 0.0, None, "heuristic")) == [
        _pair(stated, 0, (0, 1), 0.5, "not chosen", None)
    ]


def test_a_candidate_that_is_as_good_and_free_ties() -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.5, (0, (4, 5)): 0.5})
    found = IlpProjector().project(stated)
    assert explain(stated, found) == [
        _pair(stated, 0, (0, 1), 0.5, "chosen"),
        _pair(stated, 0, (4, 5), 0.5, "tie", found.matches[0]),
    ]


def test_why_a_pair_has_no_score() -> None:
    parts = {
        "alignment": ScorePart(np.array([[0.0, 0.5, 0.0, 0.0]])),
        "name": ScorePart(np.array([[0.0, 0.0, 0.3, 0.0]]), threshold=0.4),
    }
    candidates = spans((0, 1), (1, 2), (2, 3), (3, 4))
    links = WordAlignment.of([(0, 1), (0, 3)])
    stated = ProjectionProblem((entity(0, 1),), candidates, ScoreMatrix.of(parts), links, 1, 4)
    found = explain(stated, IlpProjector().project(stated), without_score=True)
    assert {pair.candidate: pair.reason for pair in found} == dict(
        zip(candidates, ["no link", "chosen", "below threshold", "no score"], strict=True)
    )


def test_a_threshold_on_the_sum_is_one_too() -> None:
    scores = ScoreMatrix.of({"alignment": ScorePart(np.array([[0.3, 0.6]]))}, threshold=0.5)
    links = WordAlignment.of([(0, 0), (0, 1)])
    stated = ProjectionProblem((entity(0, 1),), spans((0, 1), (1, 2)), scores, links, 1, 2)
    found = explain(stated, IlpProjector().project(stated), without_score=True)
    assert [(pair.candidate.start, pair.reason) for pair in found] == [(1, "chosen"), (0, "below threshold")]


def test_of_several_matches_the_worst_one_decides() -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.9, (0, (1, 2)): 0.7, (0, (3, 4)): 0.6})
    found = IlpProjector(IlpConfig(n_proj=2)).project(stated)
    [last] = [pair for pair in explain(stated, found) if pair.reason != "chosen"]
    assert (last.reason, last.blocker, last.difference) == ("worse", found.matches[1], pytest.approx(0.1))


PROJECTORS: list[Projector] = [
    IlpProjector(),
    GreedyProjector(),
    HeuristicProjector(),
    HeuristicProjector(HeuristicConfig(keep=3, merge_distance=0, length_ratio=0.0)),
]


@settings(max_examples=100)
@given(problem=tied_problems(), projector=st.sampled_from(PROJECTORS))
def test_every_positive_pair_and_every_match_is_explained_once(
    problem: ProjectionProblem, projector: Projector
) -> None:
    _check_complete(problem, projector.project(problem))


@settings(max_examples=100)
@given(case=aligned_pairs(), projector=st.sampled_from(PROJECTORS))
def test_also_under_the_alignment_score(case: AlignedPair, projector: Projector) -> None:
    candidates = Ngrams().generate(case)
    problem = ProjectionProblem.of(case, candidates, AlignmentScore().score(case, candidates))
    _check_complete(problem, projector.project(problem))


def _pair(
    stated: ProjectionProblem,
    source: int,
    span: tuple[int, int],
    score: float | None,
    reason: Reason,
    blocker: Match | None = None,
    difference: float = 0.0,
) -> ReasonedPair:
    candidate = Span(*span)
    index = stated.candidates.index(candidate) if candidate in stated.candidates else None
    return ReasonedPair(source, candidate, index, score, reason, blocker, difference)


def _check_complete(problem: ProjectionProblem, projection: Projection) -> None:
    positive = {
        (entity, span)
        for entity in range(len(problem.source_entities))
        for index, span in enumerate(problem.candidates)
        if problem.scores.values[entity, index] > 0
    }
    chosen = {(m.entity, m.target.span) for m in projection.matches}
    explained = explain(problem, projection)
    pairs = [(pair.entity, pair.candidate) for pair in explained]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == positive | chosen
    assert {(p.entity, p.candidate) for p in explained if p.reason == "chosen"} == chosen
    for pair in explained:
        _check_blocker(pair, projection)


def _check_blocker(pair: ReasonedPair, projection: Projection) -> None:
    if pair.reason == "chosen":
        assert pair.blocker is None
    elif pair.reason == "overlap":
        assert pair.blocker in projection.matches
        assert pair.blocker.entity != pair.entity
        assert pair.blocker.target.span.overlaps(pair.candidate)
    elif pair.reason in {"worse", "tie"}:
        assert pair.blocker in projection.matches
        assert pair.blocker.entity == pair.entity
        assert (pair.score < pair.blocker.score - 1e-9) == (pair.reason == "worse")
