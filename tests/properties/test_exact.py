"""The exact solver against every matching there is, on each of its ways to an answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.oracles.interval_programme import best_by_words
from tests.oracles.matching import Terms, Worth, best_worth, missing, worth
from tests.oracles.pairwise_programme import best_by_pairs
from tests.properties.matchings import (
    RELATIONS,
    any_terms,
    medium_problem,
    small_problem,
    solved,
    twin_problem,
)
from xner_core.projection.exact.instance import Effort, Solution
from xner_core.types import ProjectionProblem


@dataclass(frozen=True)
class Way:
    """An effort that makes the solver take some means, and how often it must have taken each."""

    effort: Effort
    taken: dict[str, int] = field(default_factory=dict)
    follows_tie_rule: bool = False


WAYS = {
    "as always": Way(Effort(), {"favourites": 15, "labels": 350}, follows_tie_rule=True),
    "no labels": Way(Effort(tie_labels=0, labels=0), {"prices": 200, "programme": 70}),
    "no labels, one price step": Way(
        Effort(price_steps=1, tie_labels=0, labels=0), {"prices": 150, "programme": 150}
    ),
    "no labels, one price step, no beam": Way(
        Effort(price_steps=1, beam=0, tie_labels=0, labels=0), {"programme": 180}
    ),
    "no ties kept": Way(Effort(price_steps=1, tie_labels=0), {"labels": 150, "prices": 150}),
    "one price step": Way(Effort(price_steps=1), {"labels": 350}, follows_tie_rule=True),
    "no beam": Way(Effort(price_steps=1, beam=0), {"labels": 350}, follows_tie_rule=True),
    "a beam of one": Way(Effort(price_steps=1, beam=1), {"labels": 350}, follows_tie_rule=True),
    "one round of prices": Way(Effort(price_rounds=1), {"labels": 350}, follows_tie_rule=True),
    "five rounds of few steps": Way(
        Effort(price_rounds=5, price_steps=3), {"labels": 350}, follows_tie_rule=True
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_answer_is_the_best_of_all_matchings(way: Way) -> None:
    rng = np.random.default_rng(1)
    taken: Counter[str] = Counter()
    for _ in range(500):
        problem, terms = small_problem(rng), any_terms(rng)
        found = solved(problem, terms, way.effort)
        check_best(problem, terms, found)
        taken.update(found.settled_by)
        assert found.tie_rule_proven or not way.follows_tie_rule
    assert taken >= Counter(way.taken)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("n_proj", range(4))
def test_every_relation_and_number(relation: str, n_proj: int) -> None:
    rng = np.random.default_rng(n_proj)
    for _ in range(150):
        terms = Terms(relation, n_proj, any_terms(rng).prefer)
        problem = small_problem(rng)
        check_best(problem, terms, solved(problem, terms))


@pytest.mark.parametrize(
    "n_twins", [*range(2, 7), *(pytest.param(n, marks=pytest.mark.study) for n in (7, 8))]
)
def test_entities_with_equal_scores(n_twins: int) -> None:
    """From 5 on they become one, and the diagonal, which tells them apart, is followed as far as it goes."""
    rng = np.random.default_rng(n_twins)
    searched = 0
    for _ in range(40):
        terms, problem = any_terms(rng), twin_problem(rng, n_twins)
        found = solved(problem, terms)
        best = best_by_words(problem, terms)
        check_best(problem, terms, found, best)
        if "labels" in found.settled_by:
            searched += 1
            assert found.tie_rule_proven == (n_twins < 5 or "diagonal" not in terms.prefer)
    assert searched >= 15


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("n_proj", [1, 2])
def test_longer_sentences_against_the_programme_as_published(relation: str, n_proj: int) -> None:
    rng = np.random.default_rng(n_proj)
    for _ in range(6):
        problem, terms = medium_problem(rng), Terms(relation, n_proj)
        n_missing, objective = best_by_pairs(problem, terms)
        found = solved(problem, terms)
        check_matching(problem, terms, found)
        assert sum(found.missing.values()) == n_missing
        assert found.objective == pytest.approx(objective, rel=1e-7)
        assert found.proven


def check_best(problem: ProjectionProblem, terms: Terms, found: Solution, best: Worth | None = None) -> None:
    """Compare an answer with every matching there is."""
    check_matching(problem, terms, found)
    best = best or best_worth(problem, terms)
    got = worth(problem, tuple(found.pairs), terms)
    assert (got.met, got.objective) == (best.met, best.objective)
    if found.tie_rule_proven:
        assert got.taste == best.taste
    assert found.proven
    assert found.upper_bound == found.objective


def check_matching(problem: ProjectionProblem, terms: Terms, found: Solution) -> None:
    """Whether an answer is a matching, and what it says of itself is so."""
    scores = [problem.scores.values[pair] for pair in found.pairs]
    words = [w for _, c in found.pairs for w in range(problem.candidates[c].start, problem.candidates[c].end)]
    assert len(words) == len(set(words))
    assert all(score > 0 for score in scores)
    assert max(Counter(entity for entity, _ in found.pairs).values(), default=0) <= terms.most
    assert found.pairs == sorted(found.pairs)
    assert found.objective == pytest.approx(sum(scores), rel=1e-12)
    assert found.upper_bound >= found.objective
    assert found.missing == missing(problem, tuple(found.pairs), terms)
