"""Adding events to the tables, within a transaction in which nobody else writes."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, or_, select

from xner_core import __version__
from xner_core.corrections import reading
from xner_core.corrections.codec import decode, dumps, encode
from xner_core.corrections.events import (
    UNSAID,
    Action,
    ConflictError,
    Event,
    Kind,
    Origin,
    SentenceKey,
    Value,
)
from xner_core.corrections.schema import EventRow, OriginRow, SentenceRow
from xner_core.types import SentencePair

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Wish:
    """What a field is to be.

    Attributes:
        kind: The field.
        after: Its new value.
        seen: The version that the author saw; None: whatever it is.
        refers: Number of the event that this one goes back to.
        is_step: Whether there is an event even where the value stays: an undo counts as a step back.
    """

    kind: Kind
    after: Value
    seen: int | None
    refers: int | None = None
    is_step: bool = False


def new_step() -> str:
    """What the events of one step have in common."""
    return uuid.uuid4().hex


class Writer:
    """Adds the events of one step.

    Args:
        connection: The database, in a transaction in which nobody else writes.
        author: Who does it.
        origin: What they look at.
        reason: Why.
        action: How it comes about.
        step: What all the events have in common.
    """

    def __init__(
        self,
        connection: Connection,
        author: str,
        origin: Origin,
        reason: str,
        action: Action,
        step: str,
    ) -> None:
        self._connection = connection
        config = dumps(dict(origin.config))
        self._origin, self._config = replace(origin, config=json.loads(config)), config
        self._said: dict[str, Any] = {"action": action, "author": author, "reason": reason, "step": step}
        self._time = datetime.now(UTC)  # behind the lock, so that times grow as numbers do
        self._last = reading.last_number(connection)

    def write(
        self, items: Sequence[tuple[SentencePair, Sequence[Wish]]]
    ) -> tuple[list[Event], list[ConflictError]]:
        """Add the events of some sentences, for each either all or, where one conflicts, none.

        Args:
            items: Sentence pairs and what their fields are to be.

        Returns:
            The new events in order, and the conflicts.
        """
        keys = [SentenceKey.of(pair) for pair, _ in items]
        ids = reading.sentence_ids(self._connection, keys)
        heads = reading.heads(self._connection, list(ids.values()))
        added: dict[SentenceKey, SentencePair] = {}
        made: list[Event] = []
        conflicts: list[ConflictError] = []
        now: dict[tuple[SentenceKey, Kind], tuple[int, Value]] = {}
        for key, id in ids.items():
            now.update({(key, kind): head for (sentence, kind), head in heads.items() if sentence == id})
        for key, (pair, wishes) in zip(keys, items, strict=True):
            fresh, stale = [], []
            for wish in wishes:
                version, before = now.get((key, wish.kind), (0, UNSAID[wish.kind]))
                after = decode(wish.kind, encode(wish.kind, wish.after))
                if after == before and not wish.is_step:
                    continue
                if wish.seen not in (None, version):
                    stale.append(wish)
                fresh.append((wish, version, before, after))
            if stale:
                theirs = [event for event in made if event.sentence == key and _is_newer(event, stale)]
                conflicts.append(ConflictError((*self._theirs(ids.get(key), key, stale), *theirs), key))
                continue
            for wish, version, before, after in fresh:
                made.append(self._event(key, wish, version + 1, before, after))
                now[key, wish.kind] = (version + 1, after)
                if key not in ids:
                    added[key] = pair
        if made:
            ids |= self._add_sentences(added)
            self._add_events(made, ids)
        return made, conflicts

    def _event(self, key: SentenceKey, wish: Wish, version: int, before: Value, after: Value) -> Event:
        self._last += 1
        return Event(
            number=self._last,
            sentence=key,
            kind=wish.kind,
            version=version,
            before=before,
            after=after,
            time=self._time,
            refers=wish.refers,
            origin=self._origin,
            **self._said,
        )

    def _theirs(self, id: int | None, key: SentenceKey, stale: Iterable[Wish]) -> list[Event]:
        """What came in since it was looked at."""
        if id is None:
            return []
        newer = [and_(EventRow.kind == wish.kind, EventRow.version > wish.seen) for wish in stale]
        return reading.events(self._connection, {id: key}, and_(EventRow.sentence == id, or_(*newer)))

    def _add_sentences(self, pairs: dict[SentenceKey, SentencePair]) -> dict[SentenceKey, int]:
        if not pairs:
            return {}
        last = self._connection.scalar(select(func.max(SentenceRow.id))) or 0
        ids = {key: last + at for at, key in enumerate(pairs, 1)}
        self._connection.execute(
            insert(SentenceRow), [sentence_row(ids[key], key, pair) for key, pair in pairs.items()]
        )
        return ids

    def _add_events(self, made: Iterable[Event], ids: dict[SentenceKey, int]) -> None:
        origin = add_origin(self._connection, self._origin, self._config, __version__)
        self._connection.execute(
            insert(EventRow), [event_row(event, ids[event.sentence], origin) for event in made]
        )


def _is_newer(event: Event, stale: Iterable[Wish]) -> bool:
    return any(wish.kind == event.kind and event.version > (wish.seen or 0) for wish in stale)


def add_origin(connection: Connection, origin: Origin, config: str, software: str) -> int:
    """The row of what somebody looked at; it is made where there is none.

    Args:
        connection: The database.
        origin: What they looked at.
        config: Its settings as text.
        software: Version of this program.
    """
    said = dumps([origin.corpus, origin.fingerprint, origin.run, config, software])
    content = hashlib.sha256(said.encode()).hexdigest()
    known = connection.scalar(select(OriginRow.id).where(OriginRow.content == content))
    if known is not None:
        return int(known)
    id = int(connection.scalar(select(func.max(OriginRow.id))) or 0) + 1
    row = {
        "id": id,
        "content": content,
        "corpus": origin.corpus,
        "fingerprint": origin.fingerprint,
        "run": origin.run,
        "config": config,
        "software": software,
    }
    connection.execute(insert(OriginRow), row)
    return id


def sentence_row(id: int, key: SentenceKey, pair: SentencePair) -> dict[str, Any]:
    """What is stored of a sentence pair."""
    return {
        "id": id,
        "sid": key.id,
        "content": key.content,
        "source_lang": pair.source.lang,
        "target_lang": pair.target.lang,
        "source_words": dumps(list(pair.source.words)),
        "target_words": dumps(list(pair.target.words)),
    }


def event_row(event: Event, sentence: int, origin: int) -> dict[str, Any]:
    """What is stored of an event."""
    return {
        "number": event.number,
        "sentence": sentence,
        "kind": event.kind,
        "version": event.version,
        "before": encode(event.kind, event.before),
        "after": encode(event.kind, event.after),
        "action": event.action,
        "author": event.author,
        "time": event.time,
        "reason": event.reason,
        "refers": event.refers,
        "step": event.step,
        "origin": origin,
    }
