"""What the alignment grid is given to show."""

from __future__ import annotations

import json

import pytest

from tests.xner_core.viz.examples import GOLD, LINKS, SOURCE, TARGET, pair, problem, projection
from xner_core.types import WordAlignment
from xner_core.viz.alignment_view import alignment_view
from xner_core.viz.palette import label_colour

PROJECTED = projection((1, GOLD[0]), (0, GOLD[1]))


def test_words_carry_the_label_of_their_entity() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False)
    assert [word["text"] for word in view["source"]["words"]] == list(SOURCE)
    assert [word["label"] for word in view["source"]["words"]] == ["PER", "PER", "", "", "LOC", ""]
    assert [word["text"] for word in view["target"]["words"]] == list(TARGET)
    assert [word["label"] for word in view["target"]["words"]] == ["", "LOC", "", "PER", "PER", ""]
    assert view["target"]["words"][1]["colour"] == label_colour("LOC")
    assert view["target"]["words"][0]["colour"] == ""


def test_target_words_show_what_was_projected_not_gold() -> None:
    view = alignment_view(pair(), problem(), projection(), entity_rows_only=False)
    assert {word["label"] for word in view["target"]["words"]} == {""}


def test_all_rows_with_their_similarities_in_percent() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False)
    assert view["rows"] == [0, 1, 2, 3, 4, 5]
    assert view["similarity"] == [[10 * i + j for j in range(6)] for i in range(6)]
    assert view["links"] == list(LINKS)


def test_rows_of_entities_only() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=True)
    assert view["rows"] == [0, 1, 4]
    assert [row[0] for row in view["similarity"]] == [0, 10, 40]
    assert view["links"] == list(LINKS)  # indices stay those of the sentence
    assert len(view["source"]["words"]) == len(SOURCE)


def test_no_row_where_there_is_no_entity() -> None:
    view = alignment_view(pair(), problem(()), projection(), entity_rows_only=True)
    assert view["rows"] == view["similarity"] == []


def test_links_that_came_without_similarities() -> None:
    view = alignment_view(pair(), problem(similar=False), PROJECTED, entity_rows_only=False)
    assert view["similarity"] == []
    assert view["links"] == list(LINKS)


def test_sure_and_possible_gold_links_are_kept_apart() -> None:
    gold = WordAlignment.of([(0, 3), (4, 1)], [(3, 0)])
    view = alignment_view(pair(gold_alignment=gold), problem(), PROJECTED, entity_rows_only=False)
    assert view["gold_sure"] == [(0, 3), (4, 1)]
    assert view["gold_possible"] == [(3, 0)]


def test_no_gold_links_where_the_corpus_has_none() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False)
    assert view["gold_sure"] == view["gold_possible"] == []


def test_a_bracket_for_each_projected_and_each_gold_entity() -> None:
    view = alignment_view(pair(), problem(), projection((1, GOLD[0])), entity_rows_only=False)
    brackets = [(b["kind"], b["start"], b["end"], b["label"], b["colour"]) for b in view["brackets"]]
    assert brackets == [
        ("projected", 1, 2, "LOC", label_colour("LOC")),
        ("gold", 1, 2, "LOC", label_colour("LOC")),
        ("gold", 3, 5, "PER", label_colour("PER")),
    ]


def test_no_gold_bracket_where_the_corpus_has_no_tags() -> None:
    view = alignment_view(pair(gold=None), problem(), PROJECTED, entity_rows_only=False)
    assert {bracket["kind"] for bracket in view["brackets"]} == {"projected"}


@pytest.mark.parametrize(
    ("lang", "direction"), [("de", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("zh", "ltr"), ("und", "auto")]
)
def test_each_side_has_its_own_direction(lang: str, direction: str) -> None:
    view = alignment_view(pair(target_lang=lang), problem(), PROJECTED, entity_rows_only=False)
    assert (view["target"]["lang"], view["target"]["dir"]) == (lang, direction)
    assert (view["source"]["lang"], view["source"]["dir"]) == ("en", "ltr")


def test_a_word_without_anything_to_see_becomes_visible() -> None:
    view = alignment_view(pair(target=["\u200b", *TARGET[1:]]), problem(), PROJECTED, entity_rows_only=False)
    assert view["target"]["words"][0]["text"] == "∅"


def test_the_component_can_be_sent_it() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False)
    sent = json.loads(json.dumps(view))  # numpy's numbers would not go through
    assert sent["similarity"] == view["similarity"]
