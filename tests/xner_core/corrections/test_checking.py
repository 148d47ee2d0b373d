"""Damage is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import entity
from tests.xner_core.corrections.values import ORIGIN, note, pair
from xner_core.corrections.checking import problems
from xner_core.corrections.events import Change
from xner_core.corrections.store import CorrectionStore

DAMAGE = {
    "UPDATE sentences SET source_words = '[\"other\"]' WHERE id = 1": "the words are not those",
    "UPDATE events SET version = 7 WHERE number = 2": "does not go on",
    'UPDATE events SET "before" = \'"else"\' WHERE number = 2': "does not go on",
    "DELETE FROM events WHERE number = 1": "does not go on",
    'UPDATE events SET "after" = \'[[0,9,"PER"]]\' WHERE number = 3': "ends at word 9",
    "UPDATE events SET refers = 9 WHERE number = 2": "refers to one that comes later",
    "UPDATE events SET action = 'guess' WHERE number = 2": "no kind that is known",
    "UPDATE events SET kind = 'mood' WHERE number = 2": "no kind that is known",
    "UPDATE events SET sentence = 9 WHERE number = 3": "refers to one that is not there",
}


def filled(path: Path) -> CorrectionStore:
    store = CorrectionStore(f"sqlite:///{path}")
    store.record(pair(), [note("a")], author="Ana", origin=ORIGIN)
    store.record(pair(), [note("b", 1)], author="Ana", origin=ORIGIN)
    changes = [Change("source_entities", (entity(0, 1),), 0)]
    store.record(pair("s2"), changes, author="Ana", origin=ORIGIN)
    return store


def test_a_sound_store(store: CorrectionStore) -> None:
    assert list(problems(store._database)) == []
    store.record_many([(pair(f"s{i}"), [note("x")]) for i in range(600)], author="Ana", origin=ORIGIN)
    assert list(problems(store._database)) == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "corrections.sqlite"
    filled(path).close()
    with closing(sqlite3.connect(path)) as opened, opened:
        for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f"DROP TRIGGER {name}")
        opened.execute(damage)
    store = CorrectionStore(f"sqlite:///{path}")
    found = list(problems(store._database))
    assert any(DAMAGE[damage] in problem for problem in found)
    store.close()
