"""A PostgreSQL server of the tests' own, on loopback, gone when they end; or one that is named."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pg8000.dbapi
from sqlalchemy.engine import URL, make_url

NAMED = "XNER_TEST_POSTGRES_URL"
PASSWORD = "p@ss/w:rd"  # characters that an URL has to escape
_START_SECONDS = 60


def programs() -> Path | None:
    """The folder of the newest server's programs that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: float(each.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


@contextmanager
def server() -> Iterator[URL]:
    """A server that may be filled with databases."""
    if os.environ.get(NAMED):
        yield make_url(os.environ[NAMED]).set(drivername="postgresql")
        return
    found = programs()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="xner-postgres-"))
    user = _user()  # the server refuses to be root
    try:
        if user:
            shutil.chown(folder, user)
        secret = folder / "password"
        secret.write_text(PASSWORD)
        if user:
            shutil.chown(secret, user)
        made = ["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--username=xner"]
        subprocess.run(
            [found / "initdb", "-D", folder / "data", *made, f"--pwfile={secret}"],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "max_connections": "60",
        }
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [found / "postgres", "-D", folder / "data", "-p", str(port)]
                + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            url = URL.create("postgresql", "xner", PASSWORD, "127.0.0.1", port, "postgres")
            _wait(url, process, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(_START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(server: URL) -> Iterator[str]:
    """A fresh database on a server."""
    name = f"xner_{uuid.uuid4().hex}"
    command(server, f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        if os.environ.get(NAMED):  # our own server goes as a whole, which is faster
            command(server, f"DROP DATABASE {name} WITH (FORCE)")


def emptied(url: URL) -> None:
    """Take everything out of a store, past the triggers that forbid it."""
    tables = ("events", "origins", "sentences")
    parts = [f"ALTER TABLE {table} {verb} TRIGGER USER" for verb in ("DISABLE", "ENABLE") for table in tables]
    parts[3:3] = [f"DELETE FROM {table}" for table in tables]
    command(url, f"DO $$ BEGIN {'; '.join(parts)}; END $$")


def command(url: URL, text: str) -> None:
    """Run a statement outside of any transaction."""
    with closing(connect(url)) as connection:
        connection.autocommit = True
        connection.cursor().execute(text)


def connect(url: URL) -> pg8000.dbapi.Connection:
    """A connection past all of our code."""
    return pg8000.dbapi.connect(
        url.username, host=url.host, port=url.port or 5432, password=url.password, database=url.database
    )


def _user() -> str | None:
    if os.getuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: URL, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            connect(url).close()
            return
        except (pg8000.dbapi.InterfaceError, pg8000.dbapi.DatabaseError):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.02)
