"""The bootstrap against a plain one, and what must hold of it whatever the counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles import paired_bootstrap
from xner_core.evaluation.bootstrap import (
    Counts,
    Difference,
    Interval,
    bootstrap_difference,
    bootstrap_interval,
    f1,
)

TRIPLE = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))
PAIRED = st.lists(st.tuples(TRIPLE, TRIPLE), min_size=1, max_size=12)


def counts(rows: list[tuple[int, int, int]]) -> Counts:
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def compare(rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]], seed: int = 0) -> Difference:
    return bootstrap_difference(counts([a for a, _ in rows]), counts([b for _, b in rows]), 100, seed)


def random_systems(n: int, better: float) -> tuple[Counts, Counts]:
    """Two systems that find up to three entities a sentence, the first the more often."""
    rng = np.random.default_rng(7)
    gold = rng.integers(0, 4, n)
    systems = []
    for share in (0.6 + better, 0.6):
        right = rng.binomial(gold, share)
        systems.append(np.stack([right, rng.integers(0, 2, n), gold - right], axis=1))
    return systems[0], systems[1]


@pytest.mark.parametrize("better", [0.0, 0.1])
def test_the_interval_is_that_of_draws_one_by_one(better: float) -> None:
    a, b = random_systems(60, better)
    plain = paired_bootstrap.differences(
        [tuple(row) for row in a.tolist()], [tuple(row) for row in b.tolist()], draws=6000, seed=1
    )
    found = bootstrap_difference(a, b, draws=6000, seed=2)
    assert found.low == pytest.approx(plain[150], abs=0.008)
    assert found.high == pytest.approx(plain[5850], abs=0.008)
    assert found.low < found.difference < found.high


def test_a_level_is_the_share_of_draws_inside() -> None:
    a, b = random_systems(80, 0.05)
    wide, narrow = (bootstrap_difference(a, b, 2000, level=level) for level in (0.95, 0.5))
    assert wide.low < narrow.low < narrow.high < wide.high


@given(PAIRED)
def test_f1_is_that_of_the_definition(rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]]) -> None:
    found = compare(rows)
    assert found.f1_a == pytest.approx(paired_bootstrap.f1([a for a, _ in rows]))
    assert found.f1_b == pytest.approx(paired_bootstrap.f1([b for _, b in rows]))
    assert found.difference == found.f1_a - found.f1_b
    assert -1 <= found.low <= found.high <= 1


@given(st.lists(TRIPLE, min_size=1, max_size=12))
def test_a_system_does_not_differ_from_itself(rows: list[tuple[int, int, int]]) -> None:
    found = compare([(row, row) for row in rows])
    assert (found.difference, found.low, found.high) == (0, 0, 0)


@given(PAIRED)
def test_the_other_order_of_the_systems_has_the_other_sign(
    rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]],
) -> None:
    one, other = compare(rows), compare([(b, a) for a, b in rows])
    assert one.difference == -other.difference
    assert one.low == pytest.approx(-other.high, abs=1e-12)
    assert one.high == pytest.approx(-other.low, abs=1e-12)


@given(st.data(), PAIRED)
def test_the_order_of_the_sentences_does_not_matter(
    data: st.DataObject, rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]]
) -> None:
    assert compare(data.draw(st.permutations(rows))) == compare(rows)


@given(PAIRED)
def test_sentences_without_entities_do_not_move_f1(
    rows: list[tuple[tuple[int, int, int], tuple[int, int, int]]],
) -> None:
    empty = (0, 0, 0)
    longer = compare([*rows, (empty, empty)])
    assert longer.difference == compare(rows).difference


def test_the_seed_decides() -> None:
    a, b = random_systems(40, 0.05)
    first, again, other = (bootstrap_difference(a, b, 200, seed) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_nothing_to_score_is_zero() -> None:
    assert f1(counts([(0, 0, 0), (0, 2, 1), (2, 1, 1)])).tolist() == pytest.approx([0, 0, 4 / 6])
    assert compare([((0, 0, 0), (0, 0, 0))]) == Difference(0, 0, 0, 0, 0)


def test_of_a_hundred_thousand_sentences_little_is_more_than_chance() -> None:
    a, b = random_systems(100_000, 0.02)
    found = bootstrap_difference(a, b)
    assert 0 < found.low < found.difference < found.high


@pytest.mark.parametrize("shapes", [((2, 3), (3, 3)), ((0, 3), (0, 3)), ((2, 2), (2, 2))])
def test_counts_of_other_sentences_are_refused(shapes: tuple[tuple[int, int], tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="same sentences"):
        bootstrap_difference(*(np.zeros(shape, dtype=np.int64) for shape in shapes))


@pytest.mark.parametrize("better", [0.0, 0.3])
def test_the_interval_of_one_system_is_that_of_draws_one_by_one(better: float) -> None:
    system, _ = random_systems(60, better)
    plain = paired_bootstrap.figures([tuple(row) for row in system.tolist()], draws=6000, seed=1)
    found = bootstrap_interval(system, draws=6000, seed=2)
    assert found.low == pytest.approx(plain[150], abs=0.008)
    assert found.high == pytest.approx(plain[5850], abs=0.008)
    assert found.low < found.f1 < found.high


@given(st.data(), st.lists(TRIPLE, min_size=1, max_size=12))
def test_an_interval_depends_on_what_the_sentences_are_not_on_their_order(
    data: st.DataObject, rows: list[tuple[int, int, int]]
) -> None:
    found = bootstrap_interval(counts(rows), 100)
    assert found.f1 == pytest.approx(paired_bootstrap.f1(rows))
    assert 0 <= found.low <= found.high <= 1
    assert bootstrap_interval(counts(data.draw(st.permutations(rows))), 100) == found


def test_an_interval_is_of_its_level_and_its_seed() -> None:
    system, _ = random_systems(80, 0.05)
    wide, narrow = (bootstrap_interval(system, 2000, level=level) for level in (0.95, 0.5))
    assert wide.low < narrow.low < narrow.high < wide.high
    assert bootstrap_interval(system, 200, seed=4) != bootstrap_interval(system, 200, seed=3)
    large = bootstrap_interval(random_systems(8000, 0.05)[0])
    assert wide.high - wide.low > 5 * (large.high - large.low)


def test_where_all_sentences_are_alike_nothing_moves() -> None:
    assert bootstrap_interval(counts([(2, 1, 1)] * 5)) == Interval(4 / 6, 4 / 6, 4 / 6)
    assert bootstrap_interval(counts([(0, 0, 0)])) == Interval(0, 0, 0)


def test_a_draw_without_entities_is_no_failure() -> None:
    rare = counts([(1, 0, 0), *[(0, 0, 0)] * 20])  # missing from a third of the draws
    assert bootstrap_interval(rare) == Interval(1, 1, 1)


@pytest.mark.parametrize("shape", [(0, 3), (2, 2), (3,)])
def test_an_interval_needs_sentences(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="one sentence at least"):
        bootstrap_interval(np.zeros(shape, dtype=np.int64))


def test_intervals_overlap_where_they_share_a_value() -> None:
    low, middle, high = (Interval(x, x - 0.1, x + 0.1) for x in (0.3, 0.45, 0.8))
    assert low.overlaps(middle)
    assert middle.overlaps(low)
    assert not low.overlaps(high)
    assert not high.overlaps(low)
