"""Results kept on disk by what they were made from, shared by all processes.

A key is a checksum of everything that a value depends on, so a value never goes out of
date. One SQLite file holds one kind of values; it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

_PATIENCE_SECONDS = 60
"""How long a process waits while another one writes; a write takes milliseconds."""
_ENDS = ("", "-wal", "-shm")
"""Of the names of a file of SQLite's and of what it keeps beside it."""
_VARIABLES = 500
"""SQLite's limit on the values of one statement is at least 999."""


def content_key(*parts: object) -> str:
    """The key of plain JSON values: SHA-256 in hexadecimal."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class ContentStore:
    """A file of values by key.

    Args:
        path: The file; it is made where it is missing.
        max_bytes: What all values may take together: those written first make room.
            None: everything is kept.
    """

    def __init__(self, path: Path, max_bytes: int | None = None) -> None:
        self._path, self._max_bytes = path, max_bytes

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that have one."""
        if not keys or not self._path.exists():
            return {}
        distinct = list(dict.fromkeys(keys))
        found: dict[str, bytes] = {}
        with self._opened() as database:
            for start in range(0, len(distinct), _VARIABLES):
                part = distinct[start : start + _VARIABLES]
                marks = ",".join("?" * len(part))
                found.update(database.execute(f"SELECT key, value FROM content WHERE key IN ({marks})", part))
        return found

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keep values, all of them or, where the process is killed, none; a key's first value stays."""
        if not values:
            return
        with self._opened() as database, database:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT OR IGNORE INTO content (key, value) VALUES (?, ?)", values.items())
            if self._max_bytes is not None:
                self._make_room(database, self._max_bytes)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self._make()
        with closing(_connected(self._path)) as database:
            yield database

    def _make(self) -> None:
        """Make the file where it is missing, whole: two that turn it to WAL at once would not wait."""
        from filelock import FileLock

        if self._path.exists():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._path.with_name(f"{self._path.name}.lock")):
            if self._path.exists():
                return
            unfinished = self._path.with_name(f"{self._path.name}.tmp")
            for name in (self._path.name, unfinished.name):
                for end in _ENDS:  # SQLite would take what is left for a part of the new file
                    self._path.with_name(name + end).unlink(missing_ok=True)
            with closing(_connected(unfinished)) as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute(
                    "CREATE TABLE content "
                    "(number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL)"
                )
            unfinished.replace(self._path)

    @staticmethod
    def _make_room(database: sqlite3.Connection, max_bytes: int) -> None:
        (used,) = database.execute("SELECT COALESCE(SUM(LENGTH(value)), 0) FROM content").fetchone()
        if used <= max_bytes:
            return
        for number, size in database.execute(
            "SELECT number, LENGTH(value) FROM content ORDER BY number"
        ).fetchall():
            if used <= max_bytes:
                return
            database.execute("DELETE FROM content WHERE number = ?", (number,))
            used -= size


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
