"""Backups: one SQLite file each, wherever the store is, made while others write.

A backup is the store as it was at one moment. It can be opened like any store.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from xner_core.corrections.address import Address
from xner_core.corrections.checking import problems
from xner_core.corrections.database import Database, no_store, told
from xner_core.corrections.schema import EventRow, OriginRow, SentenceRow
from xner_core.corrections.upgrading import VERSION_TABLE, upgrade
from xner_core.errors import CorrectionError

if TYPE_CHECKING:
    pass

_ROWS_AT_ONCE = 2000
_HINT = "Name a file in a folder that you may write"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made.

    Attributes:
        path: The file.
        n_events: How many events are in it.
        size: In bytes.
    """

    path: Path
    n_events: int
    size: int


def backup(url: str | None, path: Path) -> Backup:
    """Write a store into a file; others may go on writing to the store meanwhile.

    The file appears when it is whole.

    Args:
        url: The store, as in `CorrectionStore.open`.
        path: The file, which must not be there yet.

    Raises:
        ConfigError: If the address is none.
        CorrectionError: If there is no store, the file is there already or cannot be written, or the
            store is damaged.
    """
    address, path = Address.of(url), path.expanduser().absolute()
    if path.exists():
        raise CorrectionError("there is a file already", where=str(path), hint="Name another")
    if address.path is not None and not address.path.exists():
        raise CorrectionError(
            "nothing was corrected yet", where=address.shown, hint="There is nothing to back up"
        )
    with _beside(path) as unfinished:
        if address.path is not None:
            copy_file(address.path, unfinished)
        else:
            _copy_server(address, unfinished)
        n_events = _sealed(unfinished, address)
        unfinished.replace(path)
    return Backup(path, n_events, path.stat().st_size)


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite store as it is at one moment, whatever others write.

    Args:
        source: Its file.
        target: A file that is not there yet.

    Raises:
        CorrectionError: If the file is no store, or cannot be read.
    """
    address = Address.of_file(source)
    with (
        told(address),
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=60)) as opened,
        closing(sqlite3.connect(target)) as copy,
    ):
        opened.backup(copy)
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if VERSION_TABLE not in tables:
        raise no_store(address, "the file holds no corrections")


def _copy_server(address: Address, target: Path) -> None:
    """Copy a store of a server; one transaction sees it as it is at one moment."""
    with closing(Database(address)) as source, closing(Database(Address.of_file(target))) as copy:
        upgrade(source)
        upgrade(copy)
        with source.reading() as read, copy.writing() as write:
            for key in (SentenceRow.id, OriginRow.id, EventRow.number):
                table, last = key.class_, 0
                columns = table.__table__.columns
                query = select(*columns).order_by(key).limit(_ROWS_AT_ONCE)
                while rows := read.execute(query.where(key > last)).all():
                    write.execute(insert(table), [row._asdict() for row in rows])
                    last = getattr(rows[-1], key.key)


def _sealed(path: Path, source: Address) -> int:
    """Make one file of the copy of a store and its log, and see that it is sound.

    Args:
        path: The copy.
        source: The store, for errors.

    Returns:
        Its number of events.
    """
    with told(Address.of_file(path)), closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")
        (said,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise no_store(source, f"the store is damaged ({' '.join(said.split())})")
        (n_events,) = opened.execute("SELECT COUNT(*) FROM events").fetchone()
    with path.open("rb+") as written:
        os.fsync(written.fileno())
    return int(n_events)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A file in a folder of its own beside a path, gone at the end."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{path.name}.tmp-", dir=path.parent))
    except OSError as error:
        raise CorrectionError(
            f"the folder cannot be written ({error.strerror})", where=str(path.parent), hint=_HINT
        ) from None
    try:
        yield folder / "backup.sqlite"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def opened_backup(path: Path) -> Iterator[Database]:
    """A backup brought to the newest form in a copy, and looked through; the file itself is never changed.

    Raises:
        CorrectionError: If it is no backup, is damaged, or was made by a newer version.
    """
    path = path.expanduser().absolute()
    if not path.is_file():
        what = "it is no file" if path.exists() else "there is no such file"
        raise CorrectionError(what, where=str(path), hint="Check the path")
    with tempfile.TemporaryDirectory(prefix="xner-restore-") as folder:
        copy = Path(folder) / path.name
        copy_file(path, copy)
        with closing(Database(Address.of_file(copy))) as database:
            try:
                upgrade(database)
            except CorrectionError as error:  # it names the copy, which is soon gone
                raise CorrectionError(error.what, where=str(path), hint=error.hint) from None
            for problem in problems(database):
                raise CorrectionError(
                    f"the backup is damaged ({problem})",
                    where=str(path),
                    hint="Nothing was restored; name another",
                )
            yield database
