"""Where two projections differ."""

from __future__ import annotations

import pytest

from tests.builders import entity, problem
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.ilp import IlpProjector
from xner_core.viz.differences import differences

STATED = problem(
    [entity(0, 1), entity(1, 2), entity(4, 5)],
    {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9, (2, (7, 8)): 0.5},
)


def test_each_entity_with_other_targets_and_what_it_gains() -> None:
    greedy, ilp = GreedyProjector().project(STATED), IlpProjector().project(STATED)
    first, second = differences(STATED, greedy, ilp)
    assert (first.entity, first.gain) == (0, pytest.approx(-0.1))
    assert [m.target.span.end for m in first.one + first.other] == [2, 1]
    assert (second.entity, second.one, second.gain) == (1, (), pytest.approx(0.9))
    assert first.gain + second.gain == pytest.approx(ilp.objective - greedy.objective)


def test_equal_projections_do_not_differ() -> None:
    ilp = IlpProjector().project(STATED)
    assert differences(STATED, ilp, ilp) == []
