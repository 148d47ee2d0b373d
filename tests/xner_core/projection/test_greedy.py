"""What greedy matching takes, and what it can prove."""

from __future__ import annotations

import pytest

from tests.builders import entity, matched, problem
from xner_core.projection.greedy import GreedyConfig, GreedyProjector
from xner_core.projection.ilp import IlpProjector

PROJECTOR = GreedyProjector()


def test_the_best_pair_comes_first_even_where_that_costs_the_others() -> None:
    # 1.0 blocks both 0.9s; the optimum would be 1.8.
    stated = problem(
        [entity(0, 1), entity(1, 2)],
        {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9},
    )
    found = PROJECTOR.project(stated)
    assert matched(found) == {0: (0, 2)}
    assert found.objective == 1.0
    assert found.upper_bound == pytest.approx(1.9)
    assert found.status == "feasible"


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_nothing_is_claimed_to_be_proven_because_scores_are_small(scale: float) -> None:
    scores = {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9}
    stated = problem([entity(0, 1), entity(1, 2)], {pair: score * scale for pair, score in scores.items()})
    assert PROJECTOR.project(stated).status == "feasible"


@pytest.mark.parametrize("longest", [1, 2, 4])
def test_in_the_worst_case_it_finds_one_of_as_many_matches_as_a_span_has_words_and_one(longest: int) -> None:
    # 1.001 for a span blocks that many words and its entity's match elsewhere, each worth 1.
    scores = {(0, (0, longest)): 1.001, (0, (longest, longest + 1)): 1.0}
    scores |= {(word + 1, (word, word + 1)): 1.0 for word in range(longest)}
    stated = problem([entity(i, i + 1) for i in range(longest + 1)], scores)
    assert PROJECTOR.project(stated).objective == 1.001
    assert IlpProjector().project(stated).objective == longest + 1


def test_it_is_proven_optimal_where_everyone_has_the_best() -> None:
    stated = problem([entity(0, 1), entity(1, 2)], {(0, (0, 1)): 0.5, (1, (1, 2)): 0.4, (0, (1, 2)): 0.3})
    found = PROJECTOR.project(stated)
    assert matched(found) == {0: (0, 1), 1: (1, 2)}
    assert (found.status, found.objective, found.upper_bound) == ("optimal", 0.9, 0.9)


def test_an_entity_is_matched_once() -> None:
    found = PROJECTOR.project(problem([entity(0, 1)], {(0, (0, 1)): 0.5, (0, (3, 4)): 0.5}))
    assert len(found.matches) == 1


@pytest.mark.parametrize(("n_proj", "expected"), [(0, 0.0), (1, 0.5), (2, 0.875), (3, 1.0), (20, 1.0)])
def test_or_as_often_as_is_said(n_proj: int, expected: float) -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 0.5, (0, (3, 4)): 0.375, (0, (5, 6)): 0.125})
    found = GreedyProjector(GreedyConfig(n_proj=n_proj)).project(stated)
    assert (found.objective, found.upper_bound, found.status) == (expected, expected, "optimal")
    assert len(found.matches) == min(n_proj, 3)


def test_a_match_keeps_the_label_of_its_entity_and_its_score() -> None:
    found = PROJECTOR.project(problem([entity(4, 6, "ORG")], {(0, (2, 3)): 0.25}))
    assert [(m.entity, m.target, m.score) for m in found.matches] == [(0, entity(2, 3, "ORG"), 0.25)]


def test_matches_are_ordered_by_target() -> None:
    stated = problem([entity(0, 1), entity(1, 2)], {(0, (5, 6)): 1.0, (1, (2, 3)): 0.5})
    assert [m.entity for m in PROJECTOR.project(stated).matches] == [1, 0]
