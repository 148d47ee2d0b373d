"""The sweeps against every choice of spans."""

from __future__ import annotations

import numpy as np
import pytest

from tests.xner_core.projection.exact.components import (
    choices,
    component_of,
    disjoint,
    random_component,
    unlimited,
)
from xner_core.projection.exact.instance import UNLIMITED
from xner_core.projection.exact.schedule import Schedule


@pytest.mark.parametrize("seed", range(3))
def test_totals_are_those_of_the_best_choice_on_either_side_of_a_word(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(60):
        component = unlimited(random_component(rng))
        weights = rng.integers(-3, 8, size=len(component.entity)).astype(float)
        every = list(choices(component))
        schedule = Schedule(component)
        totals, chosen = schedule.forward(weights)
        assert totals == [
            max(weights[some].sum() for some in every if (component.end[some] <= word).all())
            for word in range(component.n_words + 1)
        ]
        assert schedule.backward(weights) == [
            max(weights[some].sum() for some in every if (component.start[some] >= word).all())
            for word in range(component.n_words + 1)
        ]
        assert weights[chosen].sum() == totals[-1]
        assert all(disjoint(component, a, b) for a in chosen for b in chosen if a != b)


def test_the_best_entity_has_a_span_and_a_loss_is_never_taken() -> None:
    pairs = [(0, 0, 2, 3), (1, 0, 2, 5), (0, 2, 3, 1), (1, 3, 4, 2)]
    schedule = Schedule(component_of(pairs, [0, 0], [UNLIMITED] * 2))
    assert schedule.forward(np.array([3.0, 5.0, -1.0, 2.0])) == ([0, 0, 5, 5, 7], [3, 1])
    assert schedule.backward(np.array([3.0, 5.0, -1.0, 2.0])) == [7, 2, 2, 2, 0]
