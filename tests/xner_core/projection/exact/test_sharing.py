"""Handing out candidates against every way to do so."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from xner_core.projection.exact.instance import UNLIMITED, Demand, Ints
from xner_core.projection.exact.sharing import share_out
from xner_core.projection.preference import columns


@pytest.mark.parametrize("prefer", [("diagonal",), ("longer", "diagonal", "left"), ("left", "diagonal"), ()])
@pytest.mark.parametrize("most", [1, 2])
def test_nobody_has_too_many_and_the_tie_rule_likes_no_other_way_better(
    prefer: tuple[str, ...], most: int
) -> None:
    rng = np.random.default_rng(most)
    for _ in range(60):
        n_members = int(rng.integers(2, 5))
        n_candidates = int(rng.integers(0, min(n_members * most, 5) + 1))
        sources = np.cumsum(rng.integers(1, 4, size=2 * n_members)).reshape(-1, 2)
        targets = np.cumsum(rng.integers(1, 4, size=2 * n_candidates)).reshape(-1, 2)
        table = columns(prefer, sources, targets, 30, 20)
        candidates = list(range(n_candidates))
        shared = share_out(list(range(n_members)), candidates, table, _demand(n_members, 0, most))
        assert sorted(candidate for _, candidate in shared) == candidates
        ways = [
            list(zip(way, candidates, strict=True))
            for way in product(range(n_members), repeat=n_candidates)
            if all(way.count(member) <= most for member in way)
        ]
        assert _taste(table, shared) == max(_taste(table, way) for way in ways)


@pytest.mark.parametrize(("n_candidates", "expected"), [(2, [1, 1, 0]), (5, [2, 2, 1]), (6, [2, 2, 2])])
def test_where_nothing_bounds_a_member_nobody_has_too_many_while_another_lacks(
    n_candidates: int, expected: list[int]
) -> None:
    table = np.zeros((1, 3, n_candidates), dtype=np.int64)
    shared = share_out([0, 1, 2], list(range(n_candidates)), table, _demand(3, 2, UNLIMITED))
    counts = [sum(member == m for m, _ in shared) for member in range(3)]
    lacking = sum(max(0, 2 - count) for count in counts)
    assert len(shared) == n_candidates
    assert lacking == sum(max(0, 2 - count) for count in expected)


def test_what_is_left_over_goes_to_the_last() -> None:
    table = np.zeros((1, 2, 5), dtype=np.int64)
    shared = share_out([0, 1], [0, 1, 2, 3, 4], table, _demand(2, 1, UNLIMITED))
    assert shared == [(0, 0), (1, 1), (1, 2), (1, 3), (1, 4)]


def test_one_member_has_everything() -> None:
    table = np.zeros((0, 4, 9), dtype=np.int64)
    assert share_out([3], [1, 8], table, _demand(4, 0, 2)) == [(3, 1), (3, 8)]


def _demand(n_entities: int, fewest: int, most: int) -> Demand:
    return Demand(np.full(n_entities, fewest), np.full(n_entities, most))


def _taste(table: Ints, pairs: list[tuple[int, int]]) -> list[int]:
    return [sum(int(column[pair]) for pair in pairs) for column in table]
