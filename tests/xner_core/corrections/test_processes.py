"""Many processes write at once, and some are killed."""

from __future__ import annotations

import random
import signal
import time
from itertools import pairwise

import pytest

from tests.xner_core.corrections.values import ORIGIN, note, pair
from tests.xner_core.corrections.workers import correct, record_and_die, said, started, write_steps
from xner_core.corrections.checking import problems
from xner_core.corrections.events import KINDS, SentenceKey, SentenceState
from xner_core.corrections.store import CorrectionStore

N_PROCESSES = 8
N_SENTENCES = 5


def correct_together(store: CorrectionStore, url: str, count: int) -> None:
    """8 processes make corrections of 5 sentences."""
    authors = [f"author-{i}" for i in range(N_PROCESSES)]
    processes = [started(correct, url, author, count, N_SENTENCES) for author in authors]
    reports = {}
    for process, hears in processes:
        for author, numbers, _ in said(hears):
            reports[author] = numbers
        process.join()
    assert {type(numbers) for numbers in reports.values()} == {list}, reports  # no error reached a user
    states = store.states()
    histories = store.histories(states)
    events = sorted((event for each in histories.values() for event in each), key=lambda each: each.number)
    assert len(events) == N_PROCESSES * count == store.version()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    for author in authors:  # each one's events, in the order in which they made them
        own = [event for event in events if event.author == author]
        assert [event.number for event in own] == reports[author]
        assert all(one.time <= other.time for one, other in pairwise(own))
    for key, history in histories.items():
        for kind in KINDS:
            field = [event for event in history if event.kind == kind]
            assert [event.version for event in field] == list(range(1, len(field) + 1))
            assert all(one.after == other.before for one, other in pairwise(field))
        assert SentenceState.of(history) == states[key]
    assert list(problems(store._database)) == []


def test_many_processes_correct_the_same_sentences(store: CorrectionStore, url: str) -> None:
    correct_together(store, url, 30)


@pytest.mark.study
def test_many_processes_make_4000_corrections(store: CorrectionStore, url: str) -> None:
    began = time.perf_counter()
    correct_together(store, url, 500)
    print(f"{store.address.shown}: {time.perf_counter() - began:.1f} s")


def kill_while_writing(store: CorrectionStore, url: str, times: int) -> None:
    """Kill a process that writes without a pause, at any moment."""
    chosen = random.Random(7)
    key = SentenceKey.of(pair("Ana"))
    n_steps = 0
    for at in range(times):
        # Nobody is waited for, and behind this whatever the dead one had under way is over.
        store.record(pair("other"), [note(str(at), at)], author="Ben", origin=ORIGIN)
        state = store.state(key)
        assert n_steps <= state.versions["note"] <= n_steps + 1  # at most its own unfinished event is lost
        assert state.versions["note"] == state.versions["links"]  # no step is there by half
        n_steps = state.versions["note"]
        process, hears = started(write_steps, url, "Ana")
        assert hears.recv() == "ready"
        if at % 2:
            n_steps += 1
            assert hears.recv() == n_steps
        time.sleep(chosen.uniform(0, 0.08))
        process.kill()
        n_steps = max(said(hears), default=n_steps)
        process.join()
    assert list(problems(store._database)) == []
    assert n_steps >= times / 2


def test_a_process_that_is_killed_loses_its_unfinished_event_at_most(
    store: CorrectionStore, url: str
) -> None:
    kill_while_writing(store, url, 6)


@pytest.mark.study
def test_a_hundred_processes_that_are_killed(store: CorrectionStore, url: str) -> None:
    kill_while_writing(store, url, 100)


def test_a_process_that_is_killed_at_a_statement_leaves_no_half(store: CorrectionStore, url: str) -> None:
    key = SentenceKey.of(pair())
    store.record(pair(), [note("1")], author="Ben", origin=ORIGIN)
    before = store.history(key)
    n_killed = 0
    while True:
        process, hears = started(record_and_die, url, n_killed)
        is_done = said(hears) == ["done"]
        process.join()
        if is_done:
            break
        assert process.exitcode == -signal.SIGKILL
        n_killed += 1
        assert store.history(key) == before
        # Nobody waits for the dead.
        store.record(pair("other"), [note(str(n_killed), n_killed - 1)], author="Ben", origin=ORIGIN)
    assert n_killed > 5
    assert len(store.history(key)) == len(before) + 2
