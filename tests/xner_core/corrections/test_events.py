"""Keys, states, what can be undone, and what a value may be."""

from __future__ import annotations

import hashlib

import pytest

from tests.builders import entity
from tests.xner_core.corrections.values import History, pair
from xner_core.corrections.events import (
    UNTOUCHED,
    ConflictError,
    Kind,
    SentenceKey,
    SentenceState,
    Value,
    author_name,
    check,
    redoable,
    undoable,
)
from xner_core.errors import CorrectionError
from xner_core.types import Sentence, SentencePair

PER, LOC = entity(0, 1), entity(1, 3, "LOC")


def test_a_key_is_a_checksum_of_words_and_languages() -> None:
    both = SentencePair("7", Sentence(("A", "ü"), "en"), Sentence(("B",), "de"))
    text = '[["en",["A","ü"]],["de",["B"]]]'
    assert SentenceKey.of(both) == SentenceKey("7", hashlib.sha256(text.encode()).hexdigest())


@pytest.mark.parametrize(
    "other",
    [
        SentencePair("8", Sentence(("A", "B"), "en"), Sentence(("C",), "de")),
        SentencePair("7", Sentence(("A B",), "en"), Sentence(("C",), "de")),
        SentencePair("7", Sentence(("A", "B"), "fr"), Sentence(("C",), "de")),
        SentencePair("7", Sentence(("A",), "en"), Sentence(("B", "C"), "de")),
        SentencePair("7", Sentence(("A", "B"), "en"), Sentence(("c",), "de")),
        SentencePair("7", Sentence(("A", "B"), "en"), Sentence((), "de")),
    ],
)
def test_other_words_languages_or_ids_make_another_key(other: SentencePair) -> None:
    same = SentencePair("7", Sentence(("A", "B"), "en"), Sentence(("C",), "de"))
    assert SentenceKey.of(other) != SentenceKey.of(same)


def test_what_a_corpus_says_besides_is_not_in_the_key() -> None:
    plain = SentencePair("7", Sentence(("A",), "en"), Sentence(("\ud800",), "de"))
    said = SentencePair("7", Sentence(("A",), "en", (PER,), "A."), Sentence(("\ud800",), "de"), note="hard")
    assert SentenceKey.of(plain) == SentenceKey.of(said)


def test_a_state_is_what_the_last_events_say() -> None:
    history = History()
    history.add("Ana", "1", source_entities=(PER,), note="first")
    history.add("Ben", "2", note="second", status="approved")
    last = history.add("Ana", "3", source_entities=None, links=((0, 1, "sure"),))
    state = SentenceState.of(history.events)
    assert (state.source_entities, state.target_entities, state.links) == (None, None, ((0, 1, "sure"),))
    assert (state.status, state.note) == ("approved", "second")
    assert state.versions == {"source_entities": 2, "target_entities": 0, "links": 1, "status": 1, "note": 2}
    assert state.authors == ("Ana", "Ben")
    assert state.updated == last[-1].time
    assert state.is_edited
    assert state.is_reviewed


def test_nothing_said_is_neither_edited_nor_reviewed() -> None:
    assert not UNTOUCHED.is_edited
    assert not UNTOUCHED.is_reviewed
    assert SentenceState(source_entities=()).is_edited  # that there is none is said too
    assert not SentenceState(note="hm", status="needsReview").is_edited
    assert not SentenceState(status="needsReview").is_reviewed
    assert SentenceState(status="rejected").is_reviewed


def test_nothing_done_can_neither_be_undone_nor_redone() -> None:
    assert undoable([], "Ana") == redoable([], "Ana") == ()


def test_steps_are_undone_from_the_last_and_redone_in_order() -> None:
    history = History()
    one = history.add("Ana", "1", note="1", status="approved")
    two = history.add("Ana", "2", note="2")
    assert undoable(history.events, "Ana") == two
    assert redoable(history.events, "Ana") == ()
    history.add("Ana", "u2", "undo", note="1")
    assert undoable(history.events, "Ana") == one  # both fields of it
    assert redoable(history.events, "Ana") == two
    history.add("Ana", "u1", "undo", note="", status="created")
    assert undoable(history.events, "Ana") == ()
    assert redoable(history.events, "Ana") == one
    history.add("Ana", "r1", "redo", note="1", status="approved")
    assert undoable(history.events, "Ana") == one
    assert redoable(history.events, "Ana") == two


def test_a_new_step_ends_redoing() -> None:
    history = History()
    history.add("Ana", "1", note="1")
    history.add("Ana", "u", "undo", note="")
    new = history.add("Ana", "2", "restore", note="3")
    assert redoable(history.events, "Ana") == ()
    assert undoable(history.events, "Ana") == new


def test_everybody_undoes_only_their_own() -> None:
    history = History()
    mine = history.add("Ana", "1", note="1")
    theirs = history.add("Ben", "2", note="2")
    assert undoable(history.events, "Ana") == mine
    assert undoable(history.events, "Ben") == theirs
    assert undoable(history.events, "Cem") == ()


def test_a_step_that_goes_on_behind_an_undo_is_two() -> None:
    history = History()
    history.add("Ana", "1", note="1")
    history.add("Ana", "u", "undo", note="")
    again = history.add("Ana", "1", note="2")
    assert undoable(history.events, "Ana") == again
    assert redoable(history.events, "Ana") == ()


def test_a_history_that_begins_with_an_undo_can_be_read() -> None:
    history = History()
    history.add("Ana", "u", "undo", note="1")
    history.add("Ana", "r", "redo", note="2")
    assert undoable(history.events, "Ana") == redoable(history.events, "Ana") == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("source_entities", None),
        ("source_entities", ()),
        ("target_entities", (PER, LOC)),
        ("target_entities", (entity(0, 2), entity(0, 3), entity(0, 3, "Z"), entity(1, 4))),
        ("links", ()),
        ("links", ((0, 3, "none"), (1, 0, "sure"), (3, 3, "possible"))),
        ("status", "needsReview"),
        ("note", "any\n\0"),
    ],
)
def test_what_fits(kind: Kind, value: Value) -> None:
    check(pair(), kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("source_entities", (LOC, PER), "sorted"),
        ("source_entities", (PER, PER), "twice"),
        ("target_entities", (entity(3, 5),), "ends at word 5, but there are 4 words"),
        ("target_entities", (entity(0, 1, ""),), "no label"),
        ("target_entities", (entity(0, 1, "A B"),), "no label"),
        ("source_entities", "PER", "no entities"),
        ("source_entities", ((0, 1, "sure"),), "no entities"),
        ("links", ((0, 4, "sure"),), "lies outside"),
        ("links", ((4, 0, "sure"),), "lies outside"),
        ("links", ((-1, 0, "sure"),), "lies outside"),
        ("links", ((1, 0, "sure"), (0, 0, "sure")), "sorted"),
        ("links", ((0, 0, "none"), (0, 0, "sure")), "twice"),
        ("links", ((0, 0, "maybe"),), "no state"),
        ("links", None, "no links"),
        ("links", (PER,), "no links"),
        ("status", "done", "no status"),
        ("status", None, "no status"),
        ("note", None, "text"),
    ],
)
def test_what_does_not_fit(kind: Kind, value: Value, message: str) -> None:
    with pytest.raises(CorrectionError, match=message) as caught:
        check(pair(), kind, value)
    assert caught.value.where == "s1"


def test_the_longer_sentence_does_not_count_for_the_other_side() -> None:
    uneven = SentencePair("1", Sentence(("a",), "en"), Sentence(("b", "c"), "de"))
    check(uneven, "target_entities", (entity(1, 2),))
    with pytest.raises(CorrectionError, match="source entities"):
        check(uneven, "source_entities", (entity(1, 2),))


def test_names_are_trimmed_and_have_to_be_names() -> None:
    assert author_name("  Ana \t Núñez ") == "Ana Núñez"
    for bad in ("", " ", "x" * 81, "a\0b", "\u202e"):
        with pytest.raises(CorrectionError, match="name"):
            author_name(bad)


def test_a_conflict_says_who_changed_what() -> None:
    history = History()
    history.add("Ben", "1", note="1", target_entities=(PER,))
    error = ConflictError(history.events)
    assert str(error).startswith("s1: Ben changed the target entities and note since you saw them")
    assert error.theirs == tuple(history.events)
    unknown = ConflictError((), SentenceKey("s9", ""))
    assert str(unknown).startswith("s9: Somebody changed it since")
