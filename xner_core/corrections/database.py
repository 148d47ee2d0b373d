"""Opening a database, its transactions, and what its errors mean.

A transaction that was committed survives whatever happens to the program: SQLite writes its log
ahead (WAL) and waits until the disk has it (`synchronous = FULL`), PostgreSQL does so by
default. A process that is killed loses the transaction it had not committed, and no other. In
both only one writes at a time, the others wait for their turn; nobody waits for reading.
"""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xner_core.corrections.address import Address
from xner_core.errors import CorrectionError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PATIENCE_SECONDS = 60
"""How long a process waits while others write; a write takes milliseconds."""
_PAUSE_SECONDS = (0.0005, 0.004)
_ANSWER_SECONDS = 10
_CONNECTIONS = 5
_MORE_CONNECTIONS = 20
_TURN = "hashtext(coalesce(current_schema(), ''))"
_WRITING = f"SELECT set_config('lock_timeout', '{PATIENCE_SECONDS}s', true), pg_advisory_xact_lock({_TURN})"
_BEGIN = {
    # Not plain BEGIN to write: the lock would come with the first write, too late to wait for it.
    "sqlite": {"read": "BEGIN", "write": "BEGIN IMMEDIATE"},
    # Taking turns makes the numbers of events grow in the order in which readers get to see them.
    "postgresql": {
        "read": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        "write": _WRITING,
    },
}


class Database:
    """A database that may be read and written by several threads.

    Args:
        address: Where it is.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._engine = _engine(address)
        self._modes = {mode: self._engine.execution_options(xner_begin=mode) for mode in ("read", "write")}

    @property
    def is_file(self) -> bool:
        """Whether it is a SQLite file."""
        return self.address.path is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the database as it is at its first look, whatever others write.

        Raises:
            CorrectionError: If the database does not answer.
        """
        with told(self.address), self._begun("read") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes; what was written is kept where the block ends well.

        Raises:
            CorrectionError: If the database does not answer, cannot be written, or others write for more
                than a minute.
        """
        with told(self.address), self._begun("write") as connection:
            yield connection
            connection.commit()

    def _begun(self, mode: str) -> Connection:
        """A connection whose transaction has begun; where the server ended it meanwhile, a new one."""
        try:
            return _begin(self._modes[mode])
        except Exception as error:
            if self.is_file or not _is_gone(error):
                raise
        self._engine.dispose()
        return _begin(self._modes[mode])

    def check_answer(self) -> None:
        """See that there is a server at all, without waiting for long.

        Raises:
            CorrectionError: If there is none.
        """
        url = self.address.url
        if self.is_file or "unix_sock" in url.query:
            return
        try:
            socket.create_connection((url.host or "localhost", url.port or 5432), _ANSWER_SECONDS).close()
        except OSError as error:
            raise _no_server(self.address, error.strerror or str(error)) from None

    def close(self) -> None:
        """Give all connections back; the next transaction opens new ones."""
        self._engine.dispose()


def _engine(address: Address) -> Engine:
    from sqlalchemy import create_engine, event

    sizes: dict[str, Any] = {
        "pool_size": _CONNECTIONS,
        "max_overflow": _MORE_CONNECTIONS,
        "hide_parameters": True,
    }
    if address.path is not None:
        options = {"timeout": PATIENCE_SECONDS, "isolation_level": None}  # None: Python begins nothing itself
        engine = create_engine(address.url, connect_args=options, **sizes)

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
    else:
        engine = create_engine(
            address.url,
            connect_args=address.options,
            isolation_level="READ COMMITTED",  # after waiting for its turn a writer sees what others wrote
            **sizes,
        )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("xner_begin", "read")
        begin = _BEGIN[connection.dialect.name][mode]
        if address.path is not None and mode == "write":
            _take_turn(connection.connection.driver_connection, begin)
        else:
            connection.exec_driver_sql(begin)

    return engine


def _take_turn(connection: Any, begin: str) -> None:
    """Begin a transaction as soon as nobody else writes.

    SQLite by itself asks ever more rarely, down to ten times a second: then a person could wait for a
    minute while a program writes one transaction after the other.
    """
    import sqlite3

    until = time.monotonic() + PATIENCE_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(begin)
                return
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(*_PAUSE_SECONDS))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(1000 * PATIENCE_SECONDS)}")


def _begin(engine: Engine) -> Connection:
    connection = engine.connect()
    try:
        connection.begin()
    except BaseException:
        connection.invalidate()
        connection.close()
        raise
    return connection


def _is_gone(error: Exception) -> bool:
    """Whether a connection broke while nobody used it; the driver says so in several ways."""
    from sqlalchemy.exc import DBAPIError, InterfaceError

    if not isinstance(error, DBAPIError):
        return isinstance(error, OSError)
    said = error.orig.args[0] if error.orig is not None and error.orig.args else ""
    is_ended = isinstance(said, dict) and str(said.get("C")).startswith("57P")
    return is_ended or error.connection_invalidated or isinstance(error, InterfaceError)


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Say what an error of a database means; no message ever holds the password.

    Raises:
        CorrectionError: Instead of any error of the database.
    """
    import sqlite3

    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    try:
        yield
    except DBAPIError as error:
        raise _meaning(error.orig, address) from None
    except sqlite3.Error as error:
        raise _meaning(error, address) from None
    except PoolTimeout:
        raise _busy(address) from None
    except OSError as error:
        if address.path is not None:
            raise not_writable(address) from None
        raise _no_server(address, error.strerror or str(error)) from None


def _meaning(error: BaseException | None, address: Address) -> CorrectionError:
    """What went wrong, by SQLite's name or PostgreSQL's code of the error."""
    if address.path is not None:
        return _meaning_in_file(error, address)
    said = error.args[0] if error is not None and error.args else ""
    if not isinstance(said, dict):
        return _no_server(address, str(said))
    code, message = str(said.get("C", "")), str(said.get("M", ""))
    match code:
        case "28P01" | "28000":
            what, hint = "the server does not let this user in", "Check user and password in the address"
        case "3D000":
            what, hint = "the server has no such database", "Make it (createdb), or check the address"
        case "53300":
            what, hint = "the server has too many connections", "Try again, or raise max_connections"
        case "55P03":
            return _busy(address)
        case "42501" | "25006":
            what, hint = "this user may not write to the database", "Name a user that owns it"
        case "42P07":
            what, hint = "the database has tables of another program", "Use a database of its own"
        case "57P01" | "57P02" | "57P03":
            return _no_server(address, message)
        case _:
            what, hint = f"the database refuses ({message or error})", "Nothing was written"
    return CorrectionError(what, where=address.shown, hint=hint)


def _meaning_in_file(error: BaseException | None, address: Address) -> CorrectionError:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _busy(address)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return not_writable(address)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return no_store(address, "the file is no database, or is damaged")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        what, hint = f"the disk does not take it ({error})", "Make room; nothing was written"
    else:
        what, hint = f"the database refuses ({error})", "Nothing was written"
    return CorrectionError(what, where=address.shown, hint=hint)


def no_store(address: Address, what: str) -> CorrectionError:
    """The error of a file that holds no corrections."""
    return CorrectionError(
        what, where=address.shown, hint="Name another file, or put it aside and restore a backup"
    )


def not_writable(address: Address) -> CorrectionError:
    """The error of a file or folder that cannot be written."""
    return CorrectionError(
        "corrections cannot be kept here: the file or its folder cannot be written",
        where=address.shown,
        hint="Make the folder writable, or name another by XNER_DATA_DIR",
    )


def _busy(address: Address) -> CorrectionError:
    return CorrectionError(
        f"others have been writing for more than {PATIENCE_SECONDS} s; nothing was written",
        where=address.shown,
        hint="Try again",
    )


def _no_server(address: Address, reason: str) -> CorrectionError:
    return CorrectionError(
        f"no server answers ({reason})", where=address.shown, hint="Start PostgreSQL, or check the address"
    )
