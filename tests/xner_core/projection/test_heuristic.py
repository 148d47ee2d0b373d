"""Hand-worked cases of the word-range heuristic."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.builders import entity, matched, problem
from xner_core.projection.heuristic import HeuristicConfig, HeuristicProjector
from xner_core.projection.preference import Criteria
from xner_core.types import Entity, Projection


def project(
    entities: list[Entity], links: Iterable[tuple[int, int]], config: HeuristicConfig | None = None
) -> Projection:
    return HeuristicProjector(config).project(problem(entities, {}, links=links))


def targets(projection: Projection) -> list[tuple[int, int]]:
    return [(m.target.span.start, m.target.span.end) for m in projection.matches]


@pytest.mark.parametrize(
    ("merge_distance", "expected"),
    [(0, (2, 4)), (1, (0, 4)), (2, (0, 7))],
)
def test_ranges_with_few_words_between_them_become_one(
    merge_distance: int, expected: tuple[int, int]
) -> None:
    # Linked words 0, 2, 3 and 6: gaps of one and of two words.
    links = [(0, 0), (0, 2), (0, 3), (0, 6)]
    found = project([entity(0, 1)], links, HeuristicConfig(merge_distance=merge_distance))
    assert matched(found) == {0: expected}


def test_merging_goes_on_over_several_gaps() -> None:
    assert matched(project([entity(0, 1)], [(0, 0), (0, 2), (0, 4), (0, 6)])) == {0: (0, 7)}


@pytest.mark.parametrize(("only_i", "expected"), [(False, (0, 4)), (True, (2, 4))])
def test_only_i_keeps_apart_a_range_that_begins_the_entity(only_i: bool, expected: tuple[int, int]) -> None:
    # Word 2 is linked to the first word of the entity, word 0 to its last.
    links = [(2, 0), (1, 2), (2, 3)]
    found = project([entity(1, 3)], links, HeuristicConfig(only_i=only_i))
    assert matched(found) == {0: expected}


def test_only_i_still_merges_a_range_that_continues_the_entity() -> None:
    links = [(1, 0), (2, 2)]
    assert matched(project([entity(1, 3)], links, HeuristicConfig(only_i=True))) == {0: (0, 3)}


@pytest.mark.parametrize(
    ("n_linked", "length_ratio", "projected"),
    [(4, 0.8, False), (5, 0.8, True), (2, 0.4, False), (3, 0.4, True), (1, 0.0, True)],
)
def test_a_range_must_be_longer_than_the_ratio_not_equal(
    n_linked: int, length_ratio: float, projected: bool
) -> None:
    links = [(i, i) for i in range(n_linked)]
    found = project([entity(0, 5)], links, HeuristicConfig(length_ratio=length_ratio))
    assert matched(found) == ({0: (0, n_linked)} if projected else {})
    assert [u.reason for u in found.unprojected] == ([] if projected else ["too short"])


def test_the_longest_ranges_are_kept() -> None:
    # Ranges (0, 1), (3, 6) and (8, 10).
    links = [(0, j) for j in (0, 3, 4, 5, 8, 9)]
    kept = {k: targets(project([entity(0, 1)], links, HeuristicConfig(keep=k))) for k in (1, 2, 3)}
    assert kept == {1: [(3, 6)], 2: [(3, 6), (8, 10)], 3: [(0, 1), (3, 6), (8, 10)]}


def test_of_equally_long_ranges_the_one_nearest_the_diagonal_is_kept() -> None:
    assert targets(project([entity(0, 1)], [(0, 7), (0, 2)])) == [(2, 3)]
    assert targets(project([entity(9, 10)], [(9, 7), (9, 2)])) == [(7, 8)]


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        (("left",), (0, 1)),
        (("right",), (8, 9)),
        (("diagonal", "left"), (4, 5)),
        (("shorter", "right"), (8, 9)),
    ],
)
def test_which_one_the_tie_rule_says(prefer: Criteria, expected: tuple[int, int]) -> None:
    # The entity's middle is at 0.45 of its sentence, the ranges' at 0.05, 0.45 and 0.85.
    found = project([entity(4, 5)], [(4, 0), (4, 4), (4, 8)], HeuristicConfig(prefer=prefer))
    assert targets(found) == [expected]


def test_the_longest_comes_first_whatever_the_tie_rule_says() -> None:
    links = [(0, 0), (0, 4), (0, 5)]
    assert targets(project([entity(0, 1)], links, HeuristicConfig(prefer=("shorter", "left")))) == [(4, 6)]


def test_the_entity_with_the_longest_range_chooses_first_and_the_next_takes_another() -> None:
    # Entity 0 wants (2, 4), then (8, 9); entity 1 wants (1, 4).
    links = [(0, 2), (0, 3), (0, 8), (1, 1), (1, 2), (1, 3)]
    found = project([entity(0, 1), entity(1, 2)], links)
    assert matched(found) == {0: (8, 9), 1: (1, 4)}


def test_an_entity_whose_words_are_taken_says_so() -> None:
    found = project([entity(0, 1), entity(1, 2), entity(2, 3)], [(0, 2), (1, 2), (1, 3)])
    assert matched(found) == {1: (2, 4)}
    assert [(u.entity, u.reason) for u in found.unprojected] == [(0, "overlap"), (2, "no link")]


def test_scores_are_reported_where_the_range_is_a_candidate() -> None:
    stated = problem(
        [entity(0, 1, "ORG"), entity(1, 2)], {(0, (0, 1)): 0.75, (0, (4, 5)): 2.0}, links=[(0, 0), (1, 3)]
    )
    found = HeuristicProjector().project(stated)
    assert [(m.target, m.score) for m in found.matches] == [(entity(0, 1, "ORG"), 0.75), (entity(3, 4), None)]
    assert (found.objective, found.upper_bound, found.status) == (0.75, None, "heuristic")
