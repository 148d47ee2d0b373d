"""Tables are made and changed step by step, whole or not at all, whoever is killed or comes at once."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from tests.xner_core.corrections.values import ORIGIN, note, pair
from tests.xner_core.corrections.workers import (
    barrier,
    open_as_nobody,
    said,
    started,
    upgrade_and_die,
    upgrade_together,
)
from xner_core.corrections import migrations
from xner_core.corrections.address import Address
from xner_core.corrections.database import Database
from xner_core.corrections.events import SentenceKey
from xner_core.corrections.migrations import versions
from xner_core.corrections.schema import REVISION, Base
from xner_core.corrections.store import CorrectionStore
from xner_core.corrections.upgrading import VERSION_TABLE, revision, upgrade
from xner_core.errors import CorrectionError

TABLES = {"sentences", "origins", "events"}


def migrate_to(connection: Connection, wanted: str) -> None:
    """Run the migrations up to one, past our own code."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, wanted)


def found_in(url: str) -> tuple[str | None, set[str]]:
    """The revision and the tables of a database."""
    with closing(Database(Address.of(url))) as database, database.reading() as connection:
        return revision(connection), set(inspect(connection).get_table_names()) - {VERSION_TABLE}


def test_the_newest_step_is_the_last_one() -> None:
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert script.get_heads() == [REVISION]
    steps = [import_module(f"{versions.__name__}.{each.name}") for each in iter_modules(versions.__path__)]
    assert [step.revision for step in steps] == [f"{at:04}" for at in range(1, len(steps) + 1)]


def test_the_tables_are_those_that_the_program_knows(bare_url: str) -> None:
    with closing(Database(Address.of(bare_url))) as database:
        assert upgrade(database) is True
        assert upgrade(database) is False
        with database.reading() as connection:
            context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
            assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("begin", [None, "0001"])
def test_a_migration_that_is_killed_anywhere_can_be_started_again(bare_url: str, begin: str | None) -> None:
    if begin:
        with closing(Database(Address.of(bare_url))) as database, database.writing() as connection:
            migrate_to(connection, begin)
            connection.execute(text("INSERT INTO sentences VALUES (1, 's', 'c', 'en', 'de', '[]', '[]')"))
    before = found_in(bare_url)
    assert before == (begin, TABLES if begin else set())
    n_killed = 0
    while True:
        process, hears = started(upgrade_and_die, bare_url, n_killed)
        is_done = said(hears) == ["done"]
        process.join()
        if is_done:
            break
        assert process.exitcode == -signal.SIGKILL
        assert found_in(bare_url) == before
        n_killed += 1
    assert n_killed > 8
    assert found_in(bare_url) == (REVISION, TABLES)
    store = CorrectionStore(bare_url)
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    assert store.state(SentenceKey.of(pair())).note == "x"
    with store._database.reading() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM sentences")) == (2 if begin else 1)
    store.close()


def test_processes_that_come_at_once_wait_for_each_other(bare_url: str) -> None:
    start = barrier(5)
    processes = [started(upgrade_together, bare_url, start) for _ in range(5)]
    answers = [answer for process, hears in processes for answer in said(hears)]
    for process, _ in processes:
        process.join()
    assert sorted(map(str, answers)) == ["False"] * 4 + ["True"]
    assert found_in(bare_url) == (REVISION, TABLES)


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_was_written_cannot_be_changed(store: CorrectionStore, table: str, statement: str) -> None:
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    column = {"sentences": "sid", "origins": "corpus", "events": "author"}[table]
    with (
        pytest.raises(CorrectionError, match="never changed or taken out"),
        store._database.writing() as connection,
    ):
        connection.execute(text(statement.format(table, column, "'x'")))
    assert store.history(SentenceKey.of(pair()))[0].author == "Ana"


def test_a_table_cannot_be_emptied(postgres_url: str) -> None:
    store = CorrectionStore(postgres_url)
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    with pytest.raises(CorrectionError, match="never changed"), store._database.writing() as connection:
        connection.execute(text("TRUNCATE events, origins, sentences"))
    assert store.version() == 1
    store.close()


def test_the_same_version_cannot_be_written_twice(store: CorrectionStore) -> None:
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    copy = (
        "INSERT INTO events SELECT number + 1, sentence, kind, version, before, after, action, author, time, "
        "reason, refers, step, origin FROM events"
    )
    with pytest.raises(CorrectionError, match="refuses"), store._database.writing() as connection:
        connection.execute(text(copy))
    assert store.version() == 1


def test_a_database_of_a_newer_version_is_left_alone(bare_url: str) -> None:
    CorrectionStore(bare_url).close()
    with closing(Database(Address.of(bare_url))) as database:
        with database.writing() as connection:
            connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        with pytest.raises(CorrectionError, match="newer version") as caught:
            CorrectionStore(bare_url)
        assert caught.value.hint == "Update the program"
        with database.reading() as connection:
            assert revision(connection) == "9999"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but longer than the header of one would be " * 50)
    content = path.read_bytes()
    with pytest.raises(CorrectionError, match="no database") as caught:
        CorrectionStore(f"sqlite:///{path}")
    assert caught.value.where == str(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(CorrectionError, match="another program"):
        CorrectionStore(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_tables_of_another_program_on_the_server(bare_postgres_url: str) -> None:
    with closing(Database(Address.of(bare_postgres_url))) as database, database.writing() as connection:
        connection.execute(text("CREATE TABLE events (name TEXT)"))
    with pytest.raises(CorrectionError, match="another program"):
        CorrectionStore(bare_postgres_url)
    assert found_in(bare_postgres_url) == (None, {"events"})


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CorrectionError, match="cannot be written"):
        CorrectionStore(f"sqlite:///{tmp_path / 'file' / 'corrections.sqlite'}")
    with pytest.raises(CorrectionError, match="cannot be written"):
        CorrectionStore(f"sqlite:///{tmp_path}")  # a folder


@pytest.mark.parametrize("is_there", [False, True])
def test_a_folder_that_cannot_be_written(is_there: bool) -> None:
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="xner-read-only-"))  # pytest's own is closed to others
    try:
        url = f"sqlite:///{folder / 'corrections.sqlite'}"
        if is_there:
            CorrectionStore(url).close()
        folder.chmod(0o555)
        process, hears = started(open_as_nobody, url)
        [(kind, message)] = said(hears)
        process.join()
        assert kind == "CorrectionError"
        assert "cannot be written" in message
        assert "Make the folder writable" in message
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
