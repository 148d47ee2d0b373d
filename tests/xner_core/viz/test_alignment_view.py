"""What the alignment grid is given to show."""

from __future__ import annotations

import json

import pytest

from tests.xner_core.viz.examples import GOLD, LINKS, SOURCE, TARGET, numbers, pair, problem, projection
from xner_core.types import WordAlignment
from xner_core.viz.alignment_view import Cells, alignment_view
from xner_core.viz.comparison import Comparison
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
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False, numbers=numbers())
    assert view["rows"] == [0, 1, 2, 3, 4, 5]
    assert view["cells"] == {
        "name": "similarity",
        "percent": [[10 * i + j for j in range(6)] for i in range(6)],
        "range": [0, 55],
    }
    assert view["links"] == [[i, j, "sure", "none"] for i, j in LINKS]
    assert view["names"] == []


def test_rows_of_entities_only() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=True, numbers=numbers())
    assert view["rows"] == [0, 1, 4]
    assert [row[0] for row in view["cells"]["percent"]] == [0, 10, 40]
    assert view["cells"]["range"] == [0, 55]  # of the whole sentence, whichever rows are shown
    assert [row[0] for row in view["numbers"]["similarity"]] == [0, 100, 400]
    assert len(view["links"]) == len(LINKS)  # indices stay those of the sentence
    assert len(view["source"]["words"]) == len(SOURCE)


def test_no_row_where_there_is_no_entity() -> None:
    view = alignment_view(pair(), problem(()), projection(), entity_rows_only=True, numbers=numbers())
    assert view["rows"] == view["cells"]["percent"] == []


@pytest.mark.parametrize(
    ("cells", "name", "first"),
    [("forward", "forward probability", 10), ("backward", "backward probability", 90)],
)
def test_probabilities_in_percent_on_a_scale_up_to_one(cells: Cells, name: str, first: int) -> None:
    view = alignment_view(
        pair(), problem(), PROJECTED, entity_rows_only=False, cells=cells, numbers=numbers()
    )
    assert (view["cells"]["name"], view["cells"]["range"]) == (name, [0, 100])
    assert view["cells"]["percent"][1][0] == first


def test_links_only() -> None:
    view = alignment_view(
        pair(), problem(), PROJECTED, entity_rows_only=False, cells="links", numbers=numbers()
    )
    assert (view["cells"]["name"], view["cells"]["percent"]) == ("links only", [])
    assert view["numbers"] is not None  # pointing at a cell still tells them


def test_links_that_came_without_similarities() -> None:
    view = alignment_view(pair(), problem(similar=False), PROJECTED, entity_rows_only=False)
    assert view["cells"]["name"] == "links only"
    assert view["cells"]["percent"] == []
    assert view["numbers"] is None
    assert {word["undecided"] for word in view["source"]["words"]} == {None}
    assert len(view["links"]) == len(LINKS)


def test_the_numbers_of_each_cell_and_how_undecided_each_word_is() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False, numbers=numbers())
    assert view["numbers"]["similarity"][4][1] == 410
    assert view["numbers"]["forward"][4][1] == 41
    assert view["numbers"]["backward"][4][1] == 59
    assert view["numbers"]["best"]["source"][4] == [[5, 450], [4, 440]]
    assert view["numbers"]["best"]["target"][1] == [[5, 510], [4, 410]]
    assert [word["undecided"] for word in view["source"]["words"]] == [0, 20, 40, 60, 80, 100]
    assert [word["undecided"] for word in view["target"]["words"]] == [100, 80, 60, 40, 20, 0]


def test_the_links_are_those_before_a_person_changed_them() -> None:
    found = WordAlignment.of([(0, 3)], [(2, 2)])
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False, found=found)
    assert view["links"] == [[0, 3, "sure", "none"], [2, 2, "possible", "none"]]
    assert view["editable"]


def test_words_and_brackets_name_their_source_entity() -> None:
    view = alignment_view(pair(), problem(), projection((1, GOLD[0])), entity_rows_only=False)
    assert [word["group"] for word in view["source"]["words"]] == [0, 0, None, None, 1, None]
    assert [word["group"] for word in view["target"]["words"]] == [None, 1, None, None, None, None]
    assert [(b["kind"], b["group"]) for b in view["brackets"]] == [
        ("projected", 1),
        ("gold", 1),
        ("gold", None),
    ]


def test_the_links_of_two_alignments_say_what_each_says() -> None:
    other = Comparison(problem().alignment, WordAlignment.of([(0, 3), (0, 4)]), ("itermax", "argmax"))
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False, compared=other)
    assert view["names"] == ["itermax", "argmax"]
    assert view["links"][:3] == [[0, 3, "sure", "sure"], [0, 4, "none", "sure"], [1, 4, "sure", "none"]]
    assert len(view["links"]) == len(LINKS) + 1


def test_sure_and_possible_gold_links_are_kept_apart() -> None:
    gold = WordAlignment.of([(0, 3), (4, 1)], [(3, 0)])
    view = alignment_view(pair(gold_alignment=gold), problem(), PROJECTED, entity_rows_only=False)
    assert view["gold_sure"] == [(0, 3), (4, 1)]
    assert view["gold_possible"] == [(3, 0)]


def test_no_gold_links_where_the_corpus_has_none() -> None:
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False)
    assert not view["has_gold"]
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
    view = alignment_view(pair(), problem(), PROJECTED, entity_rows_only=False, numbers=numbers())
    sent = json.loads(json.dumps(view))  # numpy's numbers would not go through
    assert sent["numbers"]["similarity"] == view["numbers"]["similarity"]
