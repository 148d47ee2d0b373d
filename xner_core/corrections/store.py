"""The store of corrections: what people said of sentences, for good.

It may be used by several threads and processes at once. Events are only ever added; see
`events` for what they are and `database` for what survives what.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xner_core.corrections.events import (
    UNTOUCHED,
    Action,
    Change,
    ConflictError,
    Event,
    Kind,
    Origin,
    SentenceKey,
    SentenceState,
    StoredPair,
    author_name,
    check,
)
from xner_core.corrections.steps import Reversal, making_again, taking_back
from xner_core.errors import CorrectionError
from xner_core.types import SentencePair

_SENTENCES_A_TRANSACTION = 200
_open: dict[tuple[int, str], CorrectionStore] = {}
_opening = threading.RLock()


@dataclass(frozen=True, slots=True)
class RecordedMany:
    """What became of changes to many sentences.

    Attributes:
        events: The new events, in order.
        conflicts: Of sentences that somebody changed since; nothing was written for these.
    """

    events: tuple[Event, ...]
    conflicts: tuple[ConflictError, ...]


class CorrectionStore:
    """A store of corrections; use `open`."""

    def __init__(self, url: str | None = None) -> None:
        from xner_core.corrections.address import Address
        from xner_core.corrections.database import Database
        from xner_core.corrections.upgrading import upgrade

        self.address = Address.of(url)
        self._database = Database(self.address)
        try:
            upgrade(self._database)
        except BaseException:
            self._database.close()
            raise
        self._file = _identity(self.address.path)

    @classmethod
    def open(cls, url: str | None = None) -> CorrectionStore:
        """The store at an address, with its tables made or brought up to date; the same object each time.

        Args:
            url: `sqlite:////FOLDER/FILE` or `postgresql://USER:PASSWORD@HOST/DATABASE`; None: what
                `XNER_DATABASE_URL` says, or else `corrections.sqlite` in the data folder.

        Raises:
            ConfigError: If the address is none.
            CorrectionError: If nothing can be kept there: no server answers, the folder cannot be
                written, the file is no database, the database is of a newer version.
        """
        from xner_core.corrections.address import Address

        # A process that was forked must not share connections with the one it came from.
        key = (os.getpid(), Address.of(url).url.render_as_string(hide_password=False))
        with _opening:
            known = _open.get(key)
            if known is not None and known._file != _identity(known.address.path):
                known.close()  # another file lies there now, or none
                known = None
            if known is None:
                known = _open[key] = cls(url)
            return known

    def close(self) -> None:
        """Close all connections; using the store again opens new ones."""
        self._database.close()

    def record(
        self,
        pair: SentencePair,
        changes: Sequence[Change],
        *,
        author: str,
        origin: Origin,
        reason: str = "",
        action: Action = "edit",
        step: str | None = None,
        refers: int | None = None,
    ) -> tuple[Event, ...]:
        """Add what a person did with a sentence: all of it, or nothing.

        Args:
            pair: The sentence pair.
            changes: Fields and what they are to be. One that changes nothing is passed over.
            author: Who did it.
            origin: What they looked at.
            reason: Why they did it.
            action: How it came about.
            step: What is done at once has the same one; None: a new one.
            refers: Number of the event that is gone back to.

        Returns:
            The new events.

        Raises:
            ConflictError: If somebody changed one of the fields since the person saw it.
            CorrectionError: If a change does not fit the sentence, or the database cannot be written.
        """
        from xner_core.corrections.writing import Wish, Writer, new_step

        name = author_name(author)
        _check_changes(pair, changes)
        wishes = [Wish(change.kind, change.after, change.seen, refers) for change in changes]
        with self._database.writing() as connection:
            writer = Writer(connection, name, origin, reason, action, step or new_step())
            made, conflicts = writer.write([(pair, wishes)])
            for conflict in conflicts:
                raise conflict
        return tuple(made)

    def record_many(
        self,
        items: Iterable[tuple[SentencePair, Sequence[Change]]],
        *,
        author: str,
        origin: Origin,
        reason: str = "",
        action: Action = "edit",
        step: str | None = None,
    ) -> RecordedMany:
        """Add what was done at once with many sentences, as one step.

        All changes are looked at before the first is written. Some hundred sentences are one
        transaction, so that others need not wait: if the process is killed, what it wrote until
        then stays, each sentence whole, and doing it again adds the rest.

        Args:
            items: Sentence pairs, with fields and what they are to be.
            author: Who did it.
            origin: What they looked at.
            reason: Why they did it.
            action: How it came about.
            step: What all events have in common; None: a new one.

        Raises:
            CorrectionError: If a change does not fit its sentence, or the database cannot be written.
        """
        from xner_core.corrections.reading import parts
        from xner_core.corrections.writing import Wish, Writer, new_step

        name = author_name(author)
        wanted = list(items)
        for pair, changes in wanted:
            _check_changes(pair, changes)
        step = step or new_step()
        made: list[Event] = []
        conflicts: list[ConflictError] = []
        for part in parts(wanted, _SENTENCES_A_TRANSACTION):
            wishes = [
                (pair, [Wish(change.kind, change.after, change.seen) for change in changes])
                for pair, changes in part
            ]
            try:
                with self._database.writing() as connection:
                    new, refused = Writer(connection, name, origin, reason, action, step).write(wishes)
            except CorrectionError as error:
                raise _part_written(error, made) from None
            made += new
            conflicts += refused
        return RecordedMany(tuple(made), tuple(conflicts))

    def undo(
        self,
        pair: SentencePair,
        author: str,
        origin: Origin,
        *,
        seen: Mapping[Kind, int] | None = None,
    ) -> tuple[Event, ...]:
        """Take back an author's last step on a sentence that was not taken back yet.

        Args:
            pair: The sentence pair.
            author: Whose step; the undo is theirs too.
            origin: What they look at.
            seen: Versions of the fields that the author saw and wants to be overwritten, if somebody
                else changed them since.

        Returns:
            The new events; none where there is nothing to take back.

        Raises:
            ConflictError: If somebody else changed a field since, and `seen` does not say that the
                author knows.
            CorrectionError: If the database cannot be written.
        """
        return self._reverse(pair, author, origin, seen, taking_back, "undo")

    def redo(
        self,
        pair: SentencePair,
        author: str,
        origin: Origin,
        *,
        seen: Mapping[Kind, int] | None = None,
    ) -> tuple[Event, ...]:
        """Make an author's step again that they took back last; see `undo`.

        Raises:
            ConflictError: If somebody else changed a field since, and `seen` does not say that the
                author knows.
            CorrectionError: If the database cannot be written.
        """
        return self._reverse(pair, author, origin, seen, making_again, "redo")

    def _reverse(
        self,
        pair: SentencePair,
        author: str,
        origin: Origin,
        seen: Mapping[Kind, int] | None,
        plan: Callable[[Sequence[Event], str], tuple[Reversal, ...]],
        action: Action,
    ) -> tuple[Event, ...]:
        from xner_core.corrections.reading import histories_of
        from xner_core.corrections.writing import Wish, Writer, new_step

        name, key, known = author_name(author), SentenceKey.of(pair), seen or {}
        with self._database.writing() as connection:
            history = histories_of(connection, [key]).get(key, ())
            now = SentenceState.of(history)
            reversals = plan(history, name)
            unseen = [
                each
                for each in reversals
                if each.is_in_the_way(now.value(each.kind))
                and known.get(each.kind) != now.versions[each.kind]
            ]
            if unseen:
                theirs = sorted(
                    {event.number: event for each in unseen for event in each.theirs}.values(),
                    key=lambda event: event.number,
                )
                raise ConflictError(theirs, key)
            wishes = [Wish(each.kind, each.after, None, each.refers, is_step=True) for each in reversals]
            made, _ = Writer(connection, name, origin, "", action, new_step()).write([(pair, wishes)])
        return tuple(made)

    def restore(
        self, pair: SentencePair, number: int, *, author: str, origin: Origin, seen: Mapping[Kind, int]
    ) -> tuple[Event, ...]:
        """Set a sentence to what held right after one of its events.

        Args:
            pair: The sentence pair.
            number: The event's number; 0: before the first one.
            author: Who does it.
            origin: What they look at.
            seen: The version of each field that they saw; 0 for those that are not in it.

        Returns:
            The new events: one for each field that was different.

        Raises:
            ConflictError: If somebody changed one of these fields since.
            CorrectionError: If that event is none of this sentence's, or the database cannot be written.
        """
        from xner_core.corrections.reading import histories_of
        from xner_core.corrections.writing import Wish, Writer, new_step

        name, key = author_name(author), SentenceKey.of(pair)
        with self._database.writing() as connection:
            history = histories_of(connection, [key]).get(key, ())
            if number and number not in {event.number for event in history}:
                raise CorrectionError(
                    f"there is no event {number} of this sentence",
                    where=pair.id,
                    hint="Choose one of its history",
                )
            then = SentenceState.of(event for event in history if event.number <= number)
            wishes = [
                Wish(kind, then.value(kind), seen.get(kind, 0), number or None) for kind in then.versions
            ]
            writer = Writer(connection, name, origin, "", "restore", new_step())
            made, conflicts = writer.write([(pair, wishes)])
            for conflict in conflicts:
                raise conflict
        return tuple(made)

    def state(self, key: SentenceKey) -> SentenceState:
        """What people say of a sentence."""
        return self.states([key]).get(key, UNTOUCHED)

    def states(self, keys: Iterable[SentenceKey] | None = None) -> dict[SentenceKey, SentenceState]:
        """What people say of sentences; only of those that anybody has said anything of.

        Args:
            keys: The sentences; None: all.
        """
        from xner_core.corrections import reading

        with self._database.reading() as connection:
            if keys is None:
                return reading.all_states(connection)
            return reading.states_of(connection, keys)

    def history(self, key: SentenceKey) -> tuple[Event, ...]:
        """All events of a sentence, in order."""
        return self.histories([key]).get(key, ())

    def histories(self, keys: Iterable[SentenceKey]) -> dict[SentenceKey, tuple[Event, ...]]:
        """All events of those sentences that have some, in order."""
        from xner_core.corrections import reading

        with self._database.reading() as connection:
            return reading.histories_of(connection, keys)

    def version(self) -> int:
        """The number of the last event; 0 where there is none. It grows with each change."""
        from xner_core.corrections import reading

        with self._database.reading() as connection:
            return reading.last_number(connection)

    def authors(self) -> tuple[str, ...]:
        """Everybody who did anything, in the order in which they came."""
        from xner_core.corrections import reading

        with self._database.reading() as connection:
            return reading.authors(connection)

    def touched(
        self, corpus_spec: str, is_wanted: Callable[[SentenceKey], bool] = lambda _: True
    ) -> dict[SentenceKey, StoredPair]:
        """The sentences that were corrected while that corpus spec was looked at, as they were then.

        Args:
            corpus_spec: As it was named then.
            is_wanted: Which of them.
        """
        from xner_core.corrections import reading

        with self._database.reading() as connection:
            return reading.touched(connection, corpus_spec, is_wanted)


def _check_changes(pair: SentencePair, changes: Sequence[Change]) -> None:
    kinds = [change.kind for change in changes]
    if len(set(kinds)) < len(kinds):
        raise CorrectionError("a field is changed twice at once", where=pair.id)
    for change in changes:
        check(pair, change.kind, change.after)


def _part_written(error: CorrectionError, made: Sequence[Event]) -> CorrectionError:
    """The error of a transaction; where others came before it, it says what they wrote."""
    if not made:
        return error
    count = len({event.sentence for event in made})
    written = f"{count} sentences were written until then; doing it again adds the rest"
    nothing = "nothing was written"
    if nothing in error.what.casefold():
        return CorrectionError(error.what.replace(nothing, written), where=error.where, hint=error.hint)
    before = (error.hint or "").partition(";")[0]
    is_other = before.casefold() not in {"", nothing}
    hint = f"{before}; {written}" if is_other else written
    return CorrectionError(error.what, where=error.where, hint=hint)


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Which file lies at a path."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)
