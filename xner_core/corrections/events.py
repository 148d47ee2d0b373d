"""What a person did with a sentence, as events that are only ever added; pure.

A sentence has fields of five kinds. An event sets one of them; the field's value is what its
last event says. Each field counts its events: an event holds the version that it makes, so
that two people who saw the same version cannot both write the next one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Literal, get_args

from xner_core.errors import CorrectionError
from xner_core.types import Entity, LinkEdit, LinkState, ReviewStatus, Sentence, SentencePair

Kind = Literal["source_entities", "target_entities", "links", "status", "note"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Action = Literal["edit", "undo", "redo", "restore", "import", "similar"]
"""How an event came about: by hand, by taking a step back or making it again, by going back to an
earlier state, from a file, or together with other sentences of the corpus."""

Value = tuple[Entity, ...] | tuple[LinkEdit, ...] | str | None
"""Entities, which may overlap, or None: as the components find them. Links that are not as the aligner has
them. A status. A note."""
UNSAID: Mapping[Kind, Value] = {
    "source_entities": None,
    "target_entities": None,
    "links": (),
    "status": "created",
    "note": "",
}
"""The value of a field of which nobody has said anything."""
MOST_CHARACTERS = 80
"""Of an author's name."""


@dataclass(frozen=True, order=True, slots=True)
class SentenceKey:
    """Which sentence pair an event is about, whatever corpus it is read from.

    Attributes:
        id: The pair's id.
        content: SHA-256 in hexadecimal over the words and languages of both sentences: when a
            word changes, what was said of the old words is not misapplied to the new ones.
    """

    id: str
    content: str

    @classmethod
    def of(cls, pair: SentencePair) -> SentenceKey:
        """The key of a pair."""
        said = [(side.lang, side.words) for side in (pair.source, pair.target)]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return cls(pair.id, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A sentence pair as it was when it was corrected; its corpus may have other words by now, or lack it.

    Attributes:
        key: Which pair.
        source: Words and language.
        target: Words and language.
    """

    key: SentenceKey
    source: Sentence
    target: Sentence

    @property
    def pair(self) -> SentencePair:
        """The pair, without what the corpus says besides."""
        return SentencePair(self.key.id, self.source, self.target)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a person was looking at.

    Attributes:
        corpus: The corpus spec.
        fingerprint: The corpus's fingerprint.
        run: Id of the run, where the sentence was seen in one.
        config: The settings of the pipeline, as plain JSON.
    """

    corpus: str
    fingerprint: str
    run: str | None = None
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A field and what it is to be.

    Attributes:
        kind: The field.
        after: Its new value.
        seen: The version of the field that the person saw; 0 where nobody had said anything.
    """

    kind: Kind
    after: Value
    seen: int


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one field of one sentence.

    Attributes:
        number: Unique in the store and growing.
        sentence: The sentence.
        kind: The field.
        version: Of the field after this event; the first one makes version 1.
        before: The field's value until then.
        after: Its value from then on.
        action: How the event came about.
        author: Who did it.
        time: When, in UTC.
        reason: What the author said why; may be empty.
        refers: Number of the event that an undo takes back, a redo makes again, or a restore
            goes back to.
        step: What was done at once has the same step, on all sentences it was done to. Undoing
            takes back all events of a step on one sentence.
        origin: What the author was looking at.
    """

    number: int
    sentence: SentenceKey
    kind: Kind
    version: int
    before: Value
    after: Value
    action: Action
    author: str
    time: datetime
    reason: str
    refers: int | None
    step: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class SentenceState:
    """What people say of a sentence now; see `UNSAID` for what nobody has said anything of.

    Attributes:
        source_entities: None: as the tagger finds them.
        target_entities: None: as they are projected.
        links: Those that are not as the aligner has them, sorted.
        status: What the last reviewer thinks.
        note: A remark.
        versions: Of each field, 0 where nobody has said anything.
        authors: Who changed anything, in order of their first change.
        updated: When the last event was made; None where there is none.
    """

    source_entities: tuple[Entity, ...] | None = None
    target_entities: tuple[Entity, ...] | None = None
    links: tuple[LinkEdit, ...] = ()
    status: ReviewStatus = "created"
    note: str = ""
    versions: Mapping[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    authors: tuple[str, ...] = ()
    updated: datetime | None = None

    @classmethod
    def of(cls, events: Iterable[Event]) -> SentenceState:
        """The state after some events of one sentence, in order of their numbers."""
        state = cls()
        for event in events:
            state = state.after(event)
        return state

    def after(self, event: Event) -> SentenceState:
        """The state after one more event."""
        said: dict[str, Any] = {event.kind: event.after}
        return replace(
            self,
            **said,
            versions={**self.versions, event.kind: event.version},
            authors=tuple(dict.fromkeys((*self.authors, event.author))),
            updated=event.time,
        )

    def value(self, kind: Kind) -> Value:
        """The value of a field."""
        said: Value = getattr(self, kind)
        return said

    @property
    def is_edited(self) -> bool:
        """Whether somebody's entities or links hold."""
        return self.source_entities is not None or self.target_entities is not None or bool(self.links)

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has approved or rejected the sentence."""
        return self.status in {"approved", "rejected"}


UNTOUCHED = SentenceState()


def author_name(text: str) -> str:
    """The name of a person, as it is written into events.

    Raises:
        CorrectionError: If it is empty, too long or cannot be shown.
    """
    name = " ".join(text.split())
    if not name or len(name) > MOST_CHARACTERS or not name.isprintable():
        raise CorrectionError(
            f"an author's name has 1 to {MOST_CHARACTERS} printable characters", hint="Say who you are"
        )
    return name


def undoable(events: Sequence[Event], author: str) -> tuple[Event, ...]:
    """The events of the author's last step on a sentence that was not taken back; empty where there is none.

    Args:
        events: All events of the sentence in order.
        author: Whose step.
    """
    done, _ = _steps(events, author)
    return done[-1] if done else ()


def redoable(events: Sequence[Event], author: str) -> tuple[Event, ...]:
    """The events that the author's next redo makes again; empty where there is none.

    Args:
        events: All events of the sentence in order.
        author: Whose step.
    """
    _, taken_back = _steps(events, author)
    return taken_back[-1] if taken_back else ()


def _steps(events: Sequence[Event], author: str) -> tuple[list[tuple[Event, ...]], list[tuple[Event, ...]]]:
    """The author's steps that stand, and those taken back, the latest last of each."""
    own = (event for event in events if event.author == author)
    done: list[tuple[Event, ...]] = []
    taken_back: list[tuple[Event, ...]] = []
    for _, group in groupby(own, key=lambda event: event.step):
        step = tuple(group)
        action = step[0].action
        if action not in {"undo", "redo"}:
            done.append(step)
            taken_back.clear()
        elif action == "undo" and done:
            taken_back.append(done.pop())
        elif action == "redo" and taken_back:
            done.append(taken_back.pop())
    return done, taken_back


def check(pair: SentencePair, kind: Kind, value: Value) -> None:
    """See that a value can be one of a sentence pair.

    Raises:
        CorrectionError: If an entity or a link lies outside the sentences, is listed twice or out of
            order, or a label or status is none.
    """
    if kind in {"source_entities", "target_entities"}:
        sentence = pair.source if kind == "source_entities" else pair.target
        _check_entities(pair.id, kind, value, len(sentence.words))
    elif kind == "links":
        _check_links(pair, value)
    elif kind == "status" and value not in get_args(ReviewStatus):
        raise CorrectionError(
            f"{value!r} is no status", where=pair.id, hint=f"Choose from {', '.join(get_args(ReviewStatus))}"
        )
    elif kind == "note" and not isinstance(value, str):
        raise CorrectionError("a note is text", where=pair.id)


def _check_entities(sid: str, kind: Kind, value: Value, n_words: int) -> None:
    if value is None:
        return
    name = kind.replace("_", " ")
    entities = [each for each in value if isinstance(each, Entity)]
    if isinstance(value, str) or len(entities) != len(value):
        raise CorrectionError(f"the {name} are no entities", where=sid)
    if entities != sorted(set(entities)):
        raise CorrectionError(f"the {name} are not sorted, or one is listed twice", where=sid)
    for entity in entities:
        if entity.span.end > n_words:
            raise CorrectionError(
                f"an entity of the {name} ends at word {entity.span.end}, but there are {n_words} words",
                where=sid,
            )
        if not entity.label or any(character.isspace() for character in entity.label):
            raise CorrectionError(
                f"{entity.label!r} is no label", where=sid, hint="A label has letters and no space"
            )


def _check_links(pair: SentencePair, value: Value) -> None:
    said = value if isinstance(value, tuple) else (value,)
    links = [each for each in said if isinstance(each, tuple) and len(each) == 3]
    if len(links) != len(said):
        raise CorrectionError("the links are no links", where=pair.id)
    places = [(i, j) for i, j, _ in links]
    if places != sorted(set(places)):
        raise CorrectionError("the links are not sorted, or one is listed twice", where=pair.id)
    n_source, n_target = len(pair.source.words), len(pair.target.words)
    for i, j, state in links:
        if not (0 <= i < n_source and 0 <= j < n_target):
            raise CorrectionError(
                f"the link {i}-{j} lies outside the {n_source} source and {n_target} target words",
                where=pair.id,
            )
        if state not in get_args(LinkState):
            raise CorrectionError(f"{state!r} is no state of a link", where=pair.id)


class ConflictError(CorrectionError):
    """Somebody changed a field since the person saw it; nothing was written of that sentence.

    Attributes:
        theirs: The events that came in between, in order.
        sentence: The sentence, where it is known.
    """

    def __init__(self, theirs: Sequence[Event], sentence: SentenceKey | None = None) -> None:
        self.theirs = tuple(theirs)
        self.sentence = theirs[0].sentence if theirs else sentence
        names = " and ".join(dict.fromkeys(event.author for event in theirs)) or "Somebody"
        fields = " and ".join(dict.fromkeys(event.kind.replace("_", " ") for event in theirs)) or "it"
        super().__init__(
            f"{names} changed the {fields} since you saw them"
            if theirs
            else f"{names} changed {fields} since",
            where=self.sentence.id if self.sentence else None,
            hint="Look at both, and choose",
        )
