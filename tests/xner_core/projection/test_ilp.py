"""What exact matching takes, and what it says when time runs out."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from tests.builders import entity, matched, problem, spans
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.projection.exact.instance import Solution
from xner_core.projection.greedy import GreedyConfig, GreedyProjector
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.types import Entity, ProjectionProblem, ScoreMatrix, Span, Unmet, WordAlignment

PROJECTOR = IlpProjector()
Relation = Literal["<=", "==", ">="]


def test_two_good_pairs_beat_the_best_one() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2)],
        {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9},
    )
    found = PROJECTOR.project(stated)
    assert matched(found) == {0: (0, 1), 1: (1, 2)}
    assert found.status == "optimal"
    assert found.objective == pytest.approx(1.8)
    assert found.upper_bound == pytest.approx(1.8)


def test_an_entity_gives_way_where_the_sum_is_larger_without_it() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2), entity(2, 3)],
        {(0, (0, 3)): 1.0, (1, (0, 1)): 0.6, (2, (2, 3)): 0.6},
    )
    found = PROJECTOR.project(stated)
    assert matched(found) == {1: (0, 1), 2: (2, 3)}
    assert [(u.entity, u.reason) for u in found.unprojected] == [(0, "overlap")]


def test_two_entities_with_the_same_word_twice_do_not_cross() -> None:
    # Entity 1 is the one nearest to (2, 3).
    scores = {(e, span): 1.0 for e in (0, 1) for span in ((2, 3), (7, 8))}
    found = PROJECTOR.project(problem([entity(0, 1), entity(3, 4)], scores))
    assert matched(found) == {0: (2, 3), 1: (7, 8)}


def test_scores_of_any_size_are_solved_alike() -> None:
    scores = {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9}
    for factor in (1e-6, 1e6):
        scaled = {pair: score * factor for pair, score in scores.items()}
        found = PROJECTOR.project(problem([entity(0, 1), entity(1, 2)], scaled))
        assert found.objective == pytest.approx(1.8 * factor)


def test_the_thesis_counterexample_to_greedy() -> None:
    # Greedy takes the middle and blocks both sides.
    stated = problem([entity(0, 1)], {(0, (0, 2)): 0.2, (0, (1, 4)): 0.3, (0, (3, 5)): 0.2})
    greedy = GreedyProjector(GreedyConfig(n_proj=2)).project(stated)
    exact = IlpProjector(IlpConfig(n_proj=2)).project(stated)
    assert (greedy.objective, exact.objective) == (0.3, 0.4)
    assert [m.target.span for m in exact.matches] == list(spans((0, 2), (3, 5)))


@pytest.mark.parametrize(
    ("relation", "n_proj", "expected"),
    [
        ("<=", 0, []),
        ("<=", 1, [(2, 4)]),
        ("<=", 2, [(0, 1), (2, 4)]),
        ("==", 0, []),
        ("==", 1, [(2, 4)]),
        ("==", 3, [(0, 1), (2, 3), (3, 4)]),
        (">=", 0, [(0, 1), (2, 4)]),
        (">=", 1, [(0, 1), (2, 4)]),
        (">=", 3, [(0, 1), (2, 3), (3, 4)]),
    ],
)
def test_how_often_an_entity_is_projected(
    relation: Relation, n_proj: int, expected: list[tuple[int, int]]
) -> None:
    scores = {(0, (0, 1)): 0.5, (0, (2, 4)): 1.0, (0, (2, 3)): 0.25, (0, (3, 4)): 0.25}
    found = IlpProjector(IlpConfig(relation=relation, n_proj=n_proj)).project(problem([entity(0, 1)], scores))
    assert [m.target.span for m in found.matches] == list(spans(*expected))
    assert (found.status, found.unmet) == ("optimal", ())


@pytest.mark.parametrize("relation", ["==", ">="])
def test_where_not_all_can_be_had_the_entities_that_lack_one_are_named(relation: Relation) -> None:
    # Entity 2 has no score, entities 0 and 1 want the same word.
    scores = {(0, (0, 1)): 0.5, (1, (0, 1)): 1.0}
    stated = problem([entity(0, 1), entity(1, 2), entity(2, 3)], scores)
    found = IlpProjector(IlpConfig(relation=relation)).project(stated)
    assert matched(found) == {1: (0, 1)}
    assert (found.status, found.objective, found.upper_bound) == ("relaxed", 1.0, 1.0)
    assert found.unmet == (Unmet(0, 1), Unmet(2, 1))
    assert [(u.entity, u.reason) for u in found.unprojected] == [(0, "overlap"), (2, "no link")]


def test_in_the_order_of_the_problem_whatever_that_is() -> None:
    stated = problem([entity(4, 5), entity(0, 1)], {(1, (0, 1)): 1.0})
    found = IlpProjector(IlpConfig(relation="==", n_proj=2)).project(stated)
    assert found.unmet == (Unmet(0, 2), Unmet(1, 1))


@pytest.mark.parametrize("relation", ["==", ">="])
def test_strictly_nothing_is_projected_where_not_all_can_be(relation: Relation) -> None:
    scores = {(0, (0, 1)): 0.5, (1, (0, 1)): 1.0, (1, (4, 5)): 0.1}
    projector = IlpProjector(IlpConfig(relation=relation, n_proj=1, strict=True))
    stated = problem([entity(0, 1), entity(1, 2)], scores)
    assert projector.project(stated).status == "optimal"
    found = projector.project(problem([entity(0, 1), entity(1, 2), entity(2, 3)], scores))
    assert (found.matches, found.objective, found.upper_bound) == ((), 0, None)
    assert (found.status, found.unmet) == ("infeasible", (Unmet(2, 1),))
    assert [(u.entity, u.reason) for u in found.unprojected] == [(i, "infeasible") for i in range(3)]


def test_strictly_at_most_is_never_infeasible() -> None:
    found = IlpProjector(IlpConfig(strict=True)).project(problem([entity(0, 1)], {}))
    assert (found.status, found.unmet) == ("optimal", ())


@pytest.mark.parametrize("scale", [1.0, 1e-12])
@pytest.mark.parametrize(("relation", "n_proj"), [("<=", 1), ("==", 1), (">=", 1), ("==", 2), (">=", 2)])
def test_out_of_time_it_returns_a_matching_and_a_bound(relation: Relation, n_proj: int, scale: float) -> None:
    crowded = _crowded(n_entities=30, n_target=60, scale=scale)
    config = IlpConfig(relation=relation, n_proj=n_proj, time_limit=1e-6)
    found = IlpProjector(config).project(crowded)
    assert found.status == "feasible"
    assert 0 < found.objective == pytest.approx(sum(m.score or 0 for m in found.matches))
    if relation == "<=":  # never worse than the cheap way
        assert found.objective >= GreedyProjector().project(crowded).objective
    # Every entity has a candidate that scores 1, every word can have one match.
    most = min(60, 60 if relation == ">=" else 30 * n_proj)
    assert found.upper_bound is not None
    assert found.objective <= found.upper_bound <= most * scale * (1 + 1e-9)
    words = [w for m in found.matches for w in range(m.target.span.start, m.target.span.end)]
    assert len(words) == len(set(words))


def test_out_of_time_a_luckier_greedy_choice_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    unlucky = Solution([(0, 0)], 0.25, 1.0, proven=False)
    monkeypatch.setattr("xner_core.projection.ilp.solve", lambda *_, **__: unlucky)
    found = PROJECTOR.project(problem([entity(0, 1)], {(0, (0, 1)): 0.25, (0, (0, 2)): 0.5}))
    assert matched(found) == {0: (0, 2)}
    assert (found.status, found.objective) == ("feasible", 0.5)


def test_strictly_nothing_is_projected_either_where_time_ran_out_before_it_was_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unproven = Solution([(0, 0)], 0.5, 1.0, proven=False, missing={1: 1})
    monkeypatch.setattr("xner_core.projection.ilp.solve", lambda *_, **__: unproven)
    stated = problem([entity(0, 1), entity(1, 2)], {(0, (0, 1)): 0.5, (1, (0, 2)): 0.5})
    found = IlpProjector(IlpConfig(relation="==", strict=True)).project(stated)
    assert (found.status, found.matches, found.unmet) == ("feasible", (), (Unmet(1, 1),))
    found = IlpProjector(IlpConfig(relation="==")).project(stated)
    assert (found.status, found.objective, found.upper_bound) == ("feasible", 0.5, 1.0)
    assert found.unmet == (Unmet(1, 1),)


@pytest.mark.parametrize(
    ("option", "value"),
    [("time_limit", 0), ("n_proj", -1), ("n_proj", 21), ("n_proj", 1.5), ("relation", "<")],
)
def test_a_bad_option_is_refused_by_name(option: str, value: object) -> None:
    with pytest.raises(ConfigError, match=option):
        Choice(name="ilp", options={option: value}).build("projector")


def _crowded(n_entities: int, n_target: int, scale: float = 1.0) -> ProjectionProblem:
    rng = np.random.default_rng(1)
    candidates = tuple(Span(a, b) for a in range(n_target) for b in range(a + 1, min(n_target, a + 6) + 1))
    scores = rng.choice([0, 0.5, 2 / 3, 1], size=(n_entities, len(candidates)))
    return ProjectionProblem(
        tuple(Entity(Span(i, i + 1), "PER") for i in range(n_entities)),
        candidates,
        ScoreMatrix(scores * scale, {}),
        WordAlignment.of([]),
        n_entities,
        n_target,
    )
