"""Gold against predicted entities, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.builders import entity
from tests.properties.problems import entities
from xner_core.types import Entity
from xner_core.viz.verdicts import ICONS, Verdict, count, verdict

HERE = entity(2, 4, "PER")
OTHERS: dict[Verdict, Entity] = {
    "correct": entity(2, 4, "PER"),
    "wrong label": entity(2, 4, "LOC"),
    "wrong boundary": entity(3, 5, "PER"),
}


@pytest.mark.parametrize("expected", OTHERS)
def test_where_the_other_side_has_something_both_sides_agree(expected: Verdict) -> None:
    assert verdict(HERE, [OTHERS[expected]], alone="missed") == expected
    assert verdict(OTHERS[expected], [HERE], alone="spurious") == expected


def test_gold_alone_is_missed_and_predicted_alone_is_spurious() -> None:
    beside = [entity(0, 2, "PER"), entity(4, 5, "PER")]
    assert verdict(HERE, beside, alone="missed") == "missed"
    assert verdict(HERE, [], alone="spurious") == "spurious"


@pytest.mark.parametrize(
    "other", [entity(1, 5), entity(2, 3), entity(3, 4), entity(0, 3), entity(3, 4, "LOC")]
)
def test_one_shared_word_is_a_wrong_boundary_whatever_the_label(other: Entity) -> None:
    assert verdict(HERE, [other], alone="missed") == "wrong boundary"


def test_each_kind_is_counted_once() -> None:
    gold = [entity(0, 1), entity(2, 3), entity(4, 6), entity(7, 8)]
    predicted = [entity(0, 1), entity(2, 3, "ORG"), entity(5, 7), entity(9, 10)]
    assert count(gold, predicted) == dict.fromkeys(ICONS, 1)


def test_gold_that_two_predictions_touch_is_not_missed() -> None:
    found = count([entity(0, 4)], [entity(0, 1), entity(2, 3)])
    assert (found["wrong boundary"], found["missed"]) == (2, 0)


def test_every_verdict_has_an_icon_of_its_own() -> None:
    assert set(ICONS) == {"correct", "wrong label", "wrong boundary", "missed", "spurious"}
    assert len(set(ICONS.values())) == len(ICONS)


@given(gold=entities(8), predicted=entities(8))
def test_counts_agree_with_set_arithmetic(gold: tuple[Entity, ...], predicted: tuple[Entity, ...]) -> None:
    found = count(gold, predicted)
    assert found["correct"] == len(set(gold) & set(predicted))
    same_span = {e.span for e in gold} & {e.span for e in predicted}
    assert found["correct"] + found["wrong label"] == len(same_span)
    assert sum(found.values()) - found["missed"] == len(predicted)
    untouched = [e for e in gold if _words(predicted).isdisjoint(_words([e]))]
    assert found["missed"] == len(untouched)


@given(gold=entities(8), predicted=entities(8))
def test_both_sides_see_the_same_correct_ones(
    gold: tuple[Entity, ...], predicted: tuple[Entity, ...]
) -> None:
    seen_from_gold = [verdict(e, predicted, alone="missed") for e in gold]
    assert seen_from_gold.count("correct") == count(gold, predicted)["correct"]
    assert seen_from_gold.count("wrong label") == count(gold, predicted)["wrong label"]


def _words(those: tuple[Entity, ...] | list[Entity]) -> set[int]:
    return {i for e in those for i in range(e.span.start, e.span.end)}
