"""Each doubt by hand, and the margin against all matchings there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.builders import entity, problem
from tests.oracles.matching import all_matchings, exact_objective
from tests.properties.problems import tied_problems
from xner_core.config import Choice, PipelineConfig
from xner_core.pipeline import SentenceResult
from xner_core.projection.ilp import IlpProjector
from xner_core.review.doubts import Doubter, Doubts
from xner_core.types import (
    BackTranslation,
    Entity,
    Link,
    ProjectionProblem,
    Sentence,
    SentencePair,
    WordAlignment,
)

DOUBTER = Doubter()


def result(stated: ProjectionProblem, source: str = "", target: str = "") -> SentenceResult:
    """The exact projection of a problem between made-up words, in small letters unless given."""
    words = source.split() or [f"s{i}" for i in range(stated.n_source)]
    pair = SentencePair(
        "x",
        Sentence(tuple(words), "en"),
        Sentence(tuple(target.split() or [f"t{i}" for i in range(stated.n_target)]), "de"),
    )
    return SentenceResult(pair, stated.source_entities, stated, IlpProjector().project(stated))


def linked(
    entities: Sequence[Entity],
    scores: dict[tuple[int, tuple[int, int]], float],
    links: Sequence[Link],
    similarity: Sequence[Sequence[float]] | None = None,
) -> ProjectionProblem:
    values = None if similarity is None else np.array(similarity, dtype=np.float32)
    n_source, n_target = (5, 5) if values is None else values.shape
    stated = problem(entities, scores, links=links, n_source=n_source, n_target=n_target)
    return replace(stated, alignment=WordAlignment(tuple(sorted(links)), (), values))


@settings(max_examples=60)
@given(tied_problems())
def test_the_margin_is_that_between_the_best_two_of_all_matchings(stated: ProjectionProblem) -> None:
    scored = [
        matching
        for matching in all_matchings(stated)
        if all(stated.scores.values[pair] > 0 for pair in matching)
    ]
    totals = sorted((exact_objective(stated, matching) for matching in scored), reverse=True)
    found = DOUBTER.doubts(result(stated)).margin
    top = float(stated.scores.values.max(initial=0.0))
    if len(totals) < 2:
        assert found == 0
    else:
        assert found == pytest.approx(max(0.0, 1 - float(totals[0] - totals[1]) / top), abs=1e-6)


def test_the_margin_of_a_sure_and_of_a_tied_choice() -> None:
    def margin(other: float) -> float:
        return DOUBTER.doubts(result(problem([entity(0, 1)], {(0, (0, 1)): 1, (0, (2, 3)): other}))).margin

    assert [margin(1.0), margin(0.75), margin(0.0)] == [1.0, 0.75, 0.0]


def test_what_another_projector_finds_elsewhere() -> None:
    stated = linked(
        [entity(0, 1), entity(2, 3, "LOC")],
        {(0, (0, 1)): 1.0, (1, (3, 4)): 1.0, (1, (4, 5)): 0.5},
        [(0, 0), (2, 4)],
    )
    assert DOUBTER.doubts(result(stated)).methods == 1  # the heuristic follows the link to word 4
    agreeing = linked([entity(0, 1)], {(0, (0, 1)): 1.0}, [(0, 0)])
    assert DOUBTER.doubts(result(agreeing)).methods == 0


def test_a_pipelines_own_projector_is_compared_with_the_exact_one() -> None:
    scores = {(0, (0, 2)): 1.0, (0, (0, 1)): 0.9, (1, (1, 2)): 0.9}
    stated = linked([entity(0, 1), entity(1, 2)], scores, [(0, 0), (1, 1)])
    greedy = PipelineConfig(projector=Choice(name="greedy"))
    projection = greedy.projector.build("projector").project(stated)
    greedily = replace(result(stated), projection=projection)
    assert Doubter(greedy).doubts(greedily).methods == 2
    assert len(Doubter(greedy)._others) == len(DOUBTER._others) == 2


def test_links_that_other_words_fit_better() -> None:
    sure = linked([entity(0, 1)], {(0, (0, 1)): 1.0}, [(0, 0)], [[0.9, 0.1], [0.1, 0.9]])
    even = linked([entity(0, 1)], {(0, (0, 1)): 1.0}, [(0, 0)], [[0.5, 0.5], [0.1, 0.9]])
    assert DOUBTER.doubts(result(sure)).links == pytest.approx(0, abs=1e-5)
    assert DOUBTER.doubts(result(even)).links == pytest.approx(0.5)
    without = replace(even, alignment=WordAlignment(((0, 0),)))
    assert DOUBTER.doubts(result(without)).links == 0


def test_the_weakest_link_of_an_entity_counts() -> None:
    similarity = [[0.9, 0.1, 0.1], [0.1, 0.5, 0.5], [0.1, 0.1, 0.1]]
    stated = linked([entity(0, 2)], {(0, (0, 2)): 1.0}, [(0, 0), (1, 1)], similarity)
    assert DOUBTER.doubts(result(stated)).links == pytest.approx(0.5)


def test_an_entity_without_a_link_is_doubted_and_unprojected() -> None:
    stated = linked([entity(0, 1)], {}, [], [[0.5, 0.5], [0.1, 0.9]])
    doubts = DOUBTER.doubts(result(stated))
    assert doubts.unprojected == 1
    assert doubts.links > 0.99


def test_the_share_of_links_that_lead_out_of_the_target() -> None:
    stated = linked([entity(0, 3)], {(0, (0, 2)): 1.0}, [(0, 0), (1, 1), (2, 4), (4, 4)])
    assert DOUBTER.doubts(result(stated)).outside == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("source", "target", "doubted"),
    [
        ("Rome is old", "Rom ist alt", 0),
        ("Rome is old", "rom ist alt", 1),
        ("rome is old", "Rom ist alt", 1),
        ("Rome is old", "罗马 很 老", 0),
        ("Rome is old", "1984 ist alt", 0),
    ],
)
def test_capital_letters(source: str, target: str, doubted: int) -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 1.0}, links=[(0, 0)], n_source=3, n_target=3)
    assert DOUBTER.doubts(result(stated, source, target)).capitals == doubted


def test_both_ends_are_one_doubt_about_capital_letters() -> None:
    stated = problem([entity(0, 2)], {(0, (0, 2)): 1.0}, links=[(0, 0)], n_source=3, n_target=3)
    assert DOUBTER.doubts(result(stated, "New York sleeps", "new york schläft")).capitals == 1
    assert DOUBTER.doubts(result(stated, "New York sleeps", "New york schläft")).capitals == 1


@pytest.mark.parametrize(
    ("source", "untagged"),
    [
        ("Yesterday Ada met Bo", 1),
        ("she and I ran", 0),
        ("a B-C De Fg Hi", 3),
        ("nothing here", 0),
    ],
)
def test_names_that_the_tagger_may_have_missed(source: str, untagged: int) -> None:
    n_words = len(source.split())
    entities = [entity(1, 2)] if "Ada" in source else []
    stated = problem(entities, {}, n_source=n_words, n_target=2)
    assert DOUBTER.doubts(result(stated, source)).untagged == untagged


def test_what_back_translation_lost_is_unprojected() -> None:
    stated = problem([entity(0, 1)], {(0, (0, 1)): 1.0}, links=[(0, 0)], n_source=3, n_target=3)
    one = result(stated)
    back = BackTranslation(one.pair, (entity(0, 1),), (1,), lost=(0,))
    both = replace(one, source_entities=(entity(0, 1), entity(2, 3)), back_translation=back)
    assert DOUBTER.doubts(both).unprojected == 1


def test_without_entities_only_untagged_words_speak() -> None:
    stated = problem([], {}, n_source=2, n_target=2)
    assert DOUBTER.doubts(result(stated, "in Rome")) == Doubts(untagged=1)
    assert Doubts(untagged=1).as_dict() == {"untagged": 1}
