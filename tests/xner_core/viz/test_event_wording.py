"""What people did, in words that hold nothing Markdown could read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import blank_pair, entity
from xner_core.types import Entity, Side, Span
from xner_core.viz import event_wording as wording

PLAIN = re.compile(r"[\w ,()'·-]+")
labels = st.text(st.characters(exclude_categories=["Cs", "Z"]), min_size=1, max_size=8)
sides: st.SearchStrategy[Side] = st.sampled_from(["source", "target"])


@st.composite
def any_entity(draw: st.DrawFn) -> Entity:
    start = draw(st.integers(0, 5))
    return Entity(Span(start, start + draw(st.integers(1, 4))), draw(labels))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, entity(0, 2), "created PER in the target, words 1 to 2"),
        (entity(3, 4), None, "deleted PER in the target, word 4"),
        (entity(1, 3), entity(1, 4), "moved the end of PER in the target from word 3 to word 4"),
        (entity(1, 3), entity(0, 3), "moved the start of PER in the target from word 2 to word 1"),
        (
            entity(1, 3),
            entity(0, 4),
            "moved both ends of PER in the target from words 2 to 3 to words 1 to 4",
        ),
        (entity(1, 3), entity(1, 3, "ORG"), "relabelled PER as ORG in the target, words 2 to 3"),
        (
            entity(1, 3),
            entity(1, 2, "ORG"),
            "relabelled PER as ORG in the target and moved the end from word 3 to word 2",
        ),
    ],
)
def test_entities(before: Entity | None, after: Entity | None, words: str) -> None:
    assert wording.entity_changed("target", before, after) == words


def test_nothing_became_of_no_entity() -> None:
    with pytest.raises(ValueError, match="was there before, or is there now"):
        wording.entity_changed("source", None, None)


def test_links() -> None:
    assert wording.links_changed((), ((1, 4, "sure"),)) == ["linked source word 2 with target word 5 (sure)"]
    assert wording.links_changed(((0, 0, "none"),), ()) == ["reset the links to the aligner's"]
    before = ((0, 0, "sure"), (1, 1, "none"), (5, 5, "sure"))
    after = ((0, 0, "possible"), (1, 1, "none"), (2, 2, "none"), (3, 3, "none"))
    assert wording.links_changed(before, after) == [
        "removed the links of source word 3 with target word 3, source word 4 with target word 4",
        "linked source word 1 with target word 1 (possible)",
        "left source word 6 with target word 6 to the aligner again",
    ]
    assert wording.links_changed(after, after) == ["kept the links as they were"]


def test_statuses_and_notes() -> None:
    assert wording.status_set("approved") == "set the status to approved"
    assert wording.status_set("needsReview") == "set the status to needs review"
    assert wording.note_changed("", "hm") == "wrote a note"
    assert wording.note_changed("hm", "ah") == "changed the note"
    assert wording.note_changed("hm", "") == "removed the note"


def test_what_was_set_without_knowing_what_was_there() -> None:
    assert wording.entities_set("source", ()) == "set the source to have no entity"
    said = wording.entities_set("target", (entity(0, 1), entity(2, 4, "LOC")))
    assert said == "set the entities of the target to PER (word 1), LOC (words 3 to 4)"
    assert wording.entities_reset("target") == "left the entities of the target to the projection again"


@given(sides, st.none() | any_entity(), any_entity(), st.booleans())
def test_no_label_is_markdown(side: Side, one: Entity | None, other: Entity, swapped: bool) -> None:
    before, after = (other, one) if swapped else (one, other)
    assert PLAIN.fullmatch(wording.entity_changed(side, before, after))
    assert PLAIN.fullmatch(wording.entities_set(side, [other]))


def test_a_label_keeps_its_letters() -> None:
    assert wording.label_name("Größe-2") == "Größe-2"
    assert wording.label_name("![x](http://y)_z*") == "··x··http···y··z·"


def test_chains_hold_words_of_the_pair() -> None:
    pair = blank_pair(4, 4)
    loc, per = entity(0, 1, "LOC"), entity(0, 1)
    assert wording.chain(pair, (per, per), ((), (entity(1, 3),))) == ("“s0” (PER): nothing → “t1 t2” (PER).")
    assert wording.chain(pair, (per, loc), ((per,), (loc,))) == (
        "“s0” (PER), now “s0” (LOC): “t0” (PER) → “t0” (LOC)."
    )
    assert wording.chain(pair, (None, per), ((), ())) == "“s0” (PER), new: nothing, as before."
    assert wording.chain(pair, (per, None), ((per,), ())) == "“s0” (PER), deleted: “t0” (PER) → nothing."
    assert wording.target_alone(pair, None, per) == "Target: nothing → “t0” (PER)."
