"""What other processes do to a store, and how they are killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType
from typing import Any
from unittest import mock

from tests.xner_core.corrections.values import ORIGIN, pair
from xner_core.corrections.events import KINDS, Change, ConflictError, Kind, SentenceKey, Value
from xner_core.corrections.store import CorrectionStore

_CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")
# Each process is forked from one that has imported everything and has no threads.
_CONTEXT.set_forkserver_preload(
    [__name__, "alembic.command", "alembic.config", "pg8000.dbapi", "xner_core.corrections.writing"]
)


def started(do: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """A process, and what it says."""
    hears, says = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=do, args=(says, *arguments), daemon=True)
    with mock.patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):  # or each one imports pytest
        process.start()
    says.close()
    return process, hears


def said(hears: Connection) -> list[Any]:
    """All that a process has said until it ended."""
    found = []
    while True:
        try:
            found.append(hears.recv())
        except (EOFError, ConnectionResetError):
            return found


def correct(says: Connection, url: str, author: str, count: int, n_sentences: int) -> None:
    """Make corrections of shared sentences; says the numbers of the events, or what went wrong."""
    store = CorrectionStore.open(url)
    chosen = random.Random(author)
    numbers: list[int] = []
    conflicts = 0
    try:
        while len(numbers) < count:
            each = pair(f"s{chosen.randrange(n_sentences)}")
            kind = chosen.choice(KINDS)
            seen = store.state(SentenceKey.of(each)).versions[kind]
            value = _value(kind, len(numbers), author)
            try:
                made = store.record(each, [Change(kind, value, seen)], author=author, origin=ORIGIN)
            except ConflictError:
                conflicts += 1
                continue
            numbers += [event.number for event in made]
        says.send((author, numbers, conflicts))
    except BaseException as error:
        says.send((author, f"{type(error).__name__}: {error}", conflicts))


def _value(kind: Kind, at: int, author: str) -> Value:
    """A value that nobody else gives the field in the event before."""
    from tests.builders import entity

    label = f"{author}-{at}"
    if kind == "links":
        return ((at % 4, int(author[-1]) % 4, "sure" if at % 8 < 4 else "possible"),)
    if kind == "status":
        return ("approved", "rejected", "needsReview", "created")[at % 4]
    return label if kind == "note" else (entity(at % 4, 4, label),)


def write_steps(says: Connection, url: str, author: str) -> None:
    """Make steps of two events for ever, and say the number of each step when it is done."""
    store = CorrectionStore.open(url)
    at = store.state(SentenceKey.of(pair(author))).versions["note"]
    says.send("ready")
    while True:
        changes = [Change("note", f"{at + 1}", at), Change("links", ((at % 4, 0, "sure"),), at)]
        store.record(pair(author), changes, author=author, origin=ORIGIN)
        at += 1
        says.send(at)


def die_at_statement(n: int) -> None:
    """Kill this process, with no way to clean up, right before a statement that it sends to a database.

    Args:
        n: Which statement from now on, counted from 0; beginning and ending a transaction count too.
    """
    from sqlalchemy import Engine, event

    left = n

    def count(*_: object, **__: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)


def upgrade_and_die(says: Connection, url: str, n: int) -> None:
    """Bring a database up to date, as far as it comes."""
    die_at_statement(n)
    CorrectionStore(url)
    says.send("done")


def record_and_die(says: Connection, url: str, n: int) -> None:
    """Write one step of two events, as far as it comes."""
    store = CorrectionStore(url)
    seen = store.state(SentenceKey.of(pair())).versions
    die_at_statement(n)
    changes = [Change("note", "x", seen["note"]), Change("links", ((0, 0, "sure"),), seen["links"])]
    store.record(pair(), changes, author="Ana", origin=ORIGIN)
    says.send("done")


def upgrade_together(says: Connection, url: str, start: Any) -> None:
    """Bring a database up to date at the same moment as others; says whether there was anything to do."""
    from xner_core.corrections.address import Address
    from xner_core.corrections.database import Database
    from xner_core.corrections.upgrading import upgrade

    database = Database(Address.of(url))
    start.wait()
    try:
        says.send(upgrade(database))
    except Exception as error:
        says.send(str(error))


def barrier(n: int) -> Any:
    """What several processes wait at for each other."""
    return _CONTEXT.Barrier(n)


def open_as_nobody(says: Connection, url: str) -> None:
    """Open a store without any right; says what went wrong."""
    with tempfile.TemporaryDirectory() as folder:  # all is imported while it can be read
        CorrectionStore(f"sqlite:///{folder}/other.sqlite").close()
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        CorrectionStore(url).record(pair(), [Change("note", "x", 0)], author="Ana", origin=ORIGIN)
        says.send("done")
    except Exception as error:
        says.send((type(error).__name__, str(error)))
