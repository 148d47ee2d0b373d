"""What may be done to a problem, and what that does to the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.oracles.matching import Terms
from tests.properties.matchings import (
    FRACTIONS,
    TASTES,
    crowded_problems,
    every_span,
    joined,
    medium_problem,
    project,
    rescored,
    shifted,
    small_problem,
    terms_of,
    twin_problem,
    with_candidate,
)
from tests.properties.problems import permuted
from xner_core.config import Choice
from xner_core.types import Projection, ProjectionProblem, Span

OPTIONS: list[tuple[str, dict[str, Any]]] = [
    ("heuristic", {}),
    ("heuristic", {"keep": 2, "merge_distance": 0, "length_ratio": 0.0}),
    ("greedy", {}),
    ("greedy", {"n_proj": 2}),
    *(("ilp", {"relation": r, "n_proj": n}) for r in ("<=", "==", ">=") for n in (1, 2)),
    ("ilp", {"relation": "==", "strict": True}),
]
every_option = pytest.mark.parametrize(("name", "options"), OPTIONS, ids=str)


@every_option
@settings(max_examples=60)
@given(problem=crowded_problems(), prefer=st.sampled_from(TASTES), data=st.data())
def test_the_order_of_entities_and_candidates_decides_nothing(
    name: str,
    options: dict[str, Any],
    problem: ProjectionProblem,
    prefer: tuple[str, ...],
    data: st.DataObject,
) -> None:
    rows = data.draw(st.permutations(range(len(problem.source_entities))))
    columns = data.draw(st.permutations(range(len(problem.candidates))))
    _check_permuted(name, {**options, "prefer": prefer}, problem, rows, columns)


@pytest.mark.parametrize("name", ["greedy", "ilp"])
def test_nor_does_it_where_entities_are_merged_or_sentences_long(name: str) -> None:
    rng = np.random.default_rng(0)
    for make in [small_problem, medium_problem, *(lambda rng, n=n: twin_problem(rng, n) for n in (4, 6, 8))]:
        for _ in range(8):
            problem = make(rng)
            rows = rng.permutation(len(problem.source_entities)).tolist()
            columns = rng.permutation(len(problem.candidates)).tolist()
            _check_permuted(name, {"prefer": ("longer", "diagonal", "left")}, problem, rows, columns)


@settings(max_examples=50)
@given(
    problem=crowded_problems(),
    terms=terms_of(),
    exponent=st.integers(-200, 200),
)
def test_scaling_by_a_power_of_two_changes_no_match(
    problem: ProjectionProblem, terms: Terms, exponent: int
) -> None:
    scaled = project(rescored(problem, np.ldexp(problem.scores.values, exponent)), terms)
    unscaled = project(problem, terms)
    assert _targets(scaled) == _targets(unscaled)
    assert scaled.objective == np.ldexp(unscaled.objective, exponent)
    assert scaled.status == unscaled.status


@settings(max_examples=150)
@given(
    problem=crowded_problems(),
    terms=terms_of(),
    factor=st.floats(1e-12, 1e12),
)
def test_scaling_changes_no_match(problem: ProjectionProblem, terms: Terms, factor: float) -> None:
    scaled = project(rescored(problem, problem.scores.values * factor), terms)
    unscaled = project(problem, terms)
    assert _targets(scaled) == _targets(unscaled)
    assert scaled.objective == pytest.approx(unscaled.objective * factor, rel=1e-12)
    assert scaled.status == unscaled.status


@settings(max_examples=50)
@given(problem=crowded_problems(), relation=st.sampled_from(["<=", "==", ">="]), by=st.integers(1, 9))
def test_shifting_all_candidates_shifts_the_matches(
    problem: ProjectionProblem, relation: str, by: int
) -> None:
    # Not with the diagonal, which moves with the length of the sentence.
    terms = Terms(relation, 1, ("longer", "left"))
    before, after = project(problem, terms), project(shifted(problem, by), terms)
    assert after.objective == before.objective
    assert _targets(after) == [(e, start + by, end + by) for e, start, end in _targets(before)]


@settings(max_examples=75)
@given(problem=crowded_problems(), n_proj=st.integers(0, 3), data=st.data())
def test_one_candidate_more_never_lowers_the_optimum(
    problem: ProjectionProblem, n_proj: int, data: st.DataObject
) -> None:
    new = sorted(set(every_span(problem.n_target, problem.n_target)) - set(problem.candidates))
    assume(new)
    scores = data.draw(st.lists(st.sampled_from(FRACTIONS), min_size=4, max_size=4))
    span = data.draw(st.sampled_from(new))
    more = with_candidate(problem, span, scores[: len(problem.source_entities)])
    terms = Terms("<=", n_proj)
    assert project(more, terms).objective >= project(problem, terms).objective - 1e-12


@settings(max_examples=75)
@given(problem=crowded_problems(), terms=terms_of(), factor=st.sampled_from([0.0, 0.75]))
def test_a_span_that_everyone_likes_less_than_a_part_of_it_changes_nothing(
    problem: ProjectionProblem, terms: Terms, factor: float
) -> None:
    longer = replace(problem, n_target=problem.n_target + 1)
    worse = factor * problem.scores.values.max(axis=1, initial=0.0)
    more = with_candidate(longer, Span(0, longer.n_target), worse.tolist())
    before, after = project(longer, terms), project(more, terms)
    assert _targets(after) == _targets(before)
    assert (after.objective, after.status) == (before.objective, before.status)


@settings(max_examples=50)
@given(one=crowded_problems(), other=crowded_problems(), terms=terms_of())
def test_the_objective_of_two_sentences_is_the_sum_of_both(
    one: ProjectionProblem, other: ProjectionProblem, terms: Terms
) -> None:
    apart = [project(problem, terms) for problem in (one, other)]
    together = project(joined(one, other), terms)
    assert together.objective == pytest.approx(sum(p.objective for p in apart), rel=1e-12)
    assert sum(u.missing for u in together.unmet) == sum(u.missing for p in apart for u in p.unmet)


def _check_permuted(
    name: str, options: dict[str, Any], problem: ProjectionProblem, rows: list[int], columns: list[int]
) -> None:
    projector = Choice(name=name, options=options).build("projector")
    before = projector.project(problem)
    after = projector.project(permuted(problem, list(rows), list(columns)))
    assert [(rows[m.entity], m.target, m.score) for m in after.matches] == [
        (m.entity, m.target, m.score) for m in before.matches
    ]
    assert {(rows[u.entity], u.reason) for u in after.unprojected} == {
        (u.entity, u.reason) for u in before.unprojected
    }
    assert {(rows[u.entity], u.missing) for u in after.unmet} == {(u.entity, u.missing) for u in before.unmet}
    assert (after.objective, after.upper_bound) == (before.objective, before.upper_bound)
    assert (after.status, after.tie_rule_proven) == (before.status, before.tie_rule_proven)


def _targets(projection: Projection) -> list[tuple[int, int, int]]:
    return [(m.entity, m.target.span.start, m.target.span.end) for m in projection.matches]
