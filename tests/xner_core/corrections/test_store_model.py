"""Several people correct one sentence, against a model that keeps everything in plain lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.xner_core.corrections.values import ORIGIN, SAID, pair
from xner_core.corrections.events import KINDS, Change, ConflictError, Kind, SentenceKey, SentenceState, Value
from xner_core.corrections.store import CorrectionStore
from xner_core.types import SentencePair

AUTHORS = st.sampled_from(["Ana", "Ben", "Cem"])
Values = dict[Kind, Value]


@dataclass
class Step:
    before: Values
    after: Values


@dataclass
class Model:
    """What has to hold."""

    values: Values = field(
        default_factory=lambda: {
            "source_entities": None,
            "target_entities": None,
            "links": (),
            "status": "created",
            "note": "",
        }
    )
    writers: dict[Kind, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    snapshots: list[Values] = field(default_factory=list)
    done: dict[str, list[Step]] = field(default_factory=dict)
    undone: dict[str, list[Step]] = field(default_factory=dict)

    def write(self, author: str, new: Mapping[Kind, Value]) -> None:
        for kind in KINDS:
            if kind in new:
                self.values[kind] = new[kind]
                self.writers[kind].append(author)
                self.snapshots.append(dict(self.values))

    def step(self, author: str, new: Mapping[Kind, Value]) -> None:
        changed = {kind: value for kind, value in new.items() if value != self.values[kind]}
        if changed:
            before = {kind: self.values[kind] for kind in changed}
            self.done.setdefault(author, []).append(Step(before, changed))
            self.undone[author] = []
            self.write(author, changed)

    def versions(self) -> dict[Kind, int]:
        return {kind: len(writers) for kind, writers in self.writers.items()}


class Machine(RuleBasedStateMachine):
    """One sentence of its own in a store that is shared."""

    store: CorrectionStore
    count = 0

    @initialize()
    def begin(self) -> None:
        type(self).count += 1
        self.pair: SentencePair = pair(f"sentence {self.count}")
        self.key = SentenceKey.of(self.pair)
        self.model = Model()
        self.first = self.store.version()

    @rule(author=AUTHORS, said=st.lists(SAID, min_size=1, max_size=3, unique_by=lambda each: each[0]))
    def correct(self, author: str, said: list[tuple[Kind, Value]]) -> None:
        in_order = sorted(said, key=lambda each: KINDS.index(each[0]))
        seen = self.model.versions()
        self.store.record(
            self.pair,
            [Change(kind, value, seen[kind]) for kind, value in in_order],
            author=author,
            origin=ORIGIN,
        )
        self.model.step(author, dict(in_order))

    @rule(author=AUTHORS, said=SAID, late=st.integers(1, 3))
    def correct_too_late(self, author: str, said: tuple[Kind, Value], late: int) -> None:
        kind, value = said
        seen = len(self.model.writers[kind]) - late
        if seen < 0:
            return
        change = Change(kind, value, seen)
        if value == self.model.values[kind]:
            assert self.store.record(self.pair, [change], author=author, origin=ORIGIN) == ()
            return
        with pytest.raises(ConflictError) as caught:
            self.store.record(self.pair, [change], author=author, origin=ORIGIN)
        assert [event.author for event in caught.value.theirs] == self.model.writers[kind][seen:]

    @rule(author=AUTHORS, knows=st.booleans())
    def undo(self, author: str, knows: bool) -> None:
        steps = self.model.done.setdefault(author, [])
        if not steps:
            assert self.store.undo(self.pair, author, ORIGIN) == ()
            return
        step = steps[-1]
        blocked = {
            kind
            for kind, made in step.after.items()
            if self.model.values[kind] != made and self.model.values[kind] != step.before[kind]
        }
        if blocked and not knows:
            with pytest.raises(ConflictError) as caught:
                self.store.undo(self.pair, author, ORIGIN)
            assert {event.kind for event in caught.value.theirs} == blocked
            assert author not in {event.author for event in caught.value.theirs}
            return
        self.store.undo(self.pair, author, ORIGIN, seen=self.model.versions() if blocked else None)
        self.model.undone.setdefault(author, []).append(steps.pop())
        self.model.write(author, step.before)

    @rule(author=AUTHORS, knows=st.booleans())
    def redo(self, author: str, knows: bool) -> None:
        steps = self.model.undone.setdefault(author, [])
        if not steps:
            assert self.store.redo(self.pair, author, ORIGIN) == ()
            return
        step = steps[-1]
        blocked = {
            kind
            for kind, left in step.before.items()
            if self.model.values[kind] != left and self.model.values[kind] != step.after[kind]
        }
        if blocked and not knows:
            with pytest.raises(ConflictError) as caught:
                self.store.redo(self.pair, author, ORIGIN)
            assert {event.kind for event in caught.value.theirs} == blocked
            return
        self.store.redo(self.pair, author, ORIGIN, seen=self.model.versions() if blocked else None)
        self.model.done.setdefault(author, []).append(steps.pop())
        self.model.write(author, step.after)

    @rule(author=AUTHORS, back=st.integers(0, 6))
    def restore(self, author: str, back: int) -> None:
        history = self.store.history(self.key)
        at = max(len(history) - back, 0)
        number = history[at - 1].number if at else 0
        then = self.model.snapshots[at - 1] if at else Model().values
        self.store.restore(self.pair, number, author=author, origin=ORIGIN, seen=self.model.versions())
        self.model.step(author, {kind: then[kind] for kind in KINDS})

    @rule()
    def restart(self) -> None:
        self.store.close()

    @invariant()
    def agrees(self) -> None:
        state = self.store.state(self.key)
        assert {kind: state.value(kind) for kind in KINDS} == self.model.values
        assert state.versions == self.model.versions()
        history = self.store.history(self.key)
        assert SentenceState.of(history) == state
        assert len(history) == len(self.model.snapshots) == self.store.version() - self.first
        assert [[event.author for event in history if event.kind == kind] for kind in KINDS] == [
            self.model.writers[kind] for kind in KINDS
        ]


def run(store: CorrectionStore, examples: int, steps: int) -> None:
    machine = type("SharedMachine", (Machine,), {"store": store})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


def test_people_on_one_sentence(store: CorrectionStore) -> None:
    run(store, examples=8, steps=12)


@pytest.mark.study
def test_people_on_one_sentence_for_long(store: CorrectionStore) -> None:
    run(store, examples=60, steps=40)
