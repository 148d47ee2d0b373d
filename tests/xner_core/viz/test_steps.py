"""What the walk is given to show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.builders import entity
from xner_core.projection.ilp import IlpProjector
from xner_core.types import Entity, Match, Projection, ProjectionProblem, Sentence, SentencePair, Span
from xner_core.viz.palette import label_colour
from xner_core.viz.steps import best_candidates, letter, walk_view

ENTITIES = (entity(0, 2, "PER"), entity(3, 4, "LOC"))
PAIR = SentencePair(
    "one",
    Sentence(("Ada", "Byron", "in", "Bonn"), "en", ENTITIES),
    Sentence(("في", "بون", "آدا", "بايرون"), "ar"),
)
SCORES = {(0, (2, 4)): 1.0, (0, (2, 3)): 0.67, (0, (3, 4)): 0.67, (0, (1, 4)): 0.5, (1, (1, 2)): 1.0}


def problem(scores: dict[tuple[int, tuple[int, int]], float] = SCORES) -> ProjectionProblem:
    return builders.problem(ENTITIES, scores, links=((0, 2), (1, 3), (3, 1), (2, 0)), n_source=4, n_target=4)


def solved(stated: ProjectionProblem) -> Projection:
    return IlpProjector().project(stated)


def view(step: int, stated: ProjectionProblem | None = None) -> dict[str, Any]:
    stated = stated or problem()
    return walk_view(PAIR, ENTITIES, step, stated, solved(stated))


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA")]
)
def test_entities_are_named_by_letters(index: int, name: str) -> None:
    assert letter(index) == name


def test_the_first_step_shows_the_source_sentence_alone() -> None:
    shown = walk_view(PAIR, ENTITIES, 1)
    assert shown["source"] == {
        "title": "Source · English",
        "lang": "en",
        "dir": "ltr",
        "words": ["Ada", "Byron", "in", "Bonn"],
    }
    assert (shown["target"], shown["links"], shown["candidates"]) == (None, [], [])
    assert [(each["start"], each["end"], each["letter"], each["label"]) for each in shown["entities"]] == [
        (0, 2, "A", "PER"),
        (3, 4, "B", "LOC"),
    ]
    assert shown["entities"][1]["says"] == "B: “Bonn”, LOC"
    assert shown["entities"][0]["colour"] == label_colour("PER")


def test_links_know_their_entity() -> None:
    shown = view(2)
    assert shown["target"]["dir"] == "rtl"
    assert shown["links"] == [[0, 2, 0], [1, 3, 0], [2, 0, None], [3, 1, 1]]


def test_of_each_entity_the_best_three_and_the_chosen_one() -> None:
    found = best_candidates(problem(), solved(problem()))
    assert [(each.entity, each.span, each.chosen) for each in found] == [
        (0, Span(2, 4), True),
        (0, Span(2, 3), False),
        (0, Span(3, 4), False),
        (1, Span(1, 2), True),
    ]
    chosen = Projection((Match(0, Entity(Span(1, 4), "PER"), 0.5),), (), 0.5, None, "heuristic")
    last = best_candidates(problem(), chosen)[3]
    assert (last.span, last.score, last.chosen) == (Span(1, 4), 0.5, True)


def test_what_a_projector_chose_beyond_the_candidates_is_shown_without_a_score() -> None:
    chosen = Projection((Match(1, Entity(Span(0, 2), "LOC"), None),), (), 0.0, None, "heuristic")
    shown = walk_view(PAIR, ENTITIES, 4, problem(), chosen)
    [odd] = [each for each in shown["candidates"] if each["chosen"]]
    assert (odd["entity"], odd["start"], odd["end"], odd["score"]) == (1, 0, 2, "")


def test_the_best_candidates_stand_in_the_first_row_and_say_what_they_are() -> None:
    shown = view(4)["candidates"]
    assert [(each["letter"], each["row"]) for each in shown] == [("A", 0), ("A", 1), ("A", 1), ("B", 0)]
    assert shown[3]["says"] == "“\u2068بون\u2069” · candidate of B, “Bonn” · score 1.00 · chosen"
    assert shown[1]["says"].endswith("· score 0.67 · not chosen")
    assert "chosen" not in view(3)["candidates"][1]["says"]


@given(
    st.dictionaries(
        st.tuples(
            st.integers(0, 1),
            st.tuples(st.integers(0, 3), st.integers(1, 3)).map(lambda s: (s[0], min(4, sum(s)))),
        ),
        st.sampled_from([0.25, 0.5, 1.0]),
        max_size=8,
    )
)
def test_candidates_of_one_row_share_no_word_and_none_is_lost(scores: dict[Any, float]) -> None:
    stated = problem(scores)
    shown = view(3, stated)["candidates"]
    cells = [(each["row"], word) for each in shown for word in range(each["start"], each["end"])]
    assert len(cells) == len(set(cells))
    for index in range(2):
        n_scored = sum(owner == index for owner, _ in scores)
        n_shown = sum(each["entity"] == index for each in shown)
        assert min(3, n_scored) <= n_shown <= min(4, n_scored)
