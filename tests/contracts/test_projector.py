"""What every projector promises, with any of its options."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from tests.builders import entity
from tests.builders import problem as state
from tests.oracles.interval_programme import best_by_words
from tests.oracles.matching import Terms, missing
from tests.properties.matchings import matching_of
from tests.properties.problems import aligned_pairs, tied_problems
from xner_core.candidates.ngrams import Ngrams
from xner_core.config import Choice
from xner_core.projection.projector import Projector
from xner_core.registry import COMPONENTS, component_class
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import AlignedPair, Projection, ProjectionProblem

VARIED: dict[str, list[Any]] = {
    "n_proj": [0, 2],
    "keep": [2],
    "relation": ["==", ">="],
    "prefer": [("shorter", "right"), ()],
}
"""Values to try besides the default of every option of this name."""


def _choices(name: str) -> list[Choice]:
    """The defaults, each option by itself, and the number of projections with each relation."""
    fields = component_class("projector", name).Config.model_fields
    options = [{key: value} for key, values in VARIED.items() if key in fields for value in values]
    if "relation" in fields:
        options += [{"relation": relation, "n_proj": 2} for relation in VARIED["relation"]]
    return [Choice(name=name, options=one) for one in ({}, *options)]


every_projector = pytest.mark.parametrize("name", COMPONENTS["projector"])
every_choice = pytest.mark.parametrize(
    "choice", [choice for name in COMPONENTS["projector"] for choice in _choices(name)], ids=str
)


@every_choice
@settings(max_examples=40)
@given(problem=tied_problems())
def test_arbitrary_scores(choice: Choice, problem: ProjectionProblem) -> None:
    _check(problem, choice)


@every_choice
@settings(max_examples=40)
@given(case=aligned_pairs())
def test_alignment_scores(choice: Choice, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    _check(ProjectionProblem.of(case, candidates, AlignmentScore().score(case, candidates)), choice)


@every_projector
def test_without_entities_there_is_nothing_to_do(name: str) -> None:
    found = _build(Choice(name=name)).project(state([], {}, candidates=[(0, 1)]))
    assert (found.matches, found.unprojected, found.objective) == ((), (), 0)


@every_projector
def test_without_candidates_and_links_every_entity_has_no_link(name: str) -> None:
    found = _build(Choice(name=name)).project(state([entity(0, 1), entity(1, 3)], {}))
    assert found.matches == ()
    assert [(u.entity, u.reason) for u in found.unprojected] == [(0, "no link"), (1, "no link")]


def _check(problem: ProjectionProblem, choice: Choice) -> None:
    projector = _build(choice)
    found = projector.project(problem)
    terms = Terms(
        relation=getattr(projector.config, "relation", "<="),
        n_proj=getattr(projector.config, "n_proj", getattr(projector.config, "keep", 1)),
    )
    _check_matches(problem, found, terms)
    best = best_by_words(problem, terms)
    if found.unmet:
        pairs = matching_of(problem, found)
        assert {u.entity: u.missing for u in found.unmet} == missing(problem, pairs, terms)
    lacking = -sum(u.missing for u in found.unmet)
    assert lacking <= best.met
    if lacking == best.met:
        assert found.objective <= float(best.objective) + 1e-9
    if found.upper_bound is not None:
        assert found.upper_bound >= max(float(best.objective) - 1e-9, found.objective)
    if found.status in {"optimal", "relaxed"}:
        assert found.objective == pytest.approx(float(best.objective))
        assert lacking == best.met
        assert (found.status == "relaxed") == (lacking < 0)


def _check_matches(problem: ProjectionProblem, found: Projection, terms: Terms) -> None:
    words = [w for m in found.matches for w in range(m.target.span.start, m.target.span.end)]
    assert len(words) == len(set(words))
    assert all(0 <= w < problem.n_target for w in words)

    matched = Counter(m.entity for m in found.matches)
    unprojected = [u.entity for u in found.unprojected]
    assert max(matched.values(), default=0) <= terms.most
    assert unprojected == sorted(unprojected)
    assert sorted([*matched, *unprojected]) == list(range(len(problem.source_entities)))

    for match in found.matches:
        assert match.target.label == problem.source_entities[match.entity].label
        if match.target.span in problem.candidates:
            index = problem.candidates.index(match.target.span)
            assert match.score == problem.scores.values[match.entity, index]
        else:
            assert match.score is None
    assert found.objective == pytest.approx(sum(m.score or 0 for m in found.matches))
    assert list(found.target_entities) == [m.target for m in found.matches]


def _build(choice: Choice) -> Projector:
    projector: Projector = choice.build("projector")
    return projector
