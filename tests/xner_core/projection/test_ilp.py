"""What exact matching takes, and what it says when time runs out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.builders import entity, matched, problem
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.types import Entity, ProjectionProblem, ScoreMatrix, Span, WordAlignment

PROJECTOR = IlpProjector()


def test_two_good_pairs_beat_the_best_one() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2)],
        {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9},
    )
    found = PROJECTOR.project(stated)
    assert matched(found) == {0: (0, 1), 1: (1, 2)}
    assert found.status == "optimal"
    assert found.objective == pytest.approx(1.8)
    assert found.upper_bound == pytest.approx(1.8)


def test_an_entity_gives_way_where_the_sum_is_larger_without_it() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2), entity(2, 3)],
        {(0, (0, 3)): 1.0, (1, (0, 1)): 0.6, (2, (2, 3)): 0.6},
    )
    found = PROJECTOR.project(stated)
    assert matched(found) == {1: (0, 1), 2: (2, 3)}
    assert [(u.entity, u.reason) for u in found.unprojected] == [(0, "overlap")]


def test_scores_of_any_size_are_solved_alike() -> None:
    scores = {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9}
    for factor in (1e-6, 1e6):
        scaled = {pair: score * factor for pair, score in scores.items()}
        found = PROJECTOR.project(problem([entity(0, 1), entity(1, 2)], scaled))
        assert found.objective == pytest.approx(1.8 * factor)


def test_out_of_time_it_returns_a_matching_and_a_bound() -> None:
    crowded = _crowded(n_entities=30, n_target=60)
    found = IlpProjector(IlpConfig(time_limit=1e-6)).project(crowded)
    assert found.status == "feasible"
    assert 0 < found.objective == pytest.approx(sum(m.score or 0 for m in found.matches))
    assert found.objective >= GreedyProjector().project(crowded).objective  # never worse than the cheap way
    # Every entity has a candidate that scores 1.
    assert found.upper_bound is not None
    assert math.isfinite(found.upper_bound)
    assert found.objective <= found.upper_bound <= 30
    words = [w for m in found.matches for w in range(m.target.span.start, m.target.span.end)]
    assert len(words) == len(set(words))


def test_a_time_limit_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ConfigError, match="time_limit"):
        Choice(name="ilp", options={"time_limit": 0}).build("projector")


def _crowded(n_entities: int, n_target: int) -> ProjectionProblem:
    rng = np.random.default_rng(1)
    candidates = tuple(Span(a, b) for a in range(n_target) for b in range(a + 1, min(n_target, a + 6) + 1))
    scores = rng.choice([0, 0.5, 2 / 3, 1], size=(n_entities, len(candidates)))
    return ProjectionProblem(
        tuple(Entity(Span(i, i + 1), "PER") for i in range(n_entities)),
        candidates,
        ScoreMatrix(scores, {}),
        WordAlignment.of([]),
        n_entities,
        n_target,
    )
