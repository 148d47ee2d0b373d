"""Bounds by prices, and the matchings met on the way, against every choice."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from tests.xner_core.projection.exact.components import (
    best,
    component_of,
    is_choice,
    random_component,
    random_prices,
    worth,
)
from xner_core.projection.exact.instance import UNLIMITED
from xner_core.projection.exact.prices import Priced, allowance, pack, search_prices
from xner_core.projection.exact.schedule import Schedule


@pytest.mark.parametrize("steps", [1, 5, 60])
def test_the_bound_is_never_below_the_best_nor_the_matching_above_it(steps: int) -> None:
    rng = np.random.default_rng(steps)
    proven = Counter[bool]()
    for _ in range(120):
        component = random_component(rng)
        optimum = best(component)[0]
        found = search_prices(component, Schedule(component), steps, math.inf)
        assert found.bound >= optimum - found.slack
        assert is_choice(component, found.chosen)
        assert found.value == worth(component, found.chosen) == component.value(found.chosen)
        if found.is_proven:
            assert found.value == optimum
        proven[found.is_proven] += 1
    assert proven[True] >= 40


@pytest.mark.parametrize("seed", range(3))
def test_any_prices_give_a_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(80):
        component = random_component(rng)
        prices = random_prices(rng, component)
        given_back = allowance(prices, np.array(component.fewest), np.array(component.most)).sum()
        totals, _ = Schedule(component).forward(component.weight - prices[component.entity])
        assert totals[-1] + given_back >= best(component)[0] - 1e-6


def test_the_bound_belongs_to_the_prices() -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        component = random_component(rng)
        found = search_prices(component, Schedule(component), 20, math.inf)
        totals, _ = Schedule(component).forward(component.weight - found.prices[component.entity])
        given_back = allowance(found.prices, np.array(component.fewest), np.array(component.most)).sum()
        assert found.bound == pytest.approx(totals[-1] + given_back)


def test_prices_settle_who_has_the_word_that_two_want() -> None:
    # Both like word 0 most; entity 1 has a good second choice.
    component = component_of([(0, 0, 1, 10), (1, 0, 1, 10), (1, 1, 2, 9), (0, 1, 2, 1)], [0, 0], [1, 1])
    found = search_prices(component, Schedule(component), 60, math.inf)
    assert (found.value, found.is_proven) == (19, True)


def test_it_goes_on_from_what_is_known() -> None:
    component = component_of([(0, 0, 1, 5), (1, 0, 1, 4), (1, 1, 2, 4)], [0, 0], [1, 1])
    known = Priced(np.array([1.0, 2.0]), math.inf, 9, [0, 2])
    found = search_prices(component, Schedule(component), 1, math.inf, known)
    assert (found.prices.tolist(), found.chosen, found.bound) == ([1, 2], [0, 2], 4 + 2 + 3)


def test_after_the_deadline_there_is_still_a_bound() -> None:
    component = random_component(np.random.default_rng(0))
    found = search_prices(component, Schedule(component), 60, -math.inf)
    assert best(component)[0] <= found.bound < math.inf


@pytest.mark.parametrize(
    ("price", "fewest", "most", "expected"),
    [(2.0, 0, 3, 6.0), (2.0, 1, 1, 2.0), (-2.0, 1, 3, -2.0), (-2.0, 2, UNLIMITED, -4.0), (0.0, 2, 2, 0.0)],
)
def test_a_price_is_given_back_for_each_match_in_demand(
    price: float, fewest: int, most: int, expected: float
) -> None:
    assert allowance(np.array([price]), np.array([fewest]), np.array([most])).tolist() == [expected]


def test_packing_takes_what_fits_in_order() -> None:
    component = component_of(
        [(0, 0, 2, 3), (0, 2, 3, 2), (1, 1, 3, 9), (1, 3, 4, 1)], [2, 1], [2, 2], shortage=100
    )
    # By end, then start: words 0 and 1, words 1 and 2, word 2, word 3.
    assert component.weight.tolist() == [3, 9, 2, 1]
    assert pack(component, [1, 0, 2, 3]) == (9 + 1 - 200, [1, 3])
    assert pack(component, [0, 2, 3]) == (3 + 2 + 1, [0, 2, 3])
