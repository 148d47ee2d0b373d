"""What the sentence component is given to show."""

from __future__ import annotations

import json
from typing import Any

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, PERSON, PLACE, SOURCE, TARGET, pair, problem, projection
from xner_core.types import Entity, Projection, ProjectionProblem, SentencePair, Unprojected
from xner_core.viz.changes import Projected
from xner_core.viz.palette import label_colour
from xner_core.viz.sentence_view import sentence_view as view_of

PROJECTED = projection((1, GOLD[0]), (0, GOLD[1]))


def named(name: str, found: Projection, entities: tuple[Entity, ...] = (PERSON, PLACE)) -> Projected:
    return Projected(name, entities, found)


def sentence_view(
    shown_pair: SentencePair, stated: ProjectionProblem, found: Projection, name: str
) -> dict[str, Any]:
    return view_of(shown_pair, stated, named(name, found))


def lanes(view: dict[str, Any], side: str = "target") -> list[dict[str, Any]]:
    """All lanes of a sentence from top to bottom."""
    return [*view[side]["above"], *view[side]["below"]]


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
    assert [lane["name"] for lane in lanes(view, "source")] == ["entities"]
    assert [lane["name"] for lane in lanes(view)] == ["gold", "Greedy"]


def test_a_span_says_where_it_is_and_what() -> None:
    [person, place] = lanes(sentence_view(pair(), problem(), PROJECTED, "ILP"), "source")[0]["spans"]
    assert (person["start"], person["end"], person["label"]) == (0, 2, "PER")
    assert (place["start"], place["end"], place["label"]) == (4, 5, "LOC")
    assert (person["colour"], place["colour"]) == (label_colour("PER"), label_colour("LOC"))


def test_an_entity_and_its_projection_are_one_group() -> None:
    view = sentence_view(pair(), problem(), PROJECTED, "ILP")
    source = {span["label"]: span["group"] for span in lanes(view, "source")[0]["spans"]}
    target = {span["label"]: span["group"] for span in lanes(view)[1]["spans"]}
    assert source == target == {"PER": 0, "LOC": 1}
    assert {span["group"] for span in lanes(view)[0]["spans"]} == {None}  # gold came from nowhere


def test_an_entity_that_was_not_projected_is_dashed() -> None:
    found = projection((1, GOLD[0]), unprojected=[Unprojected(0, "no link")])
    [person, place] = lanes(sentence_view(pair(), problem(), found, "ILP"), "source")[0]["spans"]
    assert looks(person) == ("dashed", "✕", "not projected")
    assert looks(place) == ("solid", "", "projected")


def test_each_verdict_is_drawn_on_both_sides() -> None:
    gold = [entity(0, 1, "LOC"), entity(1, 2, "ORG"), entity(2, 4, "PER"), entity(5, 6, "DATE")]
    found = projection(
        (0, entity(0, 1, "LOC")), (0, entity(1, 2, "PER")), (0, entity(3, 4, "PER")), (1, entity(4, 5, "LOC"))
    )
    over, under = lanes(sentence_view(pair(gold=gold), problem(), found, "ILP"))
    shared = [
        ("solid", "✓", "correct"),
        ("dashed", "≠", "wrong label"),
        ("dashed", "↔", "wrong boundary"),
    ]
    assert [looks(span) for span in over["spans"]] == [*shared, ("dashed", "✕", "missed")]
    assert [looks(span) for span in under["spans"]] == [*shared, ("dashed", "+", "spurious")]


def test_nothing_is_judged_without_gold() -> None:
    [lane] = lanes(sentence_view(pair(gold=None), problem(), PROJECTED, "ILP"))
    assert lane["name"] == "ILP"
    assert [looks(span) for span in lane["spans"]] == [("solid", "", ""), ("solid", "", "")]


def test_a_translation_without_gold_entities_has_an_empty_lane_and_spurious_ones() -> None:
    over, under = lanes(sentence_view(pair(gold=[]), problem(), PROJECTED, "ILP"))
    assert over["spans"] == []
    assert {span["hint"] for span in under["spans"]} == {"spurious"}


def test_a_word_without_anything_to_see_becomes_visible() -> None:
    view = sentence_view(pair(target=["\u200b", *TARGET[1:]]), problem(), PROJECTED, "ILP")
    assert view["target"]["words"][0] == "∅"


def test_the_component_can_be_sent_it() -> None:
    view = sentence_view(pair(), problem(), PROJECTED, "ILP")
    assert json.loads(json.dumps(view)) == view


def test_gold_stands_above_the_words_and_projections_under_them() -> None:
    view = view_of(pair(), problem(), named("ILP", PROJECTED), named("Greedy", PROJECTED))
    assert [lane["name"] for lane in view["target"]["above"]] == ["gold"]
    assert [lane["name"] for lane in view["target"]["below"]] == ["ILP", "Greedy"]
    assert (view["source"]["above"], len(view["source"]["below"])) == ([], 1)


def differing(view: dict[str, Any]) -> dict[str, list[str]]:
    every = [*lanes(view, "source"), *lanes(view)]
    return {lane["name"]: [span["label"] for span in lane["spans"] if span["differs"]] for lane in every}


def test_what_the_projections_do_not_agree_about_is_marked() -> None:
    other = projection((1, entity(0, 1, "LOC")), (0, GOLD[1]))
    view = view_of(pair(), problem(), named("ILP", PROJECTED), named("Greedy", other))
    assert differing(view) == {"entities": ["LOC"], "gold": [], "ILP": ["LOC"], "Greedy": ["LOC"]}
    assert ["Δ", "not the same with ILP and Greedy"] in view["legend"]
    alike = view_of(pair(), problem(), named("ILP", PROJECTED), named("Greedy", PROJECTED))
    assert not any(differing(alike).values())
    assert "Δ" not in [mark for mark, _ in alike["legend"]]


def test_others_are_compared_with_the_first_one_only() -> None:
    other = projection((0, GOLD[1]))
    view = view_of(
        pair(), problem(), named("ILP", PROJECTED), named("Greedy", PROJECTED), named("pinned", other)
    )
    assert differing(view) == {"entities": ["LOC"], "gold": [], "ILP": ["LOC"], "Greedy": [], "pinned": []}


def test_a_projection_of_other_source_entities_belongs_to_those_that_are_the_same() -> None:
    day = entity(2, 3, "DATE")
    other = projection((0, entity(2, 3, "DATE")), (1, GOLD[1]))
    view = view_of(pair(), problem(), named("ILP", PROJECTED), named("pinned", other, (day, PERSON)))
    assert [(s["label"], s["group"], s["differs"]) for s in lanes(view)[2]["spans"]] == [
        ("DATE", None, True),
        ("PER", 0, False),
    ]
    assert [mark for mark, _ in view["legend"]][-1] == "Δ"


def test_a_span_says_all_in_words() -> None:
    view = sentence_view(pair(), problem(), projection((0, entity(4, 5, "PER"))), "ILP")
    assert [span["says"] for span in lanes(view)[1]["spans"]] == ["“Keller” · PER · ILP · wrong boundary"]
    assert view["legend"] == [["↔", "wrong boundary"], ["✕", "missed, or not projected"]]


def test_what_a_person_corrected_has_a_lane_of_its_own_over_the_projection() -> None:
    corrected = (GOLD[0], entity(5, 6, "ORG"))
    view = view_of(pair(), problem(), named("ILP", PROJECTED), corrected=corrected)
    found = lanes(view)
    assert [(lane["name"], lane["editable"], lane["by_hand"]) for lane in found] == [
        ("gold", False, False),
        ("corrected", True, True),
        ("ILP", False, False),
    ]
    [kept, new] = found[1]["spans"]
    [same] = [span for span in found[2]["spans"] if span["start"] == kept["start"]]
    assert (kept["group"], new["group"]) == (same["group"], None)
    assert new["says"] == "“.” · ORG · corrected · spurious · by hand"
    assert ["═", "corrected by hand"] in view["legend"]


def test_what_is_found_is_what_a_person_starts_to_correct() -> None:
    view = view_of(pair(), problem(), named("ILP", PROJECTED), named("Greedy", PROJECTED))
    every = [*lanes(view, "source"), *lanes(view)]
    assert [lane["name"] for lane in every if lane["editable"]] == ["entities", "ILP"]
    assert not any(lane["by_hand"] for lane in every)
    assert "═" not in [mark for mark, _ in view["legend"]]
    by_hand = view_of(pair(), problem(), named("ILP", PROJECTED), is_source_by_hand=True)
    assert [lane["by_hand"] for lane in lanes(by_hand, "source")] == [True]


def test_entities_that_share_words_are_in_several_lanes() -> None:
    nested = (entity(0, 3, "ORG"), entity(1, 2, "LOC"), entity(3, 4, "PER"))
    view = view_of(pair(), problem(), named("ILP", PROJECTED), corrected=nested)
    found = [lane for lane in lanes(view) if lane["name"] == "corrected"]
    assert [[span["label"] for span in lane["spans"]] for lane in found] == [["ORG", "PER"], ["LOC"]]
