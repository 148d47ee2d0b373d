"""The tie rule, and the reasons that greedy and exact matching share."""

from __future__ import annotations

import pytest

from tests.builders import entity, matched, problem
from xner_core.config import Choice
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.ilp import IlpProjector
from xner_core.projection.preference import Criteria
from xner_core.projection.projector import Projector

matching = pytest.mark.parametrize("projector", [GreedyProjector(), IlpProjector()], ids=["greedy", "ilp"])


@matching
def test_of_equal_scores_the_one_nearest_the_diagonal_wins(projector: Projector) -> None:
    # The entity's middle is at 0.45 of its sentence; (1, 4) is at 0.25 and (5, 6) at 0.55 of the target.
    found = projector.project(problem([entity(4, 5)], {(0, (1, 4)): 0.5, (0, (5, 6)): 0.5}))
    assert matched(found) == {0: (5, 6)}


@matching
def test_of_equal_distances_the_longer_span_wins(projector: Projector) -> None:
    scores = {(0, (1, 2)): 0.5, (0, (7, 10)): 0.5}
    assert matched(projector.project(problem([entity(4, 6)], scores))) == {0: (7, 10)}


@matching
def test_of_equal_lengths_too_the_left_one_wins(projector: Projector) -> None:
    scores = {(0, (8, 9)): 0.5, (0, (1, 2)): 0.5}
    assert matched(projector.project(problem([entity(4, 6)], scores))) == {0: (1, 2)}


@pytest.mark.parametrize("name", ["greedy", "ilp"])
@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        (("longer",), (5, 8)),
        (("shorter", "left"), (0, 1)),
        (("shorter", "diagonal"), (4, 5)),
        (("shorter", "right"), (8, 9)),
        (("left", "longer"), (0, 2)),
        (("left", "shorter"), (0, 1)),
        (("right",), (8, 9)),
        (("diagonal",), (4, 5)),
        ((), (0, 1)),
    ],
)
def test_the_tie_rule_is_an_option(name: str, prefer: Criteria, expected: tuple[int, int]) -> None:
    spans = [(0, 1), (0, 2), (4, 5), (5, 8), (8, 9)]
    projector = Choice(name=name, options={"prefer": prefer}).build("projector")
    found = projector.project(problem([entity(4, 5)], {(0, span): 0.5 for span in spans}))
    assert matched(found) == {0: expected}


@matching
def test_scores_that_differ_by_rounding_alone_are_equal(projector: Projector) -> None:
    scores = {(0, (4, 7)): 0.1 + 0.2, (0, (0, 1)): 0.3}
    assert matched(projector.project(problem([entity(0, 1)], scores))) == {0: (0, 1)}


@matching
def test_a_better_score_beats_every_preference(projector: Projector) -> None:
    scores = {(0, (9, 10)): 0.51, (0, (0, 1)): 0.5}
    assert matched(projector.project(problem([entity(0, 1)], scores))) == {0: (9, 10)}


@matching
def test_every_entity_without_a_match_has_its_reason(projector: Projector) -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2), entity(2, 3), entity(3, 4)],
        {(0, (0, 1)): 1.0, (1, (0, 1)): 0.5},
        candidates=[(5, 6)],
        links=[(2, 4)],
    )
    found = projector.project(stated)
    assert matched(found) == {0: (0, 1)}
    assert [(u.entity, u.reason) for u in found.unprojected] == [
        (1, "overlap"),
        (2, "no candidate"),
        (3, "no link"),
    ]


@matching
def test_a_score_of_zero_is_no_match(projector: Projector) -> None:
    found = projector.project(problem([entity(0, 1)], {}, candidates=[(0, 1)], links=[(0, 0)]))
    assert found.matches == ()
    assert [u.reason for u in found.unprojected] == ["no candidate"]
