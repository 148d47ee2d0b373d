"""Everyone's best candidate."""

from __future__ import annotations

import numpy as np
import pytest

from xner_core.projection.exact.favourites import favourites
from xner_core.projection.exact.instance import Ints

WORDS = np.array([(0, 1), (0, 2), (1, 2), (2, 3)])


def prefer_late(_entity: int, candidates: Ints) -> Ints:
    return candidates[None, :]


def never(_entity: int, _candidates: Ints) -> Ints:
    raise AssertionError("the tie rule was asked where there is no tie")


def test_the_best_of_each_where_they_share_no_word() -> None:
    weights = np.array([[5, 4, 0, 0], [0, 9, 8, 10]])
    assert favourites(weights, WORDS, never) == [(0, 0), (1, 3)]


def test_none_where_two_collide() -> None:
    assert favourites(np.array([[5, 0, 0, 0], [0, 9, 8, 0]]), WORDS, never) is None


def test_an_entity_that_wants_nothing_has_nothing() -> None:
    assert favourites(np.array([[0, 0, 0, 0], [0, 0, 0, 1]]), WORDS, never) == [(1, 3)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([[0, 0, 1, 0]], 2),
        ([[1, 1, 0, 0], [0, 5, 9, 9]], 1),
        ([[-1, -1, -1, -1], [3, 2, 1, 0]], 0),
        ([], 0),
        ([[7, 7, 7, 7]], 0),
    ],
)
def test_the_tie_rule_decides_between_equals_and_then_the_left_one(
    columns: list[list[int]], expected: int
) -> None:
    table = np.array(columns, dtype=np.int64).reshape(len(columns), 4)
    found = favourites(np.array([[6, 6, 6, 6]]), WORDS, lambda _, some: table[:, some])
    assert found == [(0, expected)]


def test_only_the_best_are_put_before_the_tie_rule() -> None:
    assert favourites(np.array([[6, 6, 6, 5]]), WORDS, prefer_late) == [(0, 2)]
