"""Whether a store is sound, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from sqlalchemy import func, select

from xner_core.corrections import reading
from xner_core.corrections.address import Address
from xner_core.corrections.database import Database, told
from xner_core.corrections.events import UNSAID, Action, Event, Kind, SentenceKey, StoredPair, Value, check
from xner_core.corrections.schema import REVISION, EventRow, SentenceRow
from xner_core.corrections.upgrading import revision
from xner_core.errors import CorrectionError

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What is in a store.

    Attributes:
        address: Where it is, without the password.
        revision: The form of its tables; None where nothing was made yet.
        is_current: Whether that is the newest form.
        n_events: How many events there are; like all that follow 0 or empty where the form is another.
        n_sentences: How many sentences they are about.
        authors: Whose they are, in the order in which they came.
        updated: When the last one was made, in UTC and ISO 8601.
        size: Of the file and its log in bytes; None where a server keeps the store.
    """

    address: str
    revision: str | None
    is_current: bool
    n_events: int = 0
    n_sentences: int = 0
    authors: tuple[str, ...] = ()
    updated: str = ""
    size: int | None = None


def status(url: str | None = None) -> StoreStatus:
    """Say what is in a store, and change nothing.

    Args:
        url: As in `CorrectionStore.open`.

    Raises:
        ConfigError: If the address is none.
        CorrectionError: If no server answers, or the file is no database.
    """
    address = Address.of(url)
    with told(address):
        if address.path is not None and not address.path.exists():
            return StoreStatus(address.shown, None, is_current=False, size=0)
        size = None if address.path is None else _size(address.path)
    with closing(Database(address)) as database:
        database.check_answer()
        with database.reading() as connection:
            found = revision(connection)
            if found != REVISION:
                return StoreStatus(address.shown, found, is_current=False, size=size)
            last = connection.scalar(select(EventRow.time).order_by(EventRow.number.desc()).limit(1))
            return StoreStatus(
                address=address.shown,
                revision=found,
                is_current=True,
                n_events=connection.scalar(select(func.count()).select_from(EventRow)) or 0,
                n_sentences=connection.scalar(select(func.count()).select_from(SentenceRow)) or 0,
                authors=reading.authors(connection),
                updated=last.isoformat(timespec="seconds") if last else "",
                size=size,
            )


def problems(database: Database) -> Iterator[str]:
    """What is wrong with a store whose tables have the newest form, a sentence each; nothing if it is sound.

    Looked at are the file itself, whether each sentence's checksum is that of its words, whether the
    versions of each field have no gap and each event begins where the one before it ended, and
    whether each value fits its sentence.

    Args:
        database: The store.

    Raises:
        CorrectionError: If the database does not answer.
    """
    with database.reading() as connection:
        if database.is_file:
            for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
                if said != "ok":
                    yield f"the file is damaged: {said}"
            for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                yield f"a row of {table} refers to one that is not there"
        for page in reading.pages(connection):
            yield from _problems_of(connection, page)


def _problems_of(connection: Connection, stored: Mapping[int, StoredPair]) -> Iterator[str]:
    keys = {id: each.key for id, each in stored.items()}
    histories: dict[SentenceKey, list[Event]] = {key: [] for key in keys.values()}
    for event in reading.events(connection, keys, EventRow.sentence.in_(list(keys))):
        histories[event.sentence].append(event)
    for each in stored.values():
        if SentenceKey.of(each.pair) != each.key:
            yield f"{each.key.id}: the words are not those that were corrected"
        yield from _problems_in(each, histories[each.key])


def _problems_in(stored: StoredPair, history: list[Event]) -> Iterator[str]:
    now: dict[Kind, tuple[int, Value]] = {kind: (0, value) for kind, value in UNSAID.items()}
    for event in history:
        place = f"{stored.key.id}: event {event.number}"
        if event.kind not in UNSAID or event.action not in get_args(Action):
            yield f"{place} is of no kind that is known"
            continue
        if (event.version - 1, event.before) != now[event.kind]:
            yield f"{place} does not go on where the one before it ended"
        now[event.kind] = (event.version, event.after)
        if event.refers is not None and event.refers >= event.number:
            yield f"{place} refers to one that comes later"
        try:
            check(stored.pair, event.kind, event.after)
        except CorrectionError as error:
            yield f"{place}: {error.what}"


def _size(path: Path) -> int:
    return sum(each.stat().st_size for each in (path, path.with_name(f"{path.name}-wal")) if each.exists())
