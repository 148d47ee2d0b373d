"""Entities matched one to one, and how each pair compares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate.entities import Entity as OracleEntity
from nervaluate.strategies import ExactEvaluation, StrictEvaluation

from tests.builders import entity
from tests.properties.problems import entities
from xner_core.evaluation.spans import Kind, classify, shared_words
from xner_core.types import Entity

ANY = st.lists(
    st.builds(
        lambda start, n, label: entity(start, start + n, label),
        st.integers(0, 6),
        st.integers(1, 4),
        st.sampled_from(["PER", "LOC"]),
    ),
    max_size=5,
)
"""Entities that may share words and may occur twice."""


def kinds(gold: list[Entity], predicted: list[Entity]) -> list[Kind]:
    return [judged.kind for judged in classify(gold, predicted)]


@pytest.mark.parametrize(
    ("predicted", "kind"),
    [
        (entity(2, 4, "LOC"), "correct"),
        (entity(2, 4, "ORG"), "wrong label"),
        (entity(2, 5, "LOC"), "partial"),
        (entity(3, 4, "LOC"), "partial"),
        (entity(1, 3, "LOC"), "partial"),
        (entity(2, 5, "ORG"), "wrong label and boundary"),
    ],
)
def test_a_pair(predicted: Entity, kind: Kind) -> None:
    gold = entity(2, 4, "LOC")
    [judged] = classify([gold], [predicted])
    assert (judged.kind, judged.gold, judged.predicted) == (kind, gold, predicted)


def test_neighbours_are_not_matched() -> None:
    gold, predicted = entity(2, 4), entity(4, 6)
    missed, spurious = classify([gold], [predicted])
    assert (missed.kind, missed.gold, missed.predicted) == ("missed", gold, None)
    assert (spurious.kind, spurious.gold, spurious.predicted) == ("spurious", None, predicted)


def test_the_right_label_goes_before_more_words() -> None:
    judged = classify([entity(0, 5, "LOC")], [entity(0, 4, "ORG"), entity(4, 5, "LOC")])
    assert [(one.kind, one.predicted) for one in judged] == [
        ("partial", entity(4, 5, "LOC")),
        ("spurious", entity(0, 4, "ORG")),
    ]


def test_the_same_words_go_before_the_right_label() -> None:
    gold = entity(0, 2, "LOC")
    judged = classify([gold], [entity(0, 2, "ORG"), entity(1, 2, "LOC")])
    assert [one.predicted for one in judged if one.gold == gold] == [entity(0, 2, "ORG")]


def test_more_common_words_go_first_and_then_the_left() -> None:
    judged = classify([entity(0, 6)], [entity(0, 1), entity(2, 5)])
    assert [one.predicted for one in judged if one.kind == "partial"] == [entity(2, 5)]
    judged = classify([entity(0, 6)], [entity(4, 5), entity(0, 1)])
    assert [one.predicted for one in judged if one.kind == "partial"] == [entity(0, 1)]


def test_shared_words() -> None:
    assert shared_words(entity(0, 4), entity(2, 9)) == 2
    assert shared_words(entity(0, 2), entity(2, 3)) == 0


@given(ANY, ANY, st.randoms(use_true_random=False))
def test_the_order_decides_nothing_and_every_entity_is_judged_once(
    gold: list[Entity], predicted: list[Entity], random: st.DataObject
) -> None:
    judged = classify(gold, predicted)
    assert sorted(one.gold for one in judged if one.gold) == sorted(gold)
    assert sorted(one.predicted for one in judged if one.predicted) == sorted(predicted)
    random.shuffle(gold)  # type: ignore[attr-defined]
    random.shuffle(predicted)  # type: ignore[attr-defined]
    assert classify(gold, predicted) == judged


def oracle(strategy: type[StrictEvaluation], gold: list[Entity], predicted: list[Entity]) -> dict[str, int]:
    def converted(some: list[Entity]) -> list[OracleEntity]:
        return [OracleEntity(e.label, e.span.start, e.span.end - 1) for e in some]

    result, _ = strategy().evaluate(converted(gold), converted(predicted), ["PER", "ORG", "LOC"])
    return {name: getattr(result, name) for name in ("correct", "incorrect", "missed", "spurious")}


@given(entities(12), entities(12))
def test_the_counts_are_those_of_nervaluate(gold: tuple[Entity, ...], predicted: tuple[Entity, ...]) -> None:
    """Where entities are right there can be no doubt; where each touches one other at most, nowhere else."""
    judged = classify(gold, predicted)
    count = {kind: sum(one.kind == kind for one in judged) for kind in ("correct", "wrong label")}
    strict = oracle(StrictEvaluation, list(gold), list(predicted))
    assert strict["correct"] == count["correct"]
    exact = oracle(ExactEvaluation, list(gold), list(predicted))
    assert exact["correct"] == count["correct"] + count["wrong label"]

    def touched(one: Entity, others: tuple[Entity, ...]) -> int:
        return sum(one.span.overlaps(other.span) for other in others)

    if max([*(touched(e, predicted) for e in gold), *(touched(e, gold) for e in predicted)], default=0) < 2:
        assert strict == {
            "correct": count["correct"],
            "incorrect": sum(one.gold is not None and one.predicted is not None for one in judged)
            - count["correct"],
            "missed": sum(one.kind == "missed" for one in judged),
            "spurious": sum(one.kind == "spurious" for one in judged),
        }


def test_where_nervaluate_differs() -> None:
    """It takes the first gold entity that a prediction touches, we the one with most words in common."""
    gold, predicted = [entity(0, 2), entity(2, 6)], [entity(1, 5), entity(5, 6)]
    assert oracle(StrictEvaluation, gold, predicted)["missed"] == 0
    assert kinds(gold, predicted) == ["missed", "partial", "spurious"]
