"""The integer programme against every choice."""

from __future__ import annotations

import numpy as np
import pytest

from tests.xner_core.projection.exact.components import best, component_of, is_choice, random_component, worth
from xner_core.projection.exact.instance import Component
from xner_core.projection.exact.prices import pack
from xner_core.projection.exact.programme import solve_programme


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_the_best_and_says_so(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(50):
        component = random_component(rng)
        chosen, bound = solve_programme(component, 30)
        assert chosen is not None
        assert is_choice(component, chosen)
        assert worth(component, chosen) == best(component)[0] == bound


@pytest.mark.parametrize("unit", [1, 2**43])
def test_weights_of_any_size_are_solved_alike(unit: int) -> None:
    pairs = [(0, 0, 2, 10 * unit), (0, 0, 1, 9 * unit), (1, 1, 2, 9 * unit)]
    component = component_of(pairs, [0, 0], [1, 1])
    chosen, bound = solve_programme(component, 30)
    assert chosen is not None
    assert worth(component, chosen) == bound == 18 * unit


def test_out_of_time_the_bound_holds() -> None:
    component = _crowded(30, 60)
    chosen, bound = solve_programme(component, 0)
    assert bound >= pack(component, range(len(component.entity)))[0]
    assert chosen is None or worth(component, chosen) <= bound


def _crowded(n_entities: int, n_words: int) -> Component:
    rng = np.random.default_rng(0)
    pairs = [
        (entity, a, b, int(rng.integers(1, 10)))
        for entity in range(n_entities)
        for a in range(n_words)
        for b in range(a + 1, min(n_words, a + 3) + 1)
    ]
    return component_of(pairs, [0] * n_entities, [1] * n_entities)
