"""Entity-level figures, worked by hand."""

from __future__ import annotations

import pytest

from tests.builders import entity
from xner_core.evaluation import LabelScores, score_entities


def test_hand_worked_figures() -> None:
    gold = [(entity(0, 2, "PER"), entity(3, 4, "LOC")), (entity(0, 1, "LOC"),), ()]
    predicted = [(entity(0, 2, "PER"), entity(3, 5, "LOC")), (entity(0, 1, "LOC"), entity(2, 3, "PER")), ()]
    found = score_entities(gold, predicted, [5, 3, 2])
    # 2 right of 4 predicted and 3 gold: P 1/2, R 2/3, F1 4/7.
    assert (found.precision, found.recall, found.f1, found.support) == pytest.approx((1 / 2, 2 / 3, 4 / 7, 3))
    assert found.per_label == {
        "LOC": LabelScores(f1=0.5, precision=0.5, recall=0.5, support=2),
        "PER": LabelScores(f1=pytest.approx(2 / 3), precision=0.5, recall=1.0, support=1),
    }
    assert list(found.per_label) == ["LOC", "PER"]


def test_the_right_span_with_another_label_is_wrong_twice() -> None:
    found = score_entities([[entity(0, 1, "PER")]], [[entity(0, 1, "ORG")]], [1])
    assert (found.f1, found.support) == (0.0, 1)
    assert found.per_label["ORG"] == LabelScores(0.0, 0.0, 0.0, 0)
    assert found.per_label["PER"] == LabelScores(0.0, 0.0, 0.0, 1)


def test_neighbours_of_one_label_are_two_entities() -> None:
    found = score_entities([[entity(0, 1), entity(1, 2)]], [[entity(0, 2)]], [2])
    assert (found.f1, found.support) == (0.0, 2)


def test_labels_are_restricted_on_both_sides() -> None:
    gold = [[entity(0, 1, "PER"), entity(2, 3, "DATE")]]
    predicted = [[entity(0, 1, "PER"), entity(4, 5, "DATE")]]
    everything = score_entities(gold, predicted, [5])
    people = score_entities(gold, predicted, [5], labels=["PER"])
    assert (everything.precision, everything.recall, everything.support) == (0.5, 0.5, 2)
    assert (people.f1, people.precision, people.recall, people.support) == (1.0, 1.0, 1.0, 1)
    assert list(people.per_label) == ["PER"]


@pytest.mark.parametrize("labels", [None, ["ORG"]])
def test_where_there_is_nothing_to_score_all_figures_are_0(labels: list[str] | None) -> None:
    only_per = [[]] if labels is None else [[entity(0, 1, "PER")]]
    found = score_entities(only_per, only_per, [2], labels)
    assert (found.f1, found.precision, found.recall, found.support, found.per_label) == (0, 0, 0, 0, {})


def test_no_sentences_are_nothing_to_score() -> None:
    assert score_entities([], [], []).f1 == 0.0


def test_predictions_without_gold_have_precision_0() -> None:
    found = score_entities([[]], [[entity(0, 1)]], [1])
    assert (found.f1, found.precision, found.recall, found.support) == (0, 0, 0, 0)


def test_predictions_that_share_a_word_are_refused() -> None:
    with pytest.raises(ValueError, match="shares a word"):
        score_entities([[]], [[entity(0, 2), entity(1, 3)]], [3])


def test_an_entity_behind_the_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="ends behind"):
        score_entities([[]], [[entity(1, 3)]], [2])


def test_the_three_lists_must_be_equally_long() -> None:
    with pytest.raises(ValueError, match="zip"):
        score_entities([[], []], [[]], [2, 2])


def test_the_mode_is_told() -> None:
    assert "strict" in score_entities([[]], [[]], [1]).mode
