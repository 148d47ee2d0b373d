"""The store, over SQLite and over PostgreSQL."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import entity
from tests.xner_core.corrections.values import ANY_CHARACTER, ORIGIN, SAID, TEXTS, note, pair
from xner_core.corrections.events import (
    UNTOUCHED,
    Change,
    ConflictError,
    Kind,
    Origin,
    SentenceKey,
    SentenceState,
    Value,
)
from xner_core.corrections.store import CorrectionStore
from xner_core.corrections.writing import Writer
from xner_core.errors import CorrectionError
from xner_core.types import Sentence, SentencePair

PAIR = pair()
KEY = SentenceKey.of(PAIR)
PER = (entity(0, 1),)


def test_nothing_was_said_yet(store: CorrectionStore) -> None:
    assert store.state(KEY) == UNTOUCHED
    assert store.states() == store.states([KEY]) == store.histories([KEY]) == store.touched("demo:de") == {}
    assert store.history(KEY) == store.authors() == ()
    assert store.version() == 0


def test_a_correction_is_an_event(store: CorrectionStore) -> None:
    before = datetime.now(UTC)
    changes = [Change("source_entities", PER, 0), Change("links", ((0, 1, "possible"),), 0)]
    made = store.record(PAIR, changes, author=" Ana ", origin=ORIGIN, reason="seen\0", step="s")
    after = datetime.now(UTC)
    first, second = made
    assert store.history(KEY) == made
    assert (first.number, first.kind, first.version, first.before, first.after) == (
        1,
        "source_entities",
        1,
        None,
        PER,
    )
    assert (second.number, second.kind, second.before, second.after) == (
        2,
        "links",
        (),
        ((0, 1, "possible"),),
    )
    for event in made:
        assert event.sentence == KEY
        assert (event.author, event.action, event.reason, event.step, event.refers) == (
            "Ana",
            "edit",
            "seen\0",
            "s",
            None,
        )
        assert event.origin == ORIGIN
        assert before <= event.time <= after
    state = store.state(KEY)
    assert (state.source_entities, state.links) == (PER, ((0, 1, "possible"),))
    assert state == SentenceState.of(made) == store.states()[KEY]


def test_what_changes_nothing_writes_nothing(store: CorrectionStore) -> None:
    assert store.record(PAIR, [Change("note", "", 0)], author="Ana", origin=ORIGIN) == ()
    store.record(PAIR, [note("x")], author="Ana", origin=ORIGIN)
    # Ben did not see Ana's note, but says the same.
    assert store.record(PAIR, [note("x")], author="Ben", origin=ORIGIN) == ()
    (event,) = store.record(
        PAIR, [note("x", 1), Change("status", "approved", 0)], author="Ben", origin=ORIGIN
    )
    assert event.kind == "status"
    assert store.version() == 2


def test_steps_of_their_own(store: CorrectionStore) -> None:
    one = store.record(PAIR, [note("1"), Change("status", "approved", 0)], author="Ana", origin=ORIGIN)
    two = store.record(PAIR, [note("2", 1)], author="Ana", origin=ORIGIN)
    assert one[0].step == one[1].step != two[0].step


def test_the_later_of_two_people_sees_what_the_other_did(store: CorrectionStore) -> None:
    store.record(PAIR, [note("old")], author="Cem", origin=ORIGIN)
    theirs = store.record(PAIR, [note("Ana's", 1)], author="Ana", origin=ORIGIN)
    theirs += store.record(PAIR, [note("Ana's again", 2)], author="Ana", origin=ORIGIN)
    both = [note("Ben's", 1), Change("source_entities", PER, 0)]
    with pytest.raises(ConflictError) as caught:
        store.record(PAIR, both, author="Ben", origin=ORIGIN)
    assert caught.value.theirs == theirs
    assert caught.value.sentence == KEY
    assert store.state(KEY).note == "Ana's again"
    assert store.state(KEY).source_entities is None  # nothing of the step was written
    store.record(PAIR, [note("Ben's", 3), both[1]], author="Ben", origin=ORIGIN)
    assert [event.after for event in store.history(KEY)] == ["old", "Ana's", "Ana's again", "Ben's", PER]


def test_other_fields_are_no_conflict(store: CorrectionStore) -> None:
    store.record(PAIR, [note("Ana's")], author="Ana", origin=ORIGIN)
    store.record(PAIR, [Change("status", "approved", 0)], author="Ben", origin=ORIGIN)
    assert store.state(KEY).authors == ("Ana", "Ben")


def test_a_version_that_is_not_there_is_a_conflict(store: CorrectionStore) -> None:
    with pytest.raises(ConflictError) as caught:
        store.record(PAIR, [note("x", 3)], author="Ana", origin=ORIGIN)
    assert (caught.value.theirs, caught.value.where) == ((), "s1")


@pytest.mark.parametrize(
    ("changes", "author", "message"),
    [
        ([Change("source_entities", (entity(0, 9),), 0)], "Ana", "ends at word 9"),
        ([note("x"), note("y")], "Ana", "twice"),
        ([note("x")], " ", "name"),
    ],
)
def test_what_cannot_be_is_refused(
    store: CorrectionStore, changes: list[Change], author: str, message: str
) -> None:
    with pytest.raises(CorrectionError, match=message):
        store.record(PAIR, changes, author=author, origin=ORIGIN)
    with pytest.raises(CorrectionError, match=message):
        store.record_many([(pair("s0"), [note("x")]), (PAIR, changes)], author=author, origin=ORIGIN)
    assert store.version() == 0


def test_other_words_are_another_sentence(store: CorrectionStore) -> None:
    other = pair(word="v")
    store.record(PAIR, [note("of w")], author="Ana", origin=ORIGIN)
    store.record(other, [note("of v")], author="Ana", origin=ORIGIN)
    states = store.states([KEY, SentenceKey.of(other), SentenceKey.of(pair("s2"))])
    assert {key: state.note for key, state in states.items()} == {
        KEY: "of w",
        SentenceKey.of(other): "of v",
    }
    assert store.states() == states
    assert [event.after for event in store.history(KEY)] == ["of w"]


def test_sentences_of_a_corpus_that_is_gone_can_be_read(store: CorrectionStore) -> None:
    odd = SentencePair("\0\ud800\\u0000", Sentence(("\0", "a\ud83d"), "en"), Sentence((), "und"))
    elsewhere = Origin("jsonl:x", "f")
    store.record(odd, [note("x")], author="Ana", origin=elsewhere)
    store.record(odd, [note("y", 1)], author="Ana", origin=elsewhere)
    store.record(PAIR, [note("x")], author="Ana", origin=ORIGIN)
    store.record(PAIR, [note("y", 1)], author="Ben", origin=elsewhere)
    found = store.touched("jsonl:x")
    assert {key: stored.pair for key, stored in found.items()} == {SentenceKey.of(odd): odd, KEY: PAIR}
    assert set(store.touched("demo:de")) == {KEY}
    assert set(store.touched("jsonl:x", lambda key: key != KEY)) == {SentenceKey.of(odd)}
    assert store.touched("demo") == {}


def test_what_was_looked_at_is_kept_once_and_exactly(store: CorrectionStore) -> None:
    origins = [
        Origin("demo", "f"),
        Origin("demo", "f", ""),
        Origin("demo", "f", "r", {"b": [1, {"c": None}], "a": "\ud800"}),
        Origin("demo", "g"),
        Origin("demo", "f"),
    ]
    for at, origin in enumerate(origins):
        store.record(PAIR, [note(str(at), at)], author="Ana", origin=origin)
    assert [event.origin for event in store.history(KEY)] == origins


def test_authors_in_the_order_in_which_they_came(store: CorrectionStore) -> None:
    for at, author in enumerate(["Zoë", "Ana", "Zoë", "Ben\\u0041"]):
        store.record(PAIR, [note(str(at), at)], author=author, origin=ORIGIN)
    assert store.authors() == ("Zoë", "Ana", "Ben\\u0041")
    assert store.state(KEY).authors == store.authors()


def test_many_sentences_are_one_step(store: CorrectionStore) -> None:
    pairs = [pair(f"s{i}") for i in range(450)]  # more than one transaction
    store.record(pairs[3], [note("there already")], author="Ben", origin=ORIGIN)
    items = [(each, [note("x"), Change("status", "approved", 0)]) for each in pairs]
    done = store.record_many(items, author="Ana", origin=ORIGIN, reason="same", action="similar")
    assert len(done.events) == 2 * 449
    assert len({event.step for event in done.events}) == 1
    assert [event.number for event in done.events] == list(range(2, 2 + 2 * 449))
    assert {(event.action, event.reason) for event in done.events} == {("similar", "same")}
    [conflict] = done.conflicts
    assert conflict.sentence == SentenceKey.of(pairs[3])
    assert [event.after for event in conflict.theirs] == ["there already"]
    states = store.states()
    assert len(states) == 450
    assert sum(state.status == "approved" for state in states.values()) == 449
    assert store.states(iter(states)) == states
    histories = store.histories(states)
    assert tuple(event for key in states for event in histories[key] if event.author == "Ana") == done.events
    # Each is undone by itself.
    assert len(store.undo(pairs[0], "Ana", ORIGIN)) == 2
    assert store.state(SentenceKey.of(pairs[0])).note == ""
    assert store.state(SentenceKey.of(pairs[1])).note == "x"


def test_a_sentence_that_is_listed_twice_conflicts_with_itself(store: CorrectionStore) -> None:
    done = store.record_many([(PAIR, [note("x")]), (PAIR, [note("y")])], author="Ana", origin=ORIGIN)
    [conflict] = done.conflicts
    assert conflict.theirs == done.events
    assert store.history(KEY) == done.events


def test_undo_and_redo(store: CorrectionStore) -> None:
    first = store.record(
        PAIR, [note("a"), Change("links", ((0, 0, "none"),), 0)], author="Ana", origin=ORIGIN
    )
    store.record(PAIR, [note("b", 1)], author="Ana", origin=ORIGIN)
    [back] = store.undo(PAIR, "Ana", ORIGIN)
    assert (back.action, back.before, back.after, back.refers, back.version) == ("undo", "b", "a", 3, 3)
    both = store.undo(PAIR, "Ana", ORIGIN)
    assert [(event.kind, event.after, event.refers) for event in both] == [
        (event.kind, event.before, event.number) for event in first
    ]
    assert store.state(KEY).is_edited is False
    assert store.undo(PAIR, "Ana", ORIGIN) == ()
    again = store.redo(PAIR, "Ana", ORIGIN)
    assert [(event.action, event.after) for event in again] == [("redo", event.after) for event in first]
    assert [event.after for event in store.redo(PAIR, "Ana", ORIGIN)] == ["b"]
    assert store.redo(PAIR, "Ana", ORIGIN) == ()
    assert store.state(KEY).note == "b"
    assert len(store.history(KEY)) == 9


def test_undo_survives_a_restart_and_other_sentences(store: CorrectionStore, url: str) -> None:
    other = pair("s2")
    store.record(PAIR, [note("a")], author="Ana", origin=ORIGIN)
    store.record(other, [note("b")], author="Ana", origin=ORIGIN)
    store.undo(PAIR, "Ana", ORIGIN)
    store.close()
    reopened = CorrectionStore(url)
    assert reopened.redo(other, "Ana", ORIGIN) == ()
    assert [event.after for event in reopened.redo(PAIR, "Ana", ORIGIN)] == ["a"]
    reopened.close()


def test_undo_asks_where_somebody_else_changed_the_field(store: CorrectionStore) -> None:
    store.record(PAIR, [note("mine"), Change("status", "approved", 0)], author="Ana", origin=ORIGIN)
    theirs = store.record(PAIR, [note("theirs", 1)], author="Ben", origin=ORIGIN)
    with pytest.raises(ConflictError) as caught:
        store.undo(PAIR, "Ana", ORIGIN)
    assert caught.value.theirs == theirs
    assert store.version() == 3
    with pytest.raises(ConflictError):
        store.undo(PAIR, "Ana", ORIGIN, seen={"note": 1, "status": 1})
    done = store.undo(PAIR, "Ana", ORIGIN, seen={"note": 2})
    assert [(event.kind, event.before, event.after) for event in done] == [
        ("note", "theirs", ""),
        ("status", "approved", "created"),
    ]
    # And Ben, whose note was overwritten knowingly, is asked in turn.
    with pytest.raises(ConflictError) as caught:
        store.undo(PAIR, "Ben", ORIGIN)
    assert [event.author for event in caught.value.theirs] == ["Ana"]


def test_redo_asks_too(store: CorrectionStore) -> None:
    store.record(PAIR, [note("mine")], author="Ana", origin=ORIGIN)
    store.undo(PAIR, "Ana", ORIGIN)
    theirs = store.record(PAIR, [note("theirs", 2)], author="Ben", origin=ORIGIN)
    with pytest.raises(ConflictError) as caught:
        store.redo(PAIR, "Ana", ORIGIN)
    assert caught.value.theirs == theirs
    [done] = store.redo(PAIR, "Ana", ORIGIN, seen={"note": 3})
    assert (done.before, done.after) == ("theirs", "mine")


def test_undo_does_not_ask_where_the_other_took_it_back(store: CorrectionStore) -> None:
    store.record(PAIR, [note("mine")], author="Ana", origin=ORIGIN)
    store.record(PAIR, [note("theirs", 1)], author="Ben", origin=ORIGIN)
    store.undo(PAIR, "Ben", ORIGIN)
    [done] = store.undo(PAIR, "Ana", ORIGIN)
    assert (done.before, done.after) == ("mine", "")


def test_an_undo_that_changes_nothing_is_a_step_back_all_the_same(store: CorrectionStore) -> None:
    store.record(PAIR, [note("one")], author="Ana", origin=ORIGIN)
    store.record(PAIR, [note("two", 1)], author="Ana", origin=ORIGIN)
    store.record(PAIR, [note("one", 2)], author="Ben", origin=ORIGIN)
    [done] = store.undo(PAIR, "Ana", ORIGIN)
    assert (done.before, done.after) == ("one", "one")
    [next_one] = store.undo(PAIR, "Ana", ORIGIN)
    assert (next_one.before, next_one.after) == ("one", "")


def test_any_state_is_restored(store: CorrectionStore) -> None:
    store.record(PAIR, [note("a"), Change("source_entities", PER, 0)], author="Ana", origin=ORIGIN)
    store.record(PAIR, [note("b", 1), Change("status", "rejected", 0)], author="Ben", origin=ORIGIN)
    now = store.state(KEY)
    done = store.restore(PAIR, 2, author="Cem", origin=ORIGIN, seen=now.versions)
    assert {(event.kind, event.after, event.refers, event.action) for event in done} == {
        ("note", "a", 2, "restore"),
        ("status", "created", 2, "restore"),
    }
    assert store.state(KEY).source_entities == PER
    store.undo(PAIR, "Cem", ORIGIN)
    state = store.state(KEY)
    assert (state.note, state.status) == ("b", "rejected")
    store.restore(PAIR, 0, author="Cem", origin=ORIGIN, seen=state.versions)
    assert not store.state(KEY).is_edited
    assert store.state(KEY).note == ""


def test_a_restore_does_not_overwrite_what_was_not_seen(store: CorrectionStore) -> None:
    store.record(PAIR, [note("a")], author="Ana", origin=ORIGIN)
    store.record(PAIR, [note("b", 1)], author="Ana", origin=ORIGIN)
    theirs = store.record(PAIR, [note("c", 2)], author="Ben", origin=ORIGIN)
    with pytest.raises(ConflictError) as caught:
        store.restore(PAIR, 1, author="Ana", origin=ORIGIN, seen={"note": 2})
    assert caught.value.theirs == theirs


def test_a_state_of_another_sentence_is_not_restored(store: CorrectionStore) -> None:
    store.record(PAIR, [note("a")], author="Ana", origin=ORIGIN)
    store.record(pair("s2"), [note("a")], author="Ana", origin=ORIGIN)
    with pytest.raises(CorrectionError, match="no event 2 of this sentence"):
        store.restore(PAIR, 2, author="Ana", origin=ORIGIN, seen={})


def test_the_version_grows_with_every_change(store: CorrectionStore) -> None:
    seen = [store.version()]
    store.record(PAIR, [note("a")], author="Ana", origin=ORIGIN)
    seen.append(store.version())
    store.undo(PAIR, "Ana", ORIGIN)
    seen.append(store.version())
    store.redo(PAIR, "Ana", ORIGIN)
    seen.append(store.version())
    store.restore(PAIR, 0, author="Ana", origin=ORIGIN, seen=store.state(KEY).versions)
    seen.append(store.version())
    assert seen == [0, 1, 2, 3, 4]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sid=TEXTS, words=st.lists(st.text(ANY_CHARACTER, min_size=1), min_size=4, max_size=4), said=SAID)
def test_everything_comes_back_exactly(
    store: CorrectionStore, sid: str, words: list[str], said: tuple[Kind, Value]
) -> None:
    kind, value = said
    each = SentencePair(sid, Sentence(tuple(words), "en"), Sentence(tuple(words), "x-\0"))
    state = store.state(SentenceKey.of(each))
    origin = Origin("\0" + sid, sid, sid, {sid: [sid]})
    made = store.record(
        each, [Change(kind, value, state.versions[kind])], author="Ana", origin=origin, reason=sid, step=sid
    )
    after = store.state(SentenceKey.of(each))
    assert after.value(kind) == value
    assert store.history(SentenceKey.of(each))[len(store.history(SentenceKey.of(each))) - len(made) :] == made
    assert SentenceState.of(store.history(SentenceKey.of(each))) == after
    if made:
        assert store.touched("\0" + sid)[SentenceKey.of(each)].pair == each


def test_opening_again_is_the_same_store(store: CorrectionStore, url: str) -> None:
    assert CorrectionStore.open(url) is store


def test_threads_share_a_store(store: CorrectionStore) -> None:
    failed: list[BaseException] = []

    def correct(author: str) -> None:
        try:
            for at in range(10):
                store.record(pair(author), [note(str(at), at)], author=author, origin=ORIGIN)
                assert store.state(SentenceKey.of(pair(author))).note == str(at)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=correct, args=(f"author {i}",)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.version() == 60


def test_a_store_that_was_closed_opens_again(store: CorrectionStore) -> None:
    store.record(PAIR, [note("a")], author="Ana", origin=ORIGIN)
    store.close()
    assert store.state(KEY).note == "a"


def test_the_words_are_stored_once(store: CorrectionStore) -> None:
    from sqlalchemy import select

    from xner_core.corrections.schema import SentenceRow

    for at in range(3):
        store.record(PAIR, [note(str(at), at)], author="Ana", origin=ORIGIN)
    with store._database.reading() as connection:
        [row] = connection.execute(select(*SentenceRow.__table__.columns))
    assert json.loads(row.source_words) == list(PAIR.source.words)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CorrectionError("full", hint="Make room; nothing was written"), "full. Make room; {}"),
        (CorrectionError("it refuses", hint="Nothing was written"), "it refuses. {}"),
        (CorrectionError("busy; nothing was written", hint="Try again"), "busy; {}. Try again"),
    ],
)
def test_who_is_stopped_half_way_is_told_what_was_written(
    store: CorrectionStore, monkeypatch: pytest.MonkeyPatch, error: CorrectionError, said: str
) -> None:
    monkeypatch.setattr("xner_core.corrections.store._SENTENCES_A_TRANSACTION", 2)
    write, n_calls = Writer.write, iter(range(9))

    def stopped(self: Writer, items: Any) -> Any:
        if next(n_calls) == 1:
            raise error
        return write(self, items)

    monkeypatch.setattr(Writer, "write", stopped)
    items = [(pair(f"s{at}"), [note("x")]) for at in range(5)]
    with pytest.raises(CorrectionError) as caught:
        store.record_many(items, author="Ana", origin=ORIGIN)
    assert str(caught.value) == said.format(
        "2 sentences were written until then; doing it again adds the rest"
    )
    assert len(store.states()) == 2
    assert len(store.record_many(items, author="Ana", origin=ORIGIN).events) == 3
