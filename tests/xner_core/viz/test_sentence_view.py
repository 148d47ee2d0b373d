"""What the sentence component is given to show."""

from __future__ import annotations

import json
from typing import Any

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, SOURCE, TARGET, pair, problem, projection
from xner_core.types import Unprojected
from xner_core.viz.palette import label_colour
from xner_core.viz.sentence_view import sentence_view

PROJECTED = projection((1, GOLD[0]), (0, GOLD[1]))


def looks(span: dict[str, Any]) -> tuple[str, str, str]:
    return span["style"], span["icon"], span["hint"]


def test_both_sentences_with_their_names_and_words() -> None:
    view = sentence_view(pair(target_lang="ar"), problem(), PROJECTED, "ILP")
    assert (view["source"]["title"], view["target"]["title"]) == ("Source · English", "Target · Arabic")
    assert (view["source"]["dir"], view["target"]["dir"]) == ("ltr", "rtl")
    assert (view["source"]["lang"], view["target"]["lang"]) == ("en", "ar")
    assert (view["source"]["words"], view["target"]["words"]) == (list(SOURCE), list(TARGET))


def test_gold_stands_over_what_was_projected() -> None:
    view = sentence_view(pair(), problem(), PROJECTED, "Greedy")
    assert [lane["name"] for lane in view["source"]["lanes"]] == ["entities"]
    assert [lane["name"] for lane in view["target"]["lanes"]] == ["gold", "Greedy"]


def test_a_span_says_where_it_is_and_what() -> None:
    [person, place] = sentence_view(pair(), problem(), PROJECTED, "ILP")["source"]["lanes"][0]["spans"]
    assert (person["start"], person["end"], person["label"]) == (0, 2, "PER")
    assert (place["start"], place["end"], place["label"]) == (4, 5, "LOC")
    assert (person["colour"], place["colour"]) == (label_colour("PER"), label_colour("LOC"))


def test_an_entity_and_its_projection_are_one_group() -> None:
    view = sentence_view(pair(), problem(), PROJECTED, "ILP")
    source = {span["label"]: span["group"] for span in view["source"]["lanes"][0]["spans"]}
    target = {span["label"]: span["group"] for span in view["target"]["lanes"][1]["spans"]}
    assert source == target == {"PER": 0, "LOC": 1}
    assert {span["group"] for span in view["target"]["lanes"][0]["spans"]} == {None}  # gold came from nowhere


def test_an_entity_that_was_not_projected_is_dashed() -> None:
    found = projection((1, GOLD[0]), unprojected=[Unprojected(0, "no link")])
    [person, place] = sentence_view(pair(), problem(), found, "ILP")["source"]["lanes"][0]["spans"]
    assert looks(person) == ("dashed", "✕", "not projected")
    assert looks(place) == ("solid", "", "projected")


def test_each_verdict_is_drawn_on_both_sides() -> None:
    gold = [entity(0, 1, "LOC"), entity(1, 2, "ORG"), entity(2, 4, "PER"), entity(5, 6, "DATE")]
    found = projection(
        (0, entity(0, 1, "LOC")), (0, entity(1, 2, "PER")), (0, entity(3, 4, "PER")), (1, entity(4, 5, "LOC"))
    )
    over, under = sentence_view(pair(gold=gold), problem(), found, "ILP")["target"]["lanes"]
    shared = [
        ("solid", "✓", "correct"),
        ("dashed", "≠", "wrong label"),
        ("dashed", "↔", "wrong boundary"),
    ]
    assert [looks(span) for span in over["spans"]] == [*shared, ("dashed", "✕", "missed")]
    assert [looks(span) for span in under["spans"]] == [*shared, ("dashed", "+", "spurious")]


def test_nothing_is_judged_without_gold() -> None:
    [lane] = sentence_view(pair(gold=None), problem(), PROJECTED, "ILP")["target"]["lanes"]
    assert lane["name"] == "ILP"
    assert [looks(span) for span in lane["spans"]] == [("solid", "", ""), ("solid", "", "")]


def test_a_translation_without_gold_entities_has_an_empty_lane_and_spurious_ones() -> None:
    over, under = sentence_view(pair(gold=[]), problem(), PROJECTED, "ILP")["target"]["lanes"]
    assert over["spans"] == []
    assert {span["hint"] for span in under["spans"]} == {"spurious"}


def test_a_word_without_anything_to_see_becomes_visible() -> None:
    view = sentence_view(pair(target=["\u200b", *TARGET[1:]]), problem(), PROJECTED, "ILP")
    assert view["target"]["words"][0] == "∅"


def test_the_component_can_be_sent_it() -> None:
    view = sentence_view(pair(), problem(), PROJECTED, "ILP")
    assert json.loads(json.dumps(view)) == view
