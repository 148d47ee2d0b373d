"""Bringing a database to the newest form of its tables.

All steps that a database lacks are one transaction, which also writes down how far it is. A
process that is killed in the middle leaves the database as it was; one that comes meanwhile
waits, and then finds nothing left to do.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from xner_core.corrections.database import PATIENCE_SECONDS, Database, no_store, told
from xner_core.errors import CorrectionError

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSION_TABLE = "xner_revision"
_one_at_a_time = threading.Lock()  # Alembic keeps what it works on in a module


def upgrade(database: Database) -> bool:
    """Make the tables of a database, or bring them up to date.

    Returns:
        Whether there was anything to do.

    Raises:
        CorrectionError: If the database does not answer, cannot be written, belongs to another
            program, or was made by a newer version of this one.
    """
    from xner_core.corrections.schema import REVISION

    if database.address.path is None:
        database.check_answer()
        with database.reading() as connection:
            found = revision(connection)
        if found == REVISION:
            return False
        return _upgrade(database)
    with told(database.address):
        return _upgrade_file(database, database.address.path)


def _upgrade_file(database: Database, path: Path) -> bool:
    from filelock import FileLock, Timeout

    from xner_core.corrections.schema import REVISION

    if path.exists() and _is_ahead(path, database):
        with database.reading() as connection:
            if revision(connection) == REVISION:
                return False
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # SQLite does not wait where two processes switch a file to WAL at once.
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=PATIENCE_SECONDS):
            with told(database.address), closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS)) as opened:
                opened.execute("PRAGMA journal_mode = WAL")
            return _upgrade(database)
    except Timeout:
        raise CorrectionError(
            "another process has been upgrading the database for a long time",
            where=database.address.shown,
            hint="Try again",
        ) from None


def _is_ahead(path: Path, database: Database) -> bool:
    """Whether a file writes its log ahead."""
    with told(database.address), closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS)) as opened:
        return bool(opened.execute("PRAGMA journal_mode").fetchone() == ("wal",))


def _upgrade(database: Database) -> bool:
    from alembic import command
    from alembic.config import Config

    from xner_core.corrections.schema import REVISION

    with _one_at_a_time, database.writing() as connection:
        found = revision(connection)
        if found is not None and found > REVISION:
            raise CorrectionError(
                f"the database is of a newer version of this program ({found}; here {REVISION})",
                where=database.address.shown,
                hint="Update the program",
            )
        if found == REVISION:
            return False
        if found is None and database.is_file and _has_tables(connection):
            raise no_store(database.address, "the file is a database of another program")
        config = Config()
        config.set_main_option("script_location", "xner_core.corrections:migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return True


def revision(connection: Connection) -> str | None:
    """The newest step that a database has; None where it has none."""
    from sqlalchemy import inspect

    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
    return None if found is None else str(found)


def _has_tables(connection: Connection) -> bool:
    from sqlalchemy import inspect

    return bool(inspect(connection).get_table_names())
