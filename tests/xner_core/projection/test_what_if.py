"""Alternatives to the best matching: each regret is the difference of two solved problems."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import entity, problem, spans
from tests.oracles.matching import all_matchings, objective
from tests.properties.problems import seeded_problem, tied_problems
from xner_core.projection.ilp import IlpConfig
from xner_core.projection.what_if import WhatIf
from xner_core.types import ProjectionProblem

TWO = problem(
    [entity(0, 1, "PER"), entity(1, 2, "LOC")],
    {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9, (1, (5, 6)): 0.4},
)
"""Best: 0.9 + 0.9."""


def _index(stated: ProjectionProblem, start: int, end: int) -> int:
    return stated.candidates.index(*spans((start, end)))


def test_what_is_chosen_costs_nothing() -> None:
    forced = WhatIf(TWO).forced(0, _index(TWO, 0, 1))
    assert forced is not None
    assert (forced.regret, forced.missing, forced.proven) == (0, 0, True)


def test_forcing_a_pair_moves_the_others() -> None:
    forced = WhatIf(TWO).forced(0, _index(TWO, 0, 2))
    assert forced is not None
    assert forced.pairs == ((0, _index(TWO, 0, 2)), (1, _index(TWO, 5, 6)))
    assert forced.regret == pytest.approx(0.4)


def test_a_pair_without_a_score_can_be_forced() -> None:
    forced = WhatIf(TWO).forced(1, _index(TWO, 0, 1))
    assert forced is not None
    assert forced.pairs == ((1, _index(TWO, 0, 1)),)  # the other candidate of entity 0 shares its word
    assert forced.regret == pytest.approx(1.8)


def test_the_runner_up_is_the_next_best() -> None:
    runner_up = WhatIf(TWO).runner_up()
    assert runner_up is not None
    assert runner_up.pairs == ((0, _index(TWO, 0, 2)), (1, _index(TWO, 5, 6)))
    assert runner_up.regret == pytest.approx(0.4)


def test_the_runner_up_may_have_more_matches() -> None:
    stated = problem([entity(0, 1), entity(1, 2)], {(0, (1, 2)): 0.5, (1, (0, 1)): 0.5, (1, (1, 2)): 1.3})
    runner_up = WhatIf(stated).runner_up()
    assert runner_up is not None
    assert runner_up.pairs == ((0, _index(stated, 1, 2)), (1, _index(stated, 0, 1)))
    assert runner_up.regret == pytest.approx(0.3)


def test_without_a_match_there_is_no_runner_up() -> None:
    assert WhatIf(problem([entity(0, 1)], {}, candidates=[(0, 1)])).runner_up() is None


def test_nothing_can_be_forced_where_nothing_may_be_matched() -> None:
    assert WhatIf(TWO, IlpConfig(n_proj=0)).forced(0, 0) is None


def test_a_forced_pair_may_cost_a_match_that_must_be() -> None:
    forced = WhatIf(TWO, IlpConfig(relation="==")).forced(1, _index(TWO, 0, 1))
    assert forced is not None
    assert (forced.missing, forced.regret) == (1, pytest.approx(1.8))


@settings(max_examples=125)
@given(stated=tied_problems(), data=st.data())
def test_a_regret_is_the_difference_to_the_best_of_all_matchings_with_the_pair(
    stated: ProjectionProblem, data: st.DataObject
) -> None:
    if stated.source_entities and stated.candidates:
        pairs = st.sampled_from(
            list(product(range(len(stated.source_entities)), range(len(stated.candidates))))
        )
        _check_forced(stated, [data.draw(pairs)])


@pytest.mark.parametrize("seed", range(60))
def test_also_where_favourites_clash(seed: int) -> None:
    stated = seeded_problem(np.random.default_rng(seed))
    _check_forced(stated, product(range(len(stated.source_entities)), range(len(stated.candidates))))


@settings(max_examples=125)
@given(stated=tied_problems())
def test_the_runner_up_is_the_best_of_all_other_matchings(stated: ProjectionProblem) -> None:
    what_if = WhatIf(stated)
    best = tuple(what_if.best.pairs)
    others = [tuple(sorted(matching)) for matching in all_matchings(stated)]
    runner_up = what_if.runner_up()
    if runner_up is None:
        assert not best
        return
    assert runner_up.pairs != best
    expected = max(objective(stated, matching) for matching in others if matching != best)
    assert runner_up.objective == pytest.approx(expected)
    assert runner_up.regret == pytest.approx(what_if.best.objective - expected)


def _check_forced(stated: ProjectionProblem, pairs: Iterable[tuple[int, int]]) -> None:
    """Compare with every matching of the other entities on the words that the pair leaves."""
    what_if = WhatIf(stated)
    for pair in pairs:
        span = stated.candidates[pair[1]]
        rest = max(
            objective(stated, matching)
            for matching in all_matchings(stated)
            if all(e != pair[0] and not stated.candidates[c].overlaps(span) for e, c in matching)
        )
        forced = what_if.forced(*pair)
        assert forced is not None
        expected = rest + float(stated.scores.values[pair])
        assert forced.objective == pytest.approx(expected)
        assert forced.regret == pytest.approx(what_if.best.objective - expected)
        assert forced.regret > -1e-9
        assert pair in forced.pairs
