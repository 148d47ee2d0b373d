"""Addresses, and what goes wrong with the database behind one."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.xner_core.corrections import postgres
from tests.xner_core.corrections.values import ORIGIN, note, pair
from xner_core.corrections import database as database_module
from xner_core.corrections.address import Address
from xner_core.corrections.events import SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ConfigError, CorrectionError, XnerError

KEY = SentenceKey.of(pair())


def test_by_default_a_file_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XNER_DATABASE_URL", raising=False)
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    store = CorrectionStore.open()
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    assert store.address.shown == str(tmp_path / "data" / "corrections.sqlite")
    monkeypatch.setenv("XNER_DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    assert CorrectionStore.open().version() == 0
    monkeypatch.setenv("XNER_DATABASE_URL", "")
    assert CorrectionStore.open() is store


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+pg8000"])
def test_a_server_is_asked_by_the_one_driver_there_is(scheme: str) -> None:
    address = Address.of(f"{scheme}://ana:s%40cret@db.example:6543/corrections")
    assert address.url.drivername == "postgresql+pg8000"
    assert address.url.password == "s@cret"
    assert address.shown == "postgresql://ana@db.example:6543/corrections"
    assert address.path is None


@pytest.mark.parametrize(
    ("mode", "is_tls"), [("disable", False), ("prefer", None), ("allow", None), ("require", True)]
)
def test_encryption_is_as_asked(mode: str, is_tls: bool | None) -> None:
    address = Address.of(f"postgresql://ana@db/corrections?sslmode={mode}")
    assert address.options == {"ssl_context": is_tls}
    assert "sslmode" not in address.url.query


def test_a_certificate_is_checked_where_asked() -> None:
    import ssl

    for mode in ("verify-ca", "verify-full"):
        trusted = Address.of(f"postgresql://ana@db/corrections?sslmode={mode}").options["ssl_context"]
        assert trusted.verify_mode is ssl.CERT_REQUIRED
        assert trusted.check_hostname is (mode == "verify-full")


@pytest.mark.parametrize(
    "bad",
    [
        "corrections.sqlite",
        "mysql://ana:secret@db/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:////x?mode=ro",
        "postgresql://ana:secret@db",
        "postgresql://db/x",
        "postgresql://ana:secret@db/x?sslmode=maybe",
        "postgresql://ana:secret@db/x?options=1",
        "postgresql://ana:secret@db:port/x",
    ],
)
def test_a_bad_address_is_named_without_its_password(bad: str) -> None:
    with pytest.raises(ConfigError) as caught:
        CorrectionStore.open(bad)
    assert caught.value.where == "XNER_DATABASE_URL"
    assert caught.value.hint
    assert "secret" not in str(caught.value)


def test_no_server(sqlite_url: str) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(CorrectionError, match="no server answers") as caught:
            CorrectionStore.open(f"postgresql://ana:secret@127.0.0.1:{port}/x")
    assert caught.value.where == f"postgresql://ana@127.0.0.1:{port}/x"
    assert_silent(caught.value, "secret")


def test_a_wrong_password(postgres_url: str) -> None:
    url = make_url(postgres_url).set(password="wr0ng").render_as_string(hide_password=False)
    with pytest.raises(CorrectionError, match="does not let this user in") as caught:
        CorrectionStore.open(url)
    assert_silent(caught.value, "wr0ng")


def test_no_such_database(postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(CorrectionError, match="no such database") as caught:
        CorrectionStore.open(url)
    assert_silent(caught.value, postgres.PASSWORD)


def test_a_user_without_rights(bare_postgres_url: str) -> None:
    CorrectionStore(bare_postgres_url).close()
    url = make_url(bare_postgres_url)
    with closing(postgres.connect(url)) as connection:
        cursor = connection.cursor()
        cursor.execute("DROP ROLE IF EXISTS xner_reader")
        cursor.execute("CREATE ROLE xner_reader LOGIN PASSWORD 'r' IN ROLE pg_read_all_data")
        connection.commit()
    reader = CorrectionStore(
        url.set(username="xner_reader", password="r").render_as_string(hide_password=False)
    )
    assert reader.version() == 0
    with pytest.raises(CorrectionError, match="may not write"):
        reader.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    reader.close()


def test_a_connection_that_the_server_ended_is_made_again(postgres_url: str) -> None:
    store = CorrectionStore(postgres_url)
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    postgres.command(
        make_url(postgres_url),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    assert store.state(KEY).note == "x"
    store.close()


def test_who_waits_too_long_is_told_so(
    url: str, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.2)
    begin = {
        kind: {mode: each.replace("'60s'", "'200ms'") for mode, each in modes.items()}
        for kind, modes in database_module._BEGIN.items()
    }
    monkeypatch.setattr(database_module, "_BEGIN", begin)
    impatient = CorrectionStore(url)
    with store._database.writing():
        assert impatient.version() == 0  # nobody waits for reading
        with pytest.raises(CorrectionError, match="nothing was written") as caught:
            impatient.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    assert caught.value.hint == "Try again"
    impatient.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    impatient.close()


def test_who_waits_gets_a_turn(store: CorrectionStore) -> None:
    done: list[int] = []
    with store._database.writing():
        waiting = threading.Thread(
            target=lambda: done.extend(
                event.number for event in store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
            )
        )
        waiting.start()
        time.sleep(0.1)
        assert done == []
    waiting.join()
    assert done == [1]


def test_what_is_read_is_of_one_moment(store: CorrectionStore) -> None:
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    count = text("SELECT COUNT(*) FROM events")
    with store._database.reading() as connection:
        assert connection.scalar(count) == 1
        store.record(pair(), [note("y", 1)], author="Ana", origin=ORIGIN)
        assert connection.scalar(count) == 1
    assert store.version() == 2


def fail_half_way(store: CorrectionStore) -> None:
    names = "INSERT INTO origins (id, content, corpus, fingerprint, config, software) "
    with store._database.writing() as connection:
        connection.execute(text(f"{names} VALUES (1, '', '', '', '', '')"))
        raise KeyError


def test_nothing_stays_of_a_block_that_fails(store: CorrectionStore) -> None:
    with pytest.raises(KeyError):
        fail_half_way(store)
    with store._database.reading() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM origins")) == 0


def test_the_file_waits_for_the_disk_and_writes_ahead(sqlite_url: str) -> None:
    store = CorrectionStore(sqlite_url)
    with store._database.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


def test_a_file_that_was_deleted_is_made_again(sqlite_url: str, tmp_path: Path) -> None:
    store = CorrectionStore.open(sqlite_url)
    store.record(pair(), [note("x")], author="Ana", origin=ORIGIN)
    store.close()
    for each in tmp_path.glob("corrections.sqlite*"):
        each.unlink()
    again = CorrectionStore.open(sqlite_url)
    assert again.version() == 0
    again.record(pair(), [note("y")], author="Ana", origin=ORIGIN)
    with closing(sqlite3.connect(tmp_path / "corrections.sqlite")) as opened:
        assert opened.execute("SELECT COUNT(*) FROM events").fetchone() == (1,)


def assert_silent(error: XnerError, password: str) -> None:
    """No message of an error, or of one behind it, says the password."""
    said: BaseException | None = error
    while said is not None:
        assert password not in f"{said!s} {said!r}"
        said = None if said.__suppress_context__ else said.__context__
