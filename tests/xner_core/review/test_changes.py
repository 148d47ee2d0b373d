"""What a correction changes, as data and in words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import blank_pair, entity
from tests.xner_core.review.told_events import Teller
from xner_core.corrections.events import KINDS, Kind, Value
from xner_core.export.sample import Annotation
from xner_core.review.changes import entity_changes, projection_change, step_in_words, steps, told
from xner_core.types import Entity, Span

PLAIN = re.compile(r"[\w ,:()'·-]+")


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[Entity, ...]:
    """Entities as a person may make them."""
    bounds = st.tuples(st.integers(0, 6), st.integers(1, 3), st.sampled_from(["PER", "*a*", "[b](c)"]))
    return tuple(sorted({Entity(Span(s, s + n), label) for s, n, label in draw(st.sets(bounds, max_size=4))}))


@st.composite
def link_edits(draw: st.DrawFn) -> Value:
    places = draw(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4))
    states = st.sampled_from(["none", "sure", "possible"])
    return tuple((i, j, draw(states)) for i, j in sorted(places))


def value_of(kind: Kind) -> st.SearchStrategy[Value]:
    if kind in {"source_entities", "target_entities"}:
        return st.none() | overlapping()
    if kind == "links":
        return link_edits()
    return st.sampled_from(["created", "needsReview"]) if kind == "status" else st.sampled_from(["", "*hi*"])


@given(overlapping(), overlapping())
def test_changes_lead_from_one_to_the_other(before: tuple[Entity, ...], after: tuple[Entity, ...]) -> None:
    changes = entity_changes(before, after)
    assert sorted(one.before for one in changes if one.before) == list(before)
    assert sorted(one.after for one in changes if one.after) == list(after)
    for one in changes:
        assert (one.kind == "kept") == (one.before == one.after)
        assert (one.kind == "created") == (one.before is None)
        assert (one.kind == "deleted") == (one.after is None)
        if one.kind == "relabelled":
            assert one.before
            assert one.after
            assert one.before.span == one.after.span


@given(st.data())
def test_there_are_words_for_everything_and_none_is_markdown(data: st.DataObject) -> None:
    teller = Teller()
    for _ in range(data.draw(st.integers(1, 4))):
        kind = data.draw(st.sampled_from(KINDS))
        action = data.draw(st.sampled_from(["edit", "undo", "redo", "restore", "import", "similar"]))
        teller.says("Ana", kind, data.draw(value_of(kind)), action, step="one")
    found = data.draw(st.none() | st.fixed_dictionaries({"source": overlapping(), "target": overlapping()}))
    phrases = step_in_words(teller.events, found)
    assert len(phrases) >= len(teller.events)
    assert all(PLAIN.fullmatch(phrase) for phrase in phrases)


def test_a_history_in_words() -> None:
    per, longer = entity(1, 3), entity(1, 4)
    teller = (
        Teller()
        .says("Ana", "target_entities", (longer,), step="a")
        .says("Ana", "status", "approved", step="a")
        .says("Bo", "links", ((1, 4, "sure"),), step="b")
        .says("Ana", "target_entities", None, "undo", step="c")
        .says("Bo", "target_entities", (longer,), step="d")
    )
    by_step = steps(teller.events)
    assert [len(step) for step in by_step] == [2, 1, 1, 1]
    assert [told(step, {"target": (per,)}) for step in by_step] == [
        "Ana moved the end of PER in the target from word 3 to word 4; set the status to approved",
        "Bo linked source word 2 with target word 5 (sure)",
        "Ana took a step back: left the entities of the target to the projection again",
        "Bo moved the end of PER in the target from word 3 to word 4",
    ]
    assert step_in_words(by_step[0])[0] == "set the entities of the target to PER (words 2 to 4)"
    assert step_in_words(by_step[3], {"target": (longer,)}) == [
        "kept the entities of the target as they were"
    ]


def test_steps_of_one_name_by_two_authors_are_two() -> None:
    events = Teller().says("Ana", "note", "a", step="x").says("Bo", "note", "b", step="x").events
    assert [len(step) for step in steps(events)] == [1, 1]


def annotation(sources: list[Entity], targets: list[Entity], matches: list[tuple[int, int]]) -> Annotation:
    return Annotation(tuple(sources), tuple(targets), matches=tuple(matches))


def test_what_becomes_of_a_projection() -> None:
    before = annotation([entity(0, 1), entity(2, 3)], [entity(0, 1), entity(3, 4)], [(0, 0), (1, 1)])
    after = annotation([entity(0, 1, "LOC"), entity(2, 3)], [entity(0, 1, "LOC"), entity(1, 2)], [(0, 0)])
    change = projection_change(before, after)
    assert [(one.source.kind, one.before, one.after) for one in change.chains] == [
        ("relabelled", (entity(0, 1),), (entity(0, 1, "LOC"),)),
        ("kept", (entity(3, 4),), ()),
    ]
    assert [one.kind for one in change.targets] == ["relabelled", "created", "deleted"]
    assert change.in_words(blank_pair(4, 4)) == [
        "“s0” (PER), now “s0” (LOC): “t0” (PER) → “t0” (LOC).",
        "“s2” (PER): “t3” (PER) → nothing.",
        "Target: nothing → “t1” (PER).",  # it belongs to no source entity
    ]
    assert not change.is_none
    assert projection_change(before, before).is_none
    assert projection_change(before, before).in_words(blank_pair(4, 4)) == []
