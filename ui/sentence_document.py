"""What one window knows and wants of a sentence that people correct; pure: tested without the app.

The truth is in the store. A window writes with the version that it saw: where somebody else was quicker, what
it wanted is kept here as unsaved until its person has chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from ui.grid_document import GridDocument
from xner_core.alignment.edits import LinkEdits
from xner_core.corrections.events import UNSAID, UNTOUCHED, Event, Kind, Origin, SentenceState, Value
from xner_core.types import Entity, LinkEdit, SentencePair, Side, Span

Doing = Literal["edit", "undo", "redo", "restore"]
KIND_OF: Mapping[Side, Kind] = {"source": "source_entities", "target": "target_entities"}
SIDE_OF: Mapping[Kind, Side] = {kind: side for side, kind in KIND_OF.items()}
LONGEST_LABEL = 40
"""Characters of a label that somebody types."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What a person did that could not be written.

    Attributes:
        kind: The field.
        doing: What they did.
        base: The field as they saw it.
        mine: What they wanted it to be; of no meaning unless it is an edit.
        number: The event that they wanted to go back to.
        theirs: What others did in the meantime, in order; empty where the store could not be written.
        problem: Why it could not be written; empty where others were quicker.
        reason: What they gave as the reason.
        seen: The version of the field that they saw.
    """

    kind: Kind
    doing: Doing
    base: Value
    mine: Value
    number: int = 0
    theirs: tuple[Event, ...] = ()
    problem: str = ""
    reason: str = ""
    seen: int = 0

    def is_continued(self, other: Unsaved) -> bool:
        """Whether the other is what its person did next, before they heard that this was not written."""
        return self.doing == other.doing == "edit" and (self.kind, self.base) == (other.kind, other.base)


@dataclass(frozen=True, slots=True)
class SentenceDocument:
    """What one window knows and wants of a sentence.

    Attributes:
        pair: The sentence pair.
        origin: What was looked at when it was shown last.
        grid: What the protocol of the matrix needs.
        history: All events of it, as this window was told.
        state: What follows from these.
        checked: The number of the store's last event when this was read; None before.
        own: Numbers of the events that this window made.
        unsaved: What could not be written.
        news: What others did since this window last did something itself.
        found: Entities that the components find, as they were shown last.
        sources: The source entities that were shown last.
        reason: What the person gives as the reason of what they do next.
        problem: Why the store cannot be read now; empty where it can.
    """

    pair: SentencePair
    origin: Origin
    grid: GridDocument
    history: tuple[Event, ...] = ()
    state: SentenceState = UNTOUCHED
    checked: int | None = None
    own: frozenset[int] = frozenset()
    unsaved: tuple[Unsaved, ...] = ()
    news: tuple[Event, ...] = ()
    found: Mapping[Side, tuple[Entity, ...]] = field(default_factory=dict)
    sources: tuple[Entity, ...] = ()
    reason: str = ""
    problem: str = ""

    @classmethod
    def of(cls, pair: SentencePair, origin: Origin) -> SentenceDocument:
        """The document of a sentence that this window has not shown before."""
        shape = len(pair.source.words), len(pair.target.words)
        return cls(pair, origin, GridDocument(shape=shape))

    def read(self, history: Sequence[Event], checked: int, *, by_button: bool = False) -> SentenceDocument:
        """The document once the store was read.

        Args:
            history: All events of the sentence.
            checked: The number of the store's last event.
            by_button: Whether this window's own button changed something.
        """
        history = tuple(history)
        if history == self.history:
            return replace(self, checked=checked)
        known = self.own | {event.number for event in self.history}
        new = [event for event in history if event.number not in known]
        state = SentenceState.of(history)
        grid = self.grid
        if state.versions["links"] != grid.version:
            grid = grid.told(LinkEdits(state.links), state.versions["links"], by_button=by_button)
        theirs = () if self.checked is None else (*self.news, *new)
        return replace(self, history=history, state=state, checked=checked, grid=grid, news=theirs)

    def seen(self, kind: Kind, told: int) -> int:
        """The version that the browser may write over: what it was told, and what this window made of it.

        Args:
            kind: The field.
            told: The version that the browser was told.
        """
        own = {event.version for event in self.history if event.kind == kind and event.number in self.own}
        while told + 1 in own:
            told += 1
        return told

    def value(self, kind: Kind, version: int) -> Value:
        """The value of a field at a version of it."""
        for event in self.history:
            if event.kind == kind and event.version == version:
                return event.after
        return UNSAID[kind]

    def made(self, events: Iterable[Event]) -> SentenceDocument:
        """The document once this window has made events."""
        numbers = {event.number for event in events}
        return replace(self, own=self.own | numbers, news=()) if numbers else self

    def refused(self, unsaved: Unsaved) -> SentenceDocument:
        """The document with something that could not be written.

        Clicks that were made before the browser heard of it are one with the first of them.
        """
        before = next((each for each in self.unsaved if each.is_continued(unsaved)), None)
        if before is not None:
            return replace(self, unsaved=tuple(unsaved if each is before else each for each in self.unsaved))
        return replace(self, unsaved=(*self.unsaved, unsaved))

    def settled(self, unsaved: Unsaved) -> SentenceDocument:
        """The document without something that was unsaved."""
        return replace(self, unsaved=tuple(each for each in self.unsaved if each is not unsaved))

    def both(self, unsaved: Unsaved) -> tuple[Value] | None:
        """What others and this person did to a field together; None where they touched the same."""
        if unsaved.doing != "edit":
            return None
        now = self.state.value(unsaved.kind)
        return merged(unsaved.kind, unsaved.base, unsaved.mine, now, self.found)


def merged(
    kind: Kind, base: Value, mine: Value, theirs: Value, found: Mapping[Side, tuple[Entity, ...]]
) -> tuple[Value] | None:
    """Both changes of a value at once, in a tuple of its own as the value may be None.

    Args:
        kind: The field.
        base: The value that both began with.
        mine: What the one made of it.
        theirs: What the other made of it.
        found: What the components find, for those that left entities to them.

    Returns:
        None where both touched the same link, or words that they share, and not in the same way; or where
        there is no saying both, as of two notes.
    """
    if mine == theirs or theirs == base:
        return (mine,)
    if mine == base:
        return (theirs,)
    if kind == "links":
        return _merged_links(_links(base), _links(mine), _links(theirs))
    if kind not in SIDE_OF or mine is None or theirs is None:
        return None
    began = found.get(SIDE_OF[kind]) if base is None else _entities(base)
    if began is None:
        return None
    return _merged_entities(set(began), set(_entities(mine)), set(_entities(theirs)))


def _merged_links(
    base: Collection[LinkEdit], mine: Collection[LinkEdit], theirs: Collection[LinkEdit]
) -> tuple[Value] | None:
    old, one, other = ({(i, j): how for i, j, how in said} for said in (base, mine, theirs))
    whole = dict(other)
    for place in {*old, *one}:
        was, own, now = (said.get(place) for said in (old, one, other))
        if own in (was, now):
            continue
        if now != was:
            return None
        if own is None:
            del whole[place]
        else:
            whole[place] = own
    return (LinkEdits.of((i, j, how) for (i, j), how in whole.items()).changes,)


def _merged_entities(base: set[Entity], mine: set[Entity], theirs: set[Entity]) -> tuple[Value] | None:
    own, other = base ^ mine, base ^ theirs
    if _clash(own - other, other) or _clash(other - own, own):
        return None
    return (tuple(sorted((theirs - (base - mine)) | (mine - base))),)


def _clash(some: Collection[Entity], others: Collection[Entity]) -> bool:
    return any(one.span.overlaps(other.span) for one in some for other in others)


def _links(value: Value) -> tuple[LinkEdit, ...]:
    return cast("tuple[LinkEdit, ...]", value or ())


def _entities(value: Value) -> tuple[Entity, ...]:
    return cast("tuple[Entity, ...]", value or ())


def entities_from(listed: Any, n_words: int) -> tuple[Entity, ...] | None:
    """Entities in order from `[start, end, label]` each; None unless all fit the sentence.

    Args:
        listed: Whatever the browser sent.
        n_words: Of the sentence.
    """
    if not isinstance(listed, list):
        return None
    found: set[Entity] = set()
    for each in listed:
        if not isinstance(each, list) or [type(part) for part in each] != [int, int, str]:
            return None
        start, end, label = each
        fits = 0 <= start < end <= n_words and 0 < len(label) <= LONGEST_LABEL
        if not fits or not label.isprintable() or any(character.isspace() for character in label):
            return None
        found.add(Entity(Span(start, end), label))
    return tuple(sorted(found))


def moved_index(entity: int, before: Sequence[Entity], after: Sequence[Entity]) -> int | None:
    """Where an entity is found again after a correction; None where it is gone.

    Args:
        entity: Its index among those before.
        before: The entities.
        after: The entities now.
    """
    if entity >= len(before):
        return None
    known = before[entity]
    if known in after:
        return after.index(known)
    return next((at for at, each in enumerate(after) if each.span.overlaps(known.span)), None)
