"""What every projector promises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.builders import entity
from tests.builders import problem as state
from tests.oracles.interval_programme import best_by_words
from tests.properties.problems import aligned_pairs, stated, tied_problems
from xner_core.candidates.ngrams import Ngrams
from xner_core.config import Choice
from xner_core.projection.projector import Projector
from xner_core.registry import COMPONENTS
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import AlignedPair, Projection, ProjectionProblem

every_projector = pytest.mark.parametrize("name", COMPONENTS["projector"])


@every_projector
@settings(max_examples=150)
@given(problem=tied_problems())
def test_arbitrary_scores(name: str, problem: ProjectionProblem) -> None:
    _check(problem, _build(name).project(problem))


@every_projector
@settings(max_examples=150)
@given(case=aligned_pairs())
def test_alignment_scores(name: str, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    scores = AlignmentScore().score(case, candidates)
    problem = stated(case, candidates, scores)
    _check(problem, _build(name).project(problem))


@every_projector
def test_without_entities_there_is_nothing_to_do(name: str) -> None:
    found = _build(name).project(state([], {}, candidates=[(0, 1)]))
    assert (found.matches, found.unprojected, found.objective) == ((), (), 0)


@every_projector
def test_without_candidates_and_links_every_entity_has_no_link(name: str) -> None:
    found = _build(name).project(state([entity(0, 1), entity(1, 3)], {}))
    assert found.matches == ()
    assert [(u.entity, u.reason) for u in found.unprojected] == [(0, "no link"), (1, "no link")]


def _check(problem: ProjectionProblem, found: Projection) -> None:
    words = [w for m in found.matches for w in range(m.target.span.start, m.target.span.end)]
    assert len(words) == len(set(words))
    assert all(0 <= w < problem.n_target for w in words)

    matched = [m.entity for m in found.matches]
    unprojected = [u.entity for u in found.unprojected]
    assert len(matched) == len(set(matched))
    assert unprojected == sorted(unprojected)
    assert sorted(matched + unprojected) == list(range(len(problem.source_entities)))

    for match in found.matches:
        assert match.target.label == problem.source_entities[match.entity].label
        if match.target.span in problem.candidates:
            index = problem.candidates.index(match.target.span)
            assert match.score == problem.scores.values[match.entity, index]
        else:
            assert match.score is None
    assert found.objective == pytest.approx(sum(m.score or 0 for m in found.matches))
    assert list(found.target_entities) == [m.target for m in found.matches]

    best = best_by_words(problem)[0]
    assert found.objective <= best + 1e-9
    if found.upper_bound is not None:
        assert found.upper_bound >= best - 1e-9
    if found.status == "optimal":
        assert found.objective == pytest.approx(best)


def _build(name: str) -> Projector:
    projector: Projector = Choice(name=name).build("projector")
    return projector
