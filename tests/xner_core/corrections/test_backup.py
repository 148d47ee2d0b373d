"""Backups and their way back, between files and servers, while others write."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import entity
from tests.xner_core.corrections.values import ORIGIN, note, pair
from tests.xner_core.corrections.workers import said, started, write_steps
from xner_core.corrections.backup import backup
from xner_core.corrections.checking import problems, status
from xner_core.corrections.events import Change, Event, Origin, SentenceKey
from xner_core.corrections.restoring import Restored, restore
from xner_core.corrections.schema import REVISION
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import CorrectionError

KEY = SentenceKey.of(pair())


def fill(store: CorrectionStore) -> None:
    """Some of everything."""
    store.record(
        pair(), [note("a\0\ud800"), Change("links", ((0, 1, "none"),), 0)], author="Ana", origin=ORIGIN
    )
    store.record(pair(), [note("b", 1)], author="Ben\\", origin=Origin("x", "y"), reason="why")
    store.undo(pair(), "Ben\\", ORIGIN)
    store.record(pair("s2"), [Change("target_entities", (entity(0, 2),), 0)], author="Ana", origin=ORIGIN)
    store.record(pair("s2", "v"), [Change("status", "approved", 0)], author="Cem", origin=ORIGIN)


def everything(store: CorrectionStore) -> dict[SentenceKey, tuple[Event, ...]]:
    return store.histories(store.states())


@pytest.fixture
def other(tmp_path: Path) -> CorrectionStore:
    """A second store without events."""
    return CorrectionStore(f"sqlite:///{tmp_path / 'other.sqlite'}")


def test_a_backup_is_a_store_with_everything(store: CorrectionStore, url: str, tmp_path: Path) -> None:
    fill(store)
    path = tmp_path / "new" / "backup.sqlite"
    made = backup(url, path)
    assert (made.path, made.n_events, made.size) == (path, 6, path.stat().st_size)
    assert [each.name for each in path.parent.iterdir()] == [path.name]  # one file, no log beside it
    assert path.read_bytes()[18:20] == b"\1\1"  # nor does it ask for one, which read-only folders cannot have
    copy = CorrectionStore(f"sqlite:///{path}")
    assert everything(copy) == everything(store)
    assert copy.touched("x") == store.touched("x")
    copy.close()


def test_a_backup_comes_back_into_an_empty_store(
    store: CorrectionStore, url: str, other: CorrectionStore, tmp_path: Path
) -> None:
    fill(other)
    path = tmp_path / "backup.sqlite"
    backup(f"sqlite:///{other.address.path}", path)
    content = path.read_bytes()
    assert restore(path, url) == Restored(added=6, present=0, ahead=0)
    assert everything(store) == everything(other)
    assert [event.number for event in store.history(KEY)] == [1, 2, 3, 4]
    assert store.state(KEY).authors == ("Ana", "Ben\\")
    assert list(problems(store._database)) == []
    assert restore(path, url) == Restored(added=0, present=6, ahead=0)
    assert path.read_bytes() == content
    store.redo(pair(), "Ben\\", ORIGIN)  # the store is as alive as it was
    assert store.state(KEY).note == "b"


def test_a_backup_adds_what_was_lost_and_leaves_what_is_newer(
    store: CorrectionStore, url: str, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    store.record(pair(), [note("a")], author="Ana", origin=ORIGIN)
    backup(url, old)
    store.record(pair(), [note("b", 1)], author="Ana", origin=ORIGIN)
    store.record(pair("s2"), [note("c")], author="Ana", origin=ORIGIN)
    backup(url, new)
    before = everything(store)
    assert restore(old, url) == Restored(added=0, present=1, ahead=2)
    assert everything(store) == before
    # The other way round: a store that fell back to the old backup gets the rest, numbers as they were.
    fallen = CorrectionStore(f"sqlite:///{old}")
    assert restore(new, f"sqlite:///{old}") == Restored(added=2, present=1, ahead=0)
    assert everything(fallen) == before
    fallen.close()


def test_events_whose_numbers_are_taken_get_new_ones(
    store: CorrectionStore, url: str, other: CorrectionStore, tmp_path: Path
) -> None:
    fill(other)
    path = tmp_path / "backup.sqlite"
    backup(f"sqlite:///{other.address.path}", path)
    elsewhere = pair("elsewhere")
    store.record(elsewhere, [note("x")], author="Zoë", origin=ORIGIN)
    store.record(elsewhere, [note("y", 1)], author="Zoë", origin=ORIGIN)
    assert restore(path, url) == Restored(added=6, present=0, ahead=1)
    history = store.history(KEY)
    assert [event.number for event in history] == [3, 4, 5, 6]
    assert history[-1].refers == 5  # the undo, of Ben's note
    assert store.states() == {**other.states(), **store.states([SentenceKey.of(elsewhere)])}
    assert store.version() == 8
    assert list(problems(store._database)) == []
    assert restore(path, url) == Restored(added=0, present=6, ahead=1)


def test_histories_that_parted_are_not_mixed(
    store: CorrectionStore, url: str, other: CorrectionStore, tmp_path: Path
) -> None:
    path, start = tmp_path / "backup.sqlite", tmp_path / "start.sqlite"
    other.record(pair(), [note("same")], author="Ana", origin=ORIGIN)
    backup(f"sqlite:///{other.address.path}", start)
    restore(start, url)
    other.record(pair(), [note("theirs", 1), Change("status", "approved", 0)], author="Ben", origin=ORIGIN)
    other.record(pair("s2"), [note("only there")], author="Ben", origin=ORIGIN)
    backup(f"sqlite:///{other.address.path}", path)
    store.record(pair(), [note("ours", 1)], author="Ana", origin=ORIGIN)
    before = everything(store)
    with pytest.raises(CorrectionError, match=r"1 sentences were corrected otherwise .*\(s1\)") as caught:
        restore(path, url)
    assert "--replace" in str(caught.value.hint)
    assert everything(store) == before  # nothing at all, not even of the other sentence
    assert restore(path, url, replace_by="Cem") == Restored(added=1, present=0, ahead=0, set_back=1)
    history = store.history(KEY)
    assert history[: len(before[KEY])] == before[KEY]  # what was there stays in the history
    assert {(event.author, event.action) for event in history[len(before[KEY]) :]} == {("Cem", "restore")}
    state = store.state(KEY)
    assert (state.note, state.status) == ("theirs", "approved")
    store.undo(pair(), "Cem", ORIGIN)
    assert store.state(KEY).note == "ours"
    assert list(problems(store._database)) == []


def test_everything_is_set_back_where_somebody_says_so(
    store: CorrectionStore, url: str, tmp_path: Path
) -> None:
    fill(store)
    path = tmp_path / "backup.sqlite"
    backup(url, path)
    then = store.states()
    now = then[KEY].versions["note"]
    store.record(pair(), [note("later", now)], author="Ana", origin=ORIGIN)
    store.record_many(
        [(pair(f"new {i}"), [Change("status", "rejected", 0)]) for i in range(600)],
        author="Ana",
        origin=ORIGIN,
    )
    assert restore(path, url, replace_by="Cem") == Restored(added=0, present=6, ahead=601, set_back=601)
    states = store.states()
    assert len(states) == 603
    for key, state in states.items():
        same = then.get(key)
        assert state.status == (same.status if same else "created")
        assert state.note == (same.note if same else "")
    assert restore(path, url, replace_by="Cem").set_back == 0


def test_between_a_file_and_a_server(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    file, server = CorrectionStore(sqlite_url), CorrectionStore(postgres_url)
    fill(file)
    backup(sqlite_url, tmp_path / "1.sqlite")
    restore(tmp_path / "1.sqlite", postgres_url)
    backup(postgres_url, tmp_path / "2.sqlite")
    back = CorrectionStore(f"sqlite:///{tmp_path / '2.sqlite'}")
    assert everything(back) == everything(server) == everything(file)
    for store in (file, server, back):
        store.close()


def test_others_write_meanwhile(store: CorrectionStore, url: str, tmp_path: Path) -> None:
    writers = [started(write_steps, url, author) for author in ("Ana", "Ben")]
    for _, hears in writers:
        assert hears.recv() == "ready"
        hears.recv()  # a first step
    done = {}
    for at in range(3):
        path = tmp_path / f"{at}.sqlite"
        before = {key: state.versions["note"] for key, state in store.states().items()}
        backup(url, path)
        copy = CorrectionStore(f"sqlite:///{path}")
        assert list(problems(copy._database)) == []
        for key, state in copy.states().items():
            assert state.versions["note"] == state.versions["links"] >= before[key]  # steps are whole
        assert restore(path, url).added == 0
        copy.close()
    for process, hears in writers:
        process.kill()
        done[process.pid] = max(said(hears))
        process.join()
    assert min(done.values()) > 3  # they were not held up
    lost = f"sqlite:///{tmp_path / 'lost.sqlite'}"
    restore(tmp_path / "2.sqlite", lost)
    final = tmp_path / "final.sqlite"
    backup(url, final)
    restore(final, lost)
    again = CorrectionStore(lost)
    assert everything(again) == everything(store)
    again.close()


def test_a_backup_overwrites_nothing(store: CorrectionStore, url: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.sqlite"
    path.write_text("precious")
    with pytest.raises(CorrectionError, match="a file already"):
        backup(url, path)
    assert path.read_text() == "precious"


def test_nothing_to_back_up(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="nothing was corrected yet"):
        backup(sqlite_url, tmp_path / "backup.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_backup(url: str, store: CorrectionStore, tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.sqlite"
    text.write_text("no database at all, though long enough to be taken for one " * 20)
    with closing(sqlite3.connect(other)) as opened:
        opened.execute("CREATE TABLE songs (name TEXT)")
    for path, message in (
        (text, "no database"),
        (other, "no corrections"),
        (tmp_path / "none", "no such file"),
    ):
        with pytest.raises(CorrectionError, match=message) as caught:
            restore(path, url)
        assert caught.value.where == str(path)
    assert store.version() == 0


def test_a_damaged_backup_is_not_restored(
    store: CorrectionStore, url: str, other: CorrectionStore, tmp_path: Path
) -> None:
    fill(other)
    path = tmp_path / "backup.sqlite"
    backup(f"sqlite:///{other.address.path}", path)
    cut = tmp_path / "cut.sqlite"
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(CorrectionError, match=r"damaged|no database"):
        restore(cut, url)
    forged = tmp_path / "forged.sqlite"
    shutil.copy(path, forged)
    with closing(sqlite3.connect(forged)) as opened, opened:
        opened.execute("DROP TRIGGER events_no_delete")
        opened.execute("DELETE FROM events WHERE number = 1")
    with pytest.raises(CorrectionError, match="damaged") as caught:
        restore(forged, url)
    assert caught.value.where == str(forged)
    assert store.version() == 0


def test_a_backup_of_an_older_version_is_restored(store: CorrectionStore, url: str, tmp_path: Path) -> None:
    from tests.xner_core.corrections.test_upgrading import migrate_to
    from xner_core.corrections.address import Address
    from xner_core.corrections.database import Database

    path = tmp_path / "old.sqlite"
    with closing(Database(Address.of_file(path))) as database, database.writing() as connection:
        migrate_to(connection, "0001")
    content = path.read_bytes()
    assert restore(path, url) == Restored(0, 0, 0)
    assert path.read_bytes() == content


def test_status(store: CorrectionStore, url: str, tmp_path: Path) -> None:
    fill(store)
    found = status(url)
    assert (found.revision, found.is_current, found.n_events, found.n_sentences) == (REVISION, True, 6, 3)
    assert found.authors == ("Ana", "Ben\\", "Cem")
    assert found.updated == store.state(SentenceKey.of(pair("s2", "v"))).updated.isoformat(timespec="seconds")  # type: ignore[union-attr]
    assert (found.size is None) == url.startswith("postgresql")


def test_status_makes_nothing(bare_url: str, tmp_path: Path) -> None:
    found = status(bare_url)
    assert (found.revision, found.is_current, found.n_events) == (None, False, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_named_and_not_its_copy(sqlite_url: str, tmp_path: Path) -> None:
    store = CorrectionStore.open(sqlite_url)
    fill(store)
    store.close()
    path = store.address.path
    assert path is not None
    stricter = "replace(sql, 'refers INTEGER', 'refers INTEGER NOT NULL')"
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("PRAGMA writable_schema = ON")
        opened.execute(f"UPDATE sqlite_master SET sql = {stricter} WHERE name = 'events'")
    with pytest.raises(CorrectionError, match="damaged") as caught:
        backup(sqlite_url, tmp_path / "b.sqlite")
    assert caught.value.where == str(path)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "b.sqlite").exists()
