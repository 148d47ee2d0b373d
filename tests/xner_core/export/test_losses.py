"""What is announced, one loss for each thing, and which of several entities stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.export.losses import (
    ASPECTS,
    Overlaps,
    general_losses,
    overlap_losses,
    sentence_loss,
    unwritten_sentences,
    without_overlaps,
)
from xner_core.types import Entity, Span

EVERYTHING = replace(HARD_CASES["edited"], pair=replace(HARD_CASES["edited"].pair, note="of the corpus"))
NOT_GENERAL = {"sentence", "overlapping entities"}


def test_everything_that_is_not_held_is_announced() -> None:
    text = words("Ada and Bo", "en", running="Ada and Bo")
    each = replace(EVERYTHING, pair=replace(EVERYTHING.pair, source=text))
    possible = replace(each.corrected, alignment=HARD_CASES["possible-links"].corrected.alignment)
    each = replace(each, corrected=possible)
    assert {loss.aspect for loss in general_losses(each, frozenset())} == set(ASPECTS) - NOT_GENERAL
    assert not list(general_losses(each, frozenset(ASPECTS)))


def test_nothing_is_announced_that_is_not_there() -> None:
    plain = sample("a", words("x", "en"), words("y", "de"))
    assert [loss.aspect for loss in general_losses(plain, frozenset())] == ["id", "languages", "words"]


def test_each_entity_is_a_loss() -> None:
    losses = [loss for loss in general_losses(EVERYTHING, frozenset()) if loss.entity]
    assert [(loss.aspect, loss.side, loss.what) for loss in losses] == [
        ("source entities", "source", "PER 'Ada'"),
        ("source entities", "source", "PER 'Bo'"),
        ("target entities", "target", "PER 'Ada'"),
        ("target entities", "target", "PER 'Bo'"),
    ]


def test_numbers_are_said_in_words() -> None:
    said = {loss.aspect: loss.what for loss in general_losses(HARD_CASES["crossing"], frozenset())}
    assert said["links"] == "4 sure links"
    assert said["matches"] == "2 matches"
    said = {loss.aspect: loss.what for loss in general_losses(HARD_CASES["at-the-edges"], frozenset())}
    assert (said["links"], said["matches"]) == ("1 sure link", "1 match")


def test_a_missing_sentence_is_no_loss() -> None:
    assert [loss.side for loss in unwritten_sentences(HARD_CASES["no-target"], ("source", "target"))] == [
        "source"
    ]
    assert sentence_loss(EVERYTHING, why="it rains").what == "the sentence pair: it rains"


NESTED = entities((0, 4, "A"), (1, 2, "B"), (3, 6, "C"), (3, 8, "D"))


@pytest.mark.parametrize(
    ("policy", "kept"),
    [("outermost", "A"), ("longest first", "BD"), ("leftmost first", "A")],
)
def test_which_entities_stay(policy: Overlaps, kept: str) -> None:
    stay, go = without_overlaps(NESTED, policy)
    assert "".join(each.label for each in stay) == kept
    assert sorted([*stay, *go]) == list(NESTED)


def test_outermost_keeps_what_holds_another_even_where_both_begin_together() -> None:
    inner_first = entities((0, 1, "A"), (0, 3, "B"))
    assert [e.label for e in without_overlaps(inner_first, "outermost")[0]] == ["B"]
    assert [e.label for e in without_overlaps(inner_first, "leftmost first")[0]] == ["A"]


SPANS = st.tuples(st.integers(0, 6), st.integers(1, 4)).map(lambda place: Span(place[0], sum(place)))


@given(
    st.lists(st.builds(Entity, SPANS, st.sampled_from("AB")), max_size=6),
    st.sampled_from(["outermost", "longest first", "leftmost first"]),
)
def test_those_that_stay_share_no_word_and_no_more_could(found: list[Entity], policy: Overlaps) -> None:
    stay, go = without_overlaps(found, policy)
    assert sorted([*stay, *go]) == sorted(found)
    taken = [index for entity in stay for index in range(entity.span.start, entity.span.end)]
    assert len(taken) == len(set(taken))
    assert all(set(range(entity.span.start, entity.span.end)) & set(taken) for entity in go)


def test_overlap_losses_name_the_side() -> None:
    losses = list(overlap_losses(HARD_CASES["nested"], ("source", "target"), "outermost"))
    assert [(loss.side, loss.what) for loss in losses] == [
        ("source", "LOC 'Ghana'"),
        ("target", "LOC 'Ghana'"),
    ]
