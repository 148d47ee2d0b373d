"""Each reduction against a plain loop."""

from __future__ import annotations

import numpy as np
import pytest

from xner_core.projection.exact.reductions import components, equal_rows, undominated


def test_rows_are_equal_if_scores_and_demands_are() -> None:
    weights = np.array([[1, 2], [1, 2], [2, 1], [1, 2], [1, 2]])
    fewest, most = np.array([0, 0, 0, 0, 1]), np.array([1, 1, 1, 2, 1])
    assert equal_rows(weights, fewest, most) == [[0, 1], [2], [3], [4]]


@pytest.mark.parametrize("seed", range(3))
def test_a_pair_is_left_out_if_a_part_of_it_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    left_out = 0
    for _ in range(100):
        n_words, n_entities = int(rng.integers(1, 9)), int(rng.integers(1, 4))
        every = [(a, b) for a in range(n_words) for b in range(a + 1, n_words + 1)]
        targets = rng.permutation(every)[: int(rng.integers(1, 20))]
        weights = rng.integers(0, 4, size=(n_entities, len(targets)))
        ranks = rng.integers(0, 4, size=weights.shape)
        value = [list(zip(*rows, strict=True)) for rows in zip(weights, ranks, strict=True)]
        expected = [
            [
                own[t][0] > 0
                and not any(_is_part(targets[o], targets[t]) and own[o] > own[t] for o in range(len(own)))
                for t in range(len(own))
            ]
            for own in value
        ]
        assert undominated(weights, ranks, targets).tolist() == expected
        left_out += int((weights > 0).sum()) - int(np.sum(expected))
    assert left_out > 100


def test_of_two_that_are_equal_in_all_both_stay() -> None:
    targets = np.array([(0, 2), (0, 1)])
    assert undominated(np.array([[5, 5]]), np.array([[1, 1]]), targets).tolist() == [[True, True]]


@pytest.mark.parametrize("seed", range(3))
def test_components_are_those_of_a_union_find(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = set()
    for _ in range(100):
        n_entities, n_pairs = int(rng.integers(1, 8)), int(rng.integers(1, 9))
        entity = rng.integers(n_entities, size=n_pairs)
        start = rng.integers(0, 14, size=n_pairs)
        end = start + rng.integers(1, 4, size=n_pairs)
        found = [members.tolist() for members in components(n_entities, entity, start, end)]
        parent = list(range(n_entities))

        def root(one: int, parent: list[int] = parent) -> int:
            return one if parent[one] == one else root(parent[one])

        for i in range(n_pairs):
            for j in range(n_pairs):
                if start[i] < end[j] and start[j] < end[i]:
                    parent[root(int(entity[i]))] = root(int(entity[j]))
        by_root: dict[int, list[int]] = {}
        for one in sorted(set(entity.tolist())):
            by_root.setdefault(root(one), []).append(one)
        assert sorted(found) == sorted(by_root.values())
        sizes.add(len(found))
    assert sizes >= {1, 2, 3}


def test_neighbours_do_not_compete() -> None:
    found = components(2, np.array([0, 1]), np.array([0, 2]), np.array([2, 3]))
    assert [members.tolist() for members in found] == [[0], [1]]


def test_two_that_share_no_word_may_compete_through_a_third() -> None:
    found = components(3, np.array([0, 2, 1, 1]), np.array([0, 7, 0, 7]), np.array([1, 8, 1, 8]))
    assert [members.tolist() for members in found] == [[0, 1, 2]]


def _is_part(part: np.ndarray, whole: np.ndarray) -> bool:
    return bool(whole[0] <= part[0] and part[1] <= whole[1] and tuple(part) != tuple(whole))
