"""What the link view is given to show."""

from __future__ import annotations

import json
from typing import Any

from tests.xner_core.viz.examples import GOLD, LINKS, SOURCE, TARGET, numbers, pair, problem, projection
from xner_core.types import WordAlignment
from xner_core.viz.comparison import Comparison
from xner_core.viz.link_view import link_view

PROJECTED = projection((1, GOLD[0]), (0, GOLD[1]))
GOLD_LINKS = WordAlignment.of([(0, 3), (2, 3)], [(3, 0), (5, 4)])


def cells(view: dict[str, Any]) -> list[tuple[int, int]]:
    return [(i, j) for i, j, *_ in view["links"]]


def told(view: dict[str, Any]) -> dict[tuple[int, int], str]:
    """What gold says of the links that something is told of."""
    return {(each["source"], each["target"]): each["gold"] for each in view["told"]}


def test_both_rows_of_words_and_all_links() -> None:
    view = link_view(pair(), problem(), PROJECTED, entities_only=False, draw_gold=True, numbers=numbers())
    assert [word["text"] for word in view["source"]["words"]] == list(SOURCE)
    assert [word["text"] for word in view["target"]["words"]] == list(TARGET)
    assert view["source"]["shown"] == view["target"]["shown"] == [0, 1, 2, 3, 4, 5]
    assert cells(view) == list(LINKS)
    assert view["links"][4] == [4, 1, "sure", "none"]
    assert view["told"][4] == {"source": 4, "target": 1, "gold": "", "numbers": [410, 41, 59]}
    assert [word["group"] for word in view["source"]["words"]] == [0, 0, None, None, 1, None]
    assert [word["group"] for word in view["target"]["words"]] == [None, 1, None, 0, 0, None]
    assert not view["has_gold"]
    assert not view["draw_gold"]
    assert json.loads(json.dumps(view))["links"] == view["links"]


def test_the_links_of_entities_only() -> None:
    links = [*LINKS, (0, 2)]
    view = link_view(pair(), problem(links=links), PROJECTED, entities_only=True, draw_gold=False)
    assert cells(view) == [(0, 2), (0, 3), (1, 4), (4, 1)]
    assert view["source"]["shown"] == [0, 1, 4]
    assert view["target"]["shown"] == [1, 2, 3, 4]


def test_a_projected_word_is_shown_even_without_a_link() -> None:
    view = link_view(pair(), problem(links=[]), PROJECTED, entities_only=True, draw_gold=False)
    assert view["links"] == []
    assert view["target"]["shown"] == [1, 3, 4]


def test_nothing_is_shown_where_there_is_no_entity() -> None:
    view = link_view(pair(), problem(()), projection(), entities_only=True, draw_gold=True)
    assert view["links"] == view["source"]["shown"] == view["target"]["shown"] == []


def test_gold_links_are_drawn_with_and_without_one_found() -> None:
    example = pair(gold_alignment=GOLD_LINKS)
    view = link_view(example, problem(), PROJECTED, entities_only=False, draw_gold=True)
    assert cells(view) == list(LINKS)
    assert told(view)[0, 3] == told(view)[2, 3] == "sure"
    assert told(view)[3, 0] == told(view)[5, 4] == "possible"
    assert told(view)[4, 1] == "no"
    assert view["draw_gold"]


def test_gold_links_are_left_out_but_still_told() -> None:
    example = pair(gold_alignment=GOLD_LINKS)
    view = link_view(example, problem(), PROJECTED, entities_only=False, draw_gold=False)
    assert cells(view) == list(LINKS)
    assert set(told(view)) == set(LINKS)
    assert told(view)[0, 3] == "sure"
    assert view["has_gold"]
    assert not view["draw_gold"]


def test_what_a_person_made_is_told_and_shown_but_the_links_are_the_aligners() -> None:
    found = WordAlignment.of([(4, 1)], [(1, 4)])
    view = link_view(
        pair(), problem(links=[(0, 0), (2, 2)]), PROJECTED, entities_only=True, draw_gold=True, found=found
    )
    assert view["links"] == [[1, 4, "possible", "none"], [4, 1, "sure", "none"]]
    assert set(told(view)) == {(0, 0), (1, 4), (4, 1)}
    assert view["target"]["shown"] == [0, 1, 3, 4]


def test_two_alignments_and_what_is_merely_possible() -> None:
    other = WordAlignment.of([(0, 3)], [(0, 4)])
    compared = Comparison(problem().alignment, other, ("itermax", "links"))
    view = link_view(pair(), problem(), PROJECTED, entities_only=False, draw_gold=False, compared=compared)
    assert view["links"][:3] == [[0, 3, "sure", "sure"], [0, 4, "none", "possible"], [1, 4, "sure", "none"]]
    assert view["names"] == ["itermax", "links"]
    assert view["best"] is None
    assert view["told"][0]["numbers"] is None
