"""Why pairs were chosen or not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import entity, problem, spans
from tests.properties.problems import aligned_pairs, stated, tied_problems
from xner_core.candidates.ngrams import Ngrams
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.heuristic import HeuristicConfig, HeuristicProjector
from xner_core.projection.ilp import IlpProjector
from xner_core.projection.projector import Projector
from xner_core.projection.reasons import ReasonedPair, explain
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import AlignedPair, Projection, ProjectionProblem


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
        ReasonedPair(0, *spans((5, 6)), 1.0, "chosen"),
        ReasonedPair(0, *spans((0, 2)), 1.0, "tie", by_entity[0]),
        ReasonedPair(0, *spans((3, 4)), 0.5, "worse", by_entity[0]),
        ReasonedPair(1, *spans((1, 2)), 0.9, "chosen"),
        ReasonedPair(1, *spans((7, 8)), 0.6, "worse", by_entity[1]),
        ReasonedPair(2, *spans((1, 2)), 0.25, "overlap", by_entity[1]),
    ]


def test_a_better_candidate_that_was_free_is_simply_not_chosen() -> None:
    # The heuristic does not look at scores: it takes the linked word 0.
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.5, (0, (4, 6)): 0.9}, links=[(0, 0)])
    found = HeuristicProjector().project(stated)
    assert explain(stated, found) == [
        ReasonedPair(0, *spans((0, 1)), 0.5, "chosen"),
        ReasonedPair(0, *spans((4, 6)), 0.9, "not chosen", found.matches[0]),
    ]


def test_a_match_that_was_no_candidate_is_listed_without_a_score() -> None:
    stated = problem([entity(0, 1)], {(0, (1, 2)): 0.9}, links=[(0, 0)])
    found = HeuristicProjector().project(stated)
    assert explain(stated, found) == [
        ReasonedPair(0, *spans((0, 1)), None, "chosen"),
        ReasonedPair(0, *spans((1, 2)), 0.9, "not chosen", found.matches[0]),
    ]


def test_a_better_candidate_that_another_entity_blocks_is_an_overlap() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2)],
        {(0, (0, 2)): 0.8, (0, (5, 6)): 0.3, (1, (1, 2)): 0.9},
    )
    found = GreedyProjector().project(stated)
    blocker = next(m for m in found.matches if m.entity == 1)
    assert ReasonedPair(0, *spans((0, 2)), 0.8, "overlap", blocker) in explain(stated, found)


def test_without_any_match_nothing_decided_it() -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.5})
    assert explain(stated, Projection((), (), 0.0, None, "heuristic")) == [
        ReasonedPair(0, *spans((0, 1)), 0.5, "not chosen", None)
    ]


PROJECTORS: list[Projector] = [
    IlpProjector(),
    GreedyProjector(),
    HeuristicProjector(),
    HeuristicProjector(HeuristicConfig(keep=3, merge_distance=0, length_ratio=0.0)),
]


@settings(max_examples=200)
@given(problem=tied_problems(), projector=st.sampled_from(PROJECTORS))
def test_every_positive_pair_and_every_match_is_explained_once(
    problem: ProjectionProblem, projector: Projector
) -> None:
    _check_complete(problem, projector.project(problem))


@settings(max_examples=200)
@given(case=aligned_pairs(), projector=st.sampled_from(PROJECTORS))
def test_also_under_the_alignment_score(case: AlignedPair, projector: Projector) -> None:
    candidates = Ngrams().generate(case)
    problem = stated(case, candidates, AlignmentScore().score(case, candidates))
    _check_complete(problem, projector.project(problem))


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
