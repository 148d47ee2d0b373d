"""Bringing a backup back, while the app runs.

Nothing is ever taken out of a store, so restoring adds what the store lacks. Of each sentence,
the events of the store and of the backup are compared from the first one on:

* The backup goes on where the store ends, or only the backup knows the sentence: its events are added.
* The store goes on where the backup ends, or only the store knows the sentence: it stays as it is.
* They went different ways: that cannot be one history, so nothing at all is restored.

Whoever wants the state of the backup back in the last two cases says so: then the store gets
new events that set these sentences to it. So even that takes nothing out of the history, and
anybody can undo it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from xner_core.corrections import reading
from xner_core.corrections.address import Address
from xner_core.corrections.backup import opened_backup
from xner_core.corrections.database import Database
from xner_core.corrections.events import KINDS, UNTOUCHED, Origin, SentenceKey, author_name
from xner_core.corrections.schema import EventRow, OriginRow, SentenceRow
from xner_core.corrections.upgrading import upgrade
from xner_core.corrections.writing import Wish, Writer, new_step
from xner_core.errors import CorrectionError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_EXAMPLES = 3
_REASON = "as in the backup"
_OF_THE_STORE = frozenset({"number", "sentence", "refers", "origin"})


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a backup.

    Attributes:
        added: How many of its events the store lacked and has now.
        present: How many of its events the store had already.
        ahead: Of how many sentences the store knows more than the backup.
        set_back: How many of these, and of those that went another way, were set to the backup's state.
    """

    added: int
    present: int
    ahead: int
    set_back: int = 0


@dataclass(slots=True)
class _Compared:
    """What the store lacks, and what it has besides.

    Attributes:
        missing: Numbers in the backup of the events that the store lacks.
        numbers: Number in the backup → number in the store, of the other events of these sentences.
        present: How many events both have.
        ahead: Sentences of which the store knows more.
        parted: Sentences whose histories went different ways.
    """

    missing: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    present: int = 0
    ahead: list[SentenceKey] = field(default_factory=list)
    parted: list[SentenceKey] = field(default_factory=list)


def restore(path: Path, url: str | None = None, *, replace_by: str = "") -> Restored:
    """Bring a backup back: add its events that a store lacks, all of them or none.

    Events keep their numbers where those are larger than any in the store; otherwise they get new
    ones behind the last, in the same order. Others may go on writing to the store.

    Args:
        path: The backup; it is not changed.
        url: The store, as in `CorrectionStore.open`; it is made where there is none.
        replace_by: Who sets the sentences of which the store knows more, or other things, to the state
            of the backup, by new events. Empty: these sentences stay.

    Raises:
        ConfigError: If the address is none.
        CorrectionError: If the file is no sound backup; if nobody sets sentences back, and some went
            different ways in the store and in the backup; if the store cannot be written.
    """
    author = author_name(replace_by) if replace_by else ""
    with opened_backup(path) as backup, closing(Database(Address.of(url))) as database:
        upgrade(database)
        with backup.reading() as old, database.writing() as store:
            compared = _compare(old, store)
            if compared.parted and not author:
                raise _parted(compared.parted, path)
            _add(old, store, compared)
            back = [*compared.ahead, *compared.parted] if author else []
            set_back = _set_back(old, store, back, author, path)
    return Restored(len(compared.missing), compared.present, len(compared.ahead), set_back)


def _compare(old: Connection, store: Connection) -> _Compared:
    """Compare a backup with a store, sentence by sentence."""
    found = _Compared()
    known: set[SentenceKey] = set()
    for page in reading.pages(old):
        keys = {id: stored.key for id, stored in page.items()}
        known.update(keys.values())
        theirs = _told(old, keys)
        ours = _told(store, {id: key for key, id in reading.sentence_ids(store, keys.values()).items()})
        for key in keys.values():
            _compare_sentence(found, key, theirs.get(key, []), ours.get(key, []))
    for page in reading.pages(store):
        found.ahead += [stored.key for stored in page.values() if stored.key not in known]
    found.missing.sort()
    return found


def _compare_sentence(
    found: _Compared, key: SentenceKey, theirs: list[tuple[int, Any]], ours: list[tuple[int, Any]]
) -> None:
    """Compare the events of a sentence, each a number and everything else."""
    shared = min(len(theirs), len(ours))
    if any(their != our for (_, their), (_, our) in zip(theirs[:shared], ours[:shared], strict=True)):
        found.parted.append(key)
        return
    found.present += shared
    if len(ours) > shared:
        found.ahead.append(key)
    if len(theirs) > shared:
        found.missing += [number for number, _ in theirs[shared:]]
        found.numbers.update({their: our for (their, _), (our, _) in zip(theirs[:shared], ours, strict=True)})


def _told(
    connection: Connection, keys: Mapping[int, SentenceKey]
) -> dict[SentenceKey, list[tuple[int, Any]]]:
    """All events of some sentences in order: the number, and what is the same wherever the event is kept."""
    columns = [each for each in EventRow.__table__.columns if each.name not in _OF_THE_STORE]
    query = select(EventRow.sentence, EventRow.number, *columns, OriginRow.content)
    query = query.join(OriginRow, OriginRow.id == EventRow.origin).where(EventRow.sentence.in_(list(keys)))
    found: dict[SentenceKey, list[tuple[int, Any]]] = {}
    for sentence, number, *said in connection.execute(query.order_by(EventRow.number)):
        found.setdefault(keys[sentence], []).append((number, said))
    return found


def _parted(keys: Sequence[SentenceKey], path: Path) -> CorrectionError:
    examples = ", ".join(key.id for key in keys[:_EXAMPLES]) + (", …" if len(keys) > _EXAMPLES else "")
    return CorrectionError(
        f"{len(keys)} sentences were corrected otherwise in the backup than in the store ({examples}); "
        "nothing was restored",
        where=str(path),
        hint="Restore into an empty database, or set them to the backup's state with --replace",
    )


def _add(old: Connection, store: Connection, compared: _Compared) -> None:
    """Add what the store lacks."""
    last = reading.last_number(store)
    is_free = bool(compared.missing) and compared.missing[0] > last
    numbers = dict(compared.numbers)
    numbers.update(
        {number: number if is_free else last + at for at, number in enumerate(compared.missing, 1)}
    )
    sentences: dict[int, int] = {}
    origins: dict[int, int] = {}
    for part in reading.parts(compared.missing):
        query = select(*EventRow.__table__.columns).where(EventRow.number.in_(part))
        rows = [row._asdict() for row in old.execute(query.order_by(EventRow.number))]
        _add_sentences(old, store, sentences, {row["sentence"] for row in rows} - set(sentences))
        _add_origins(old, store, origins, {row["origin"] for row in rows} - set(origins))
        for row in rows:
            row["number"] = numbers[row["number"]]
            row["refers"] = numbers.get(row["refers"])
            row["sentence"], row["origin"] = sentences[row["sentence"]], origins[row["origin"]]
        store.execute(insert(EventRow), rows)


def _add_sentences(old: Connection, store: Connection, known: dict[int, int], ids: set[int]) -> None:
    """Find the rows of the backup's sentences in the store, or make them."""
    last = store.scalar(select(func.max(SentenceRow.id))) or 0
    for part in reading.parts(ids):
        rows = old.execute(select(*SentenceRow.__table__.columns).where(SentenceRow.id.in_(part))).all()
        keys = {row.id: SentenceKey(row.sid, row.content) for row in rows}
        there = reading.sentence_ids(store, keys.values())
        new = [row._asdict() for row in rows if keys[row.id] not in there]
        for row in new:
            last += 1
            there[keys[row["id"]]] = row["id"] = last
        if new:
            store.execute(insert(SentenceRow), new)
        known.update({id: there[key] for id, key in keys.items()})


def _add_origins(old: Connection, store: Connection, known: dict[int, int], ids: set[int]) -> None:
    """Find the rows of what was looked at in the store, or make them."""
    last = store.scalar(select(func.max(OriginRow.id))) or 0
    for id in sorted(ids):
        row = old.execute(select(*OriginRow.__table__.columns).where(OriginRow.id == id)).one()._asdict()
        there = store.scalar(select(OriginRow.id).where(OriginRow.content == row["content"]))
        if there is None:
            there = last = last + 1
            store.execute(insert(OriginRow), {**row, "id": there})
        known[id] = there


def _set_back(
    old: Connection, store: Connection, keys: Sequence[SentenceKey], author: str, path: Path
) -> int:
    """Set sentences to the state that they have in the backup; returns how many were different."""
    count = 0
    step = new_step()
    for part in reading.parts(keys):
        writer = Writer(store, author, Origin(f"backup:{path.name}", ""), _REASON, "restore", step)
        then = reading.states_of(old, part)
        pairs = reading.stored_pairs(store, part)
        wishes = [
            (pairs[key].pair, [Wish(kind, then.get(key, UNTOUCHED).value(kind), None) for kind in KINDS])
            for key in part
        ]
        made, _ = writer.write(wishes)
        count += len({event.sentence for event in made})
    return count
