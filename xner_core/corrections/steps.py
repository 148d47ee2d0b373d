"""What undo and redo would do to a sentence; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xner_core.corrections.events import Event, Kind, Value, redoable, undoable


@dataclass(frozen=True, slots=True)
class Reversal:
    """One field of a step that is taken back or made again.

    Attributes:
        kind: The field.
        expected: The value that the author left it with.
        after: The value it gets.
        refers: Number of the event that is taken back or made again.
        theirs: What others did to the field since the author last touched it, or else since the step.
    """

    kind: Kind
    expected: Value
    after: Value
    refers: int
    theirs: tuple[Event, ...]

    def is_in_the_way(self, now: Value) -> bool:
        """Whether the author has to choose first: the field is neither as they left it nor as it is to be."""
        return now not in (self.expected, self.after)


def taking_back(events: Sequence[Event], author: str) -> tuple[Reversal, ...]:
    """What an undo does, a field each; empty where there is nothing to take back.

    Args:
        events: All events of the sentence in order.
        author: Who undoes their last step.
    """
    return tuple(
        Reversal(first.kind, last.after, first.before, last.number, _theirs(events, last, author))
        for first, last in _ends(undoable(events, author))
    )


def making_again(events: Sequence[Event], author: str) -> tuple[Reversal, ...]:
    """What a redo does, a field each; empty where nothing was taken back.

    Args:
        events: All events of the sentence in order.
        author: Who makes their last undone step again.
    """
    return tuple(
        Reversal(first.kind, first.before, last.after, last.number, _theirs(events, last, author))
        for first, last in _ends(redoable(events, author))
    )


def _ends(step: Iterable[Event]) -> list[tuple[Event, Event]]:
    """The first and the last event of each field of a step."""
    ends: dict[Kind, tuple[Event, Event]] = {}
    for event in step:
        first, _ = ends.get(event.kind, (event, event))
        ends[event.kind] = (first, event)
    return list(ends.values())


def _theirs(events: Sequence[Event], done: Event, author: str) -> tuple[Event, ...]:
    field = [event for event in events if event.kind == done.kind]
    own = max(event.version for event in field if event.author == author)
    others = [event for event in field if event.author != author and event.version > done.version]
    return tuple(event for event in others if event.version > own) or tuple(others)
