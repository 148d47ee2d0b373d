"""How the solver puts its means in order, and the problems that made each of them necessary."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.oracles.matching import Terms
from tests.oracles.pairwise_programme import best_by_pairs
from tests.properties.matchings import every_span, solved
from tests.xner_core.projection.exact.components import best, random_component, worth
from xner_core.projection.exact.instance import Demand, Effort
from xner_core.projection.exact.solver import settle, solve
from xner_core.projection.preference import bounds_of
from xner_core.types import Entity, ProjectionProblem, ScoreMatrix, Span, WordAlignment


def test_favourites_that_do_not_clash_are_enough() -> None:
    found = solved(_problem(5, {(0, (0, 1)): 0.5, (1, (1, 2)): 0.5}), Terms())
    assert (found.pairs, found.settled_by) == ([(0, 0), (1, 1)], {"favourites": 1})


def test_what_does_not_compete_is_settled_apart() -> None:
    scores = {(e, (0, 1)): 1.0 for e in (0, 1)} | {(0, (1, 2)): 0.5}
    scores |= {(e, (3, 4)): 1.0 for e in (2, 3)} | {(3, (4, 5)): 0.25}
    found = solved(_problem(5, scores), Terms())
    assert sum(found.settled_by.values()) == 2
    assert found.objective == 2.75


def test_a_rainbow_path_goes_to_the_programme_if_labels_run_out() -> None:
    """The hard case (Le and Pfender 2014): words in a row, each two neighbours wanted by one entity."""
    rng = np.random.default_rng(0)
    path = _problem(41, {(int(rng.integers(20)), (word, word + 2)): 1.0 for word in range(39)}, 20)
    few = Effort(price_steps=2, beam=1, tie_labels=50, labels=50)
    by_programme, by_labels = solved(path, Terms(), few), solved(path, Terms())
    assert by_programme.settled_by == {"programme": 1}
    assert by_labels.settled_by == {"labels": 1}
    assert by_programme.proven
    assert by_programme.objective == by_labels.objective == pytest.approx(best_by_pairs(path)[1])


def test_a_tiling_is_proven_by_the_beam() -> None:
    """Scores that are nearly lengths: packing leaves holes, a few labels fill them and meet the bound."""
    tiling = _tiling(8, 30)
    few = Effort(price_steps=5, price_rounds=1, tie_labels=0, labels=0)
    found = {beam: solved(tiling, Terms(), replace(few, beam=beam)) for beam in (0, 64)}
    assert {beam: solution.settled_by for beam, solution in found.items()} == {
        0: {"programme": 1},
        64: {"prices": 1},
    }
    assert found[0].objective == found[64].objective


@pytest.mark.parametrize("longest", [2, 3, 5])
def test_the_worst_case_of_greedy(longest: int) -> None:
    """A span scored a little more than 1 blocks as many single words, and one of its entity elsewhere."""
    scores = {(0, (0, longest)): 1.001, (0, (longest, longest + 1)): 1.0}
    scores |= {(word + 1, (word, word + 1)): 1.0 for word in range(longest)}
    assert solved(_problem(longest + 1, scores), Terms()).objective == longest + 1


@pytest.mark.parametrize("effort", [Effort(), Effort(tie_labels=0, labels=0, beam=0, price_steps=1)])
def test_missing_matches_are_named(effort: Effort) -> None:
    scores = {(0, (0, 1)): 1.0, (1, (0, 1)): 0.5, (1, (1, 2)): 0.1}
    found = solved(_problem(3, scores, n_entities=3), Terms("==", 2), effort)
    assert (found.pairs, found.missing) == ([(0, 0), (1, 1)], {0: 1, 1: 1, 2: 2})
    assert found.objective == 1.1


def test_fewer_missing_matches_come_before_any_score() -> None:
    scores = {(0, (0, 2)): 1e6, (0, (0, 1)): 1e-6, (1, (1, 2)): 1e-6}
    problem = _problem(3, scores)
    assert solved(problem, Terms("<=")).objective == 1e6
    for relation in ("==", ">="):
        found = solved(problem, Terms(relation))
        assert (found.objective, found.missing) == (2e-6, {})


def test_no_demand_is_no_match() -> None:
    assert solved(_problem(3, {(0, (0, 1)): 1.0}), Terms("==", 0)).pairs == []
    anything = solved(_problem(3, {(0, (0, 1)): 1.0, (0, (1, 2)): 0.5}), Terms(">=", 0))
    assert anything.pairs == [(0, 0), (0, 1)]


def test_each_entity_may_have_its_own_demand() -> None:
    rng = np.random.default_rng(0)
    for _ in range(150):
        component = random_component(rng, n_columns=1)
        targets = np.unique(np.column_stack([component.start, component.end]), axis=0)
        scores = np.zeros((len(component.most), len(targets)))
        bounds = np.column_stack([component.start, component.end]).tolist()
        places = [targets.tolist().index(both) for both in bounds]
        scores[component.entity, places] = component.weight
        demand = Demand(np.array(component.fewest), np.array(component.most))
        found = solve(scores, targets, demand, lambda e, c: np.zeros((0, len(e), len(c)), np.int64))
        lacking = sum(found.missing.values())
        assert found.objective - component.shortage * lacking == best(component)[0]


def test_the_bound_is_in_the_unit_of_the_scores_though_nobody_may_have_the_largest() -> None:
    tiling = _tiling(8, 30)
    scores = np.vstack([tiling.scores.values, np.full(len(tiling.candidates), 1000.0)])
    targets = bounds_of(tiling.candidates)
    demand = Demand(np.array([1] * 8 + [0]), np.array([1] * 8 + [0]))
    found = solve(
        scores, targets, demand, lambda e, c: np.zeros((0, len(e), len(c)), np.int64), time_limit=-1.0
    )
    assert found.objective <= found.upper_bound <= 30.1


@pytest.mark.parametrize("shape", [(0, 0), (2, 0), (0, 2)])
def test_without_entities_or_candidates_all_is_missing(shape: tuple[int, int]) -> None:
    targets = np.array([(i, i + 1) for i in range(shape[1])], dtype=np.int64).reshape(-1, 2)
    once = np.ones(shape[0], dtype=np.int64)
    found = solve(
        np.zeros(shape), targets, Demand(once, once), lambda e, c: np.zeros((0, len(e), len(c)), np.int64)
    )
    assert (found.pairs, found.missing) == ([], dict.fromkeys(range(shape[0]), 1))


def test_entities_without_any_score_are_no_reason_to_doubt_the_tie_rule() -> None:
    scores = {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9}
    found = solved(_problem(9, scores, n_entities=9), Terms())
    assert found.settled_by == {"labels": 1}
    assert found.tie_rule_proven


@pytest.mark.parametrize("steps", [1, 60])
@pytest.mark.parametrize("beam", [0, 1, 64])
def test_a_component_is_settled_by_any_effort(steps: int, beam: int) -> None:
    rng = np.random.default_rng(beam)
    for _ in range(60):
        component = random_component(rng)
        settled = settle(component, math.inf, Effort(price_steps=steps, beam=beam))
        assert worth(component, settled.chosen) == best(component)[0]
        assert (settled.gap, settled.proven, settled.tie_rule_proven) == (0, True, True)


@pytest.mark.parametrize(("relation", "n_proj"), [("<=", 1), ("==", 1), ("==", 2), (">=", 1), (">=", 2)])
@pytest.mark.parametrize("scale", [1.0, 1e-12])
def test_at_the_time_limit_the_bound_holds_and_nothing_more_is_claimed(
    relation: str, n_proj: int, scale: float
) -> None:
    crowded = _tiling(8, 30, scale)
    terms = Terms(relation, n_proj)
    unhurried = solved(crowded, terms)
    assert unhurried.proven
    for seconds in (-1.0, 1e-6):
        found = solved(crowded, terms, time_limit=seconds)
        assert found.settled_by == {"programme": 1}
        assert not found.tie_rule_proven
        lacking, fewest = sum(found.missing.values()), sum(unhurried.missing.values())
        assert lacking >= fewest
        assert found.upper_bound >= max(found.objective, unhurried.objective)
        # Not more than what all words can earn.
        assert found.upper_bound <= 30.1 * scale
        if found.proven:
            assert (lacking, found.objective) == (fewest, pytest.approx(unhurried.objective))


def test_it_is_the_same_in_every_process() -> None:
    script = """
import numpy as np
from tests.properties.matchings import any_terms, medium_problem, small_problem, solved, twin_problem
rng = np.random.default_rng(0)
for problem in [small_problem(rng) for _ in range(30)] + [medium_problem(rng), twin_problem(rng, 6)]:
    found = solved(problem, any_terms(rng))
    print(found.pairs, found.objective, found.settled_by)
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert answers.pop().count("\n") == 32


def _tiling(n_entities: int, n_words: int, scale: float = 1.0) -> ProjectionProblem:
    """Every entity may have any span of up to 4 words; scores are about the length."""
    rng = np.random.default_rng(0)
    scores = {
        (entity, (span.start, span.end)): scale * len(span) * (1 - int(rng.integers(3)) / 64)
        for entity in range(n_entities)
        for span in every_span(n_words, 4)
    }
    return _problem(n_words, scores)


def _problem(
    n_words: int, scores: dict[tuple[int, tuple[int, int]], float], n_entities: int = 0
) -> ProjectionProblem:
    n_entities = n_entities or 1 + max(entity for entity, _ in scores)
    spans = sorted({span for _, span in scores})
    values = np.zeros((n_entities, len(spans)))
    for (entity, span), score in scores.items():
        values[entity, spans.index(span)] = score
    return ProjectionProblem(
        tuple(Entity(Span(i, i + 1), "PER") for i in range(n_entities)),
        tuple(Span(*span) for span in spans),
        ScoreMatrix(values, {}),
        WordAlignment.of([]),
        n_entities,
        n_words,
    )
