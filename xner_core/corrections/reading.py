"""What is asked of the tables, as the store's own types."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import String, Text, func, select, type_coerce

from xner_core.corrections.codec import decode, time_of, unescape
from xner_core.corrections.events import (
    KINDS,
    Event,
    Kind,
    Origin,
    SentenceKey,
    SentenceState,
    StoredPair,
    Value,
)
from xner_core.corrections.schema import EventRow, OriginRow, SentenceRow
from xner_core.types import Sentence

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

AT_ONCE = 500
"""Values of one statement: SQLite takes at least 999."""
_Item = TypeVar("_Item")


def parts(items: Iterable[_Item], size: int = AT_ONCE) -> Iterator[list[_Item]]:
    """The items, some at a time."""
    part: list[_Item] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def last_number(connection: Connection) -> int:
    """The number of the last event; 0 where there is none."""
    return int(connection.scalar(select(func.max(EventRow.number))) or 0)


def sentence_ids(connection: Connection, keys: Iterable[SentenceKey]) -> dict[SentenceKey, int]:
    """The rows of those sentences that have one."""
    found: dict[SentenceKey, int] = {}
    for part in parts(dict.fromkeys(keys)):
        wanted = set(part)
        query = select(SentenceRow.id, SentenceRow.sid, SentenceRow.content)
        for id, sid, content in connection.execute(
            query.where(SentenceRow.sid.in_([key.id for key in part]))
        ):
            key = SentenceKey(sid, content)
            if key in wanted:
                found[key] = id
    return found


def heads(connection: Connection, ids: Collection[int]) -> dict[tuple[int, Kind], tuple[int, Value]]:
    """Version and value of each field of some sentences of which anybody has said anything."""
    found: dict[tuple[int, Kind], tuple[int, Value]] = {}
    for part in parts(ids):
        query = _heads(EventRow.sentence.in_(part))
        for sentence, kind, version, after, _, _ in connection.execute(query):
            found[sentence, kind] = (version, decode(kind, after))
    return found


def all_states(connection: Connection) -> dict[SentenceKey, SentenceState]:
    """What holds of all sentences that anybody has said anything of."""
    query = select(SentenceRow.id, type_coerce(SentenceRow.sid, Text).label("sid"), SentenceRow.content)
    keys = {id: SentenceKey(unescape(sid), content) for id, sid, content in _rows(connection, query)}
    return _states(connection, keys, None)


def states_of(connection: Connection, keys: Iterable[SentenceKey]) -> dict[SentenceKey, SentenceState]:
    """What holds of those sentences that anybody has said anything of."""
    wanted = set(keys)
    if len(wanted) >= (connection.scalar(select(func.max(SentenceRow.id))) or 0):  # all take less time
        return {key: state for key, state in all_states(connection).items() if key in wanted}
    found: dict[SentenceKey, SentenceState] = {}
    for part in parts(sentence_ids(connection, wanted).items()):
        of_id = {id: key for key, id in part}
        found.update(_states(connection, of_id, EventRow.sentence.in_(list(of_id))))
    return found


def _rows(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterable[Any]:
    """What a query of numbers and texts finds.

    PostgreSQL sends it as one JSON text: its driver is Python and takes longer for each single value
    than for all of them together.
    """
    if connection.dialect.name == "sqlite":
        return connection.execute(query)
    rows = query.subquery()
    return connection.scalar(select(func.json_agg(func.json_build_array(*rows.c)))) or []


def _states(
    connection: Connection, keys: dict[int, SentenceKey], where: ColumnElement[bool] | None
) -> dict[SentenceKey, SentenceState]:
    who: dict[int, tuple[str, ...]] = {}
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for sentence, author in _rows(connection, _authors(where)):
        names = (*who.get(sentence, ()), unescape(author))
        who[sentence] = same.setdefault(names, names)
    found: dict[SentenceKey, SentenceState] = {}
    for sentence, rows in groupby(_rows(connection, _heads(where)), key=itemgetter(0)):
        values: dict[str, Any] = {}
        versions = dict.fromkeys(KINDS, 0)
        last, updated = 0, ""
        for _, kind, version, after, number, time in rows:
            values[kind], versions[kind] = decode(kind, after), version
            if number > last:
                last, updated = number, time
        found[keys[sentence]] = SentenceState(
            **values, versions=versions, authors=who[sentence], updated=time_of(updated)
        )
    return found


def _heads(where: ColumnElement[bool] | None) -> Select[int, Kind, int, str, int, str]:
    """The last event of each field, with its time as text, sentence by sentence."""
    newest = select(EventRow.sentence, EventRow.kind, func.max(EventRow.version).label("version"))
    newest = newest if where is None else newest.where(where)
    of = newest.group_by(EventRow.sentence, EventRow.kind).subquery()
    columns = (EventRow.sentence, EventRow.kind, EventRow.version, EventRow.after, EventRow.number)
    is_newest = (
        (EventRow.sentence == of.c.sentence)
        & (EventRow.kind == of.c.kind)
        & (EventRow.version == of.c.version)
    )
    query = select(*columns, type_coerce(EventRow.time, String).label("time")).join(of, is_newest)
    return query.order_by(EventRow.sentence)


def _authors(where: ColumnElement[bool] | None) -> Select[int, str]:
    """Sentences and their authors, escaped, in the order in which they came."""
    query = select(EventRow.sentence, type_coerce(EventRow.author, Text).label("author"))
    query = query if where is None else query.where(where)
    return query.group_by(EventRow.sentence, EventRow.author).order_by(func.min(EventRow.number))


def histories_of(connection: Connection, keys: Iterable[SentenceKey]) -> dict[SentenceKey, tuple[Event, ...]]:
    """All events of those sentences that have some, in order."""
    found: dict[SentenceKey, tuple[Event, ...]] = {}
    for part in parts(sentence_ids(connection, keys).items()):
        of_id = {id: key for key, id in part}
        for event in events(connection, of_id, EventRow.sentence.in_(list(of_id))):
            found[event.sentence] = (*found.get(event.sentence, ()), event)
    return found


def events(connection: Connection, keys: dict[int, SentenceKey], where: ColumnElement[bool]) -> list[Event]:
    """Some events in order.

    Args:
        connection: The database.
        keys: The sentences of the events by their rows.
        where: Which events.
    """
    rows = connection.execute(
        select(*EventRow.__table__.columns).where(where).order_by(EventRow.number)
    ).all()
    origins = origins_of(connection, {row.origin for row in rows})
    return [
        Event(
            number=row.number,
            sentence=keys[row.sentence],
            kind=row.kind,
            version=row.version,
            before=decode(row.kind, row.before),
            after=decode(row.kind, row.after),
            action=row.action,
            author=row.author,
            time=row.time,
            reason=row.reason,
            refers=row.refers,
            step=row.step,
            origin=origins[row.origin],
        )
        for row in rows
    ]


def origins_of(connection: Connection, ids: Iterable[int]) -> dict[int, Origin]:
    """What was looked at, by row."""
    found: dict[int, Origin] = {}
    for part in parts(ids):
        for row in connection.execute(select(OriginRow).where(OriginRow.id.in_(part))):
            found[row.id] = Origin(row.corpus, row.fingerprint, row.run, json.loads(row.config))
    return found


def authors(connection: Connection) -> tuple[str, ...]:
    """Everybody who did anything, in the order in which they came."""
    query = select(EventRow.author).group_by(EventRow.author).order_by(func.min(EventRow.number))
    return tuple(connection.scalars(query))


def touched(
    connection: Connection, corpus: str, is_wanted: Callable[[SentenceKey], bool]
) -> dict[SentenceKey, StoredPair]:
    """Those of the sentences corrected while a corpus spec was looked at; no other words are read."""
    looked_at = select(EventRow.sentence).join(OriginRow, OriginRow.id == EventRow.origin)
    there = looked_at.where(OriginRow.corpus == corpus).distinct()
    keys = select(SentenceRow.id, SentenceRow.sid, SentenceRow.content).where(SentenceRow.id.in_(there))
    rows = connection.execute(keys.order_by(SentenceRow.id)).all()
    found: dict[SentenceKey, StoredPair] = {}
    for part in parts(row.id for row in rows if is_wanted(SentenceKey(row.sid, row.content))):
        query = select(*SentenceRow.__table__.columns).where(SentenceRow.id.in_(part))
        pairs = map(_stored_pair, connection.execute(query.order_by(SentenceRow.id)))
        found.update({pair.key: pair for pair in pairs})
    return found


def stored_pairs(connection: Connection, keys: Iterable[SentenceKey]) -> dict[SentenceKey, StoredPair]:
    """The words of those sentences that have a row."""
    found: dict[SentenceKey, StoredPair] = {}
    for part in parts(sentence_ids(connection, keys).values()):
        query = select(*SentenceRow.__table__.columns).where(SentenceRow.id.in_(part))
        found.update({pair.key: pair for pair in map(_stored_pair, connection.execute(query))})
    return found


def pages(connection: Connection) -> Iterator[dict[int, StoredPair]]:
    """All sentences by their rows, some at a time."""
    last = 0
    query = select(*SentenceRow.__table__.columns).order_by(SentenceRow.id).limit(AT_ONCE)
    while rows := connection.execute(query.where(SentenceRow.id > last)).all():
        last = rows[-1].id
        yield {row.id: _stored_pair(row) for row in rows}


def _stored_pair(row: Any) -> StoredPair:
    source = Sentence(tuple(json.loads(row.source_words)), row.source_lang)
    target = Sentence(tuple(json.loads(row.target_words)), row.target_lang)
    return StoredPair(SentenceKey(row.sid, row.content), source, target)
