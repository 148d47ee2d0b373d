"""What undo and redo would do."""

from __future__ import annotations

from tests.builders import entity
from tests.xner_core.corrections.values import History
from xner_core.corrections.steps import Reversal, making_again, taking_back

PER = (entity(0, 1),)


def test_a_step_over_several_fields_goes_back_in_all() -> None:
    history = History()
    history.add("Ana", "0", note="old")
    entities, note = history.add("Ana", "1", source_entities=PER, note="new")
    assert taking_back(history.events, "Ana") == (
        Reversal("source_entities", PER, None, entities.number, ()),
        Reversal("note", "new", "old", note.number, ()),
    )


def test_a_field_that_a_step_changed_twice_goes_back_to_before_both() -> None:
    history = History()
    history.add("Ana", "1", note="a")
    (last,) = history.add("Ana", "1", note="b")
    assert taking_back(history.events, "Ana") == (Reversal("note", "b", "", last.number, ()),)
    history.add("Ana", "u", "undo", note="")
    assert making_again(history.events, "Ana") == (Reversal("note", "", "b", last.number, ()),)


def test_what_others_did_since_is_told() -> None:
    history = History()
    history.add("Ben", "0", note="earlier")
    (mine,) = history.add("Ana", "1", note="mine")
    theirs = history.add("Ben", "2", note="theirs")
    history.add("Ben", "3", status="approved")
    (undo,) = taking_back(history.events, "Ana")
    assert undo == Reversal("note", "mine", "earlier", mine.number, theirs)
    assert undo.is_in_the_way("theirs")
    assert not undo.is_in_the_way("mine")
    assert not undo.is_in_the_way("earlier")  # it is already as it is to be


def test_a_redo_is_told_what_came_since_the_undo() -> None:
    history = History()
    history.add("Ana", "1", note="mine")
    history.add("Ben", "2", note="theirs")
    history.add("Ana", "u", "undo", note="")
    later = history.add("Cem", "3", note="later")
    (redo,) = making_again(history.events, "Ana")
    assert (redo.expected, redo.after, redo.theirs) == ("", "mine", later)


def test_who_touched_the_field_again_is_told_what_came_since_the_step() -> None:
    history = History()
    history.add("Ana", "1", note="a")
    theirs = history.add("Ben", "2", note="b")
    history.add("Ana", "3", note="c")
    history.add("Ana", "u", "undo", note="b")
    (undo,) = taking_back(history.events, "Ana")
    assert (undo.expected, undo.after, undo.theirs) == ("a", "", theirs)


def test_nothing_to_do() -> None:
    assert taking_back([], "Ana") == making_again([], "Ana") == ()
