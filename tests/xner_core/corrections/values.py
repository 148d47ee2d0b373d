"""Sentences, values and origins for the tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.builders import entity
from xner_core.corrections.events import (
    KINDS,
    UNSAID,
    Action,
    Change,
    Event,
    Kind,
    Origin,
    SentenceKey,
    Value,
)
from xner_core.types import Sentence, SentencePair

ANY_CHARACTER = st.characters(exclude_categories=())
"""Also NUL, and halves of surrogate pairs."""
TEXTS = st.text(ANY_CHARACTER, max_size=8)
ORIGIN = Origin("demo:de", "f" * 64, "run-1", {"aligner": {"name": "e5-small", "options": {"layer": 7}}})
START = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
N_WORDS = 4


def pair(sid: str = "s1", word: str = "w") -> SentencePair:
    """Two sentences of four words."""
    source = Sentence(tuple(f"{word}{i}" for i in range(N_WORDS)), "en")
    return SentencePair(sid, source, Sentence(tuple(f"{word}'{i}" for i in range(N_WORDS)), "de"))


def entities() -> st.SearchStrategy[Value]:
    """Entities of such a sentence, which may overlap."""
    spans = st.tuples(st.integers(0, N_WORDS - 1), st.integers(1, N_WORDS)).filter(
        lambda ends: ends[0] < ends[1]
    )
    labels = st.sampled_from(["PER", "LOC", "人", "geo-loc"])
    one = st.builds(lambda ends, label: entity(*ends, label), spans, labels)
    return st.none() | st.sets(one, max_size=3).map(lambda found: tuple(sorted(found)))


def links() -> st.SearchStrategy[Value]:
    """Links of such a pair that are not as the aligner has them."""
    words = st.integers(0, N_WORDS - 1)
    states = st.sampled_from(["none", "sure", "possible"])
    return st.dictionaries(st.tuples(words, words), states, max_size=3).map(
        lambda found: tuple(sorted((i, j, state) for (i, j), state in found.items()))
    )


VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    "source_entities": entities(),
    "target_entities": entities(),
    "links": links(),
    "status": st.sampled_from(["created", "approved", "rejected", "needsReview"]),
    "note": TEXTS,
}
SAID: st.SearchStrategy[tuple[Kind, Value]] = st.sampled_from(KINDS).flatmap(
    lambda kind: VALUES[kind].map(lambda value: (kind, value))
)
"""A field and what somebody says of it."""


def note(text: str, seen: int = 0) -> Change:
    """A change of the note."""
    return Change("note", text, seen)


class History:
    """Events of one sentence, written by hand."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(
        self,
        author: str,
        step: str,
        action: Action = "edit",
        *,
        refers: int | None = None,
        **values: Any,
    ) -> tuple[Event, ...]:
        """One step: fields and their new values."""
        new = []
        for kind in KINDS:
            if kind not in values:
                continue
            field = [event for event in self.events if event.kind == kind]
            number = len(self.events) + 1
            event = Event(
                number=number,
                sentence=SentenceKey("s1", "c" * 64),
                kind=kind,
                version=len(field) + 1,
                before=field[-1].after if field else UNSAID[kind],
                after=values[kind],
                action=action,
                author=author,
                time=START + timedelta(seconds=number),
                reason="",
                refers=refers,
                step=step,
                origin=ORIGIN,
            )
            self.events.append(event)
            new.append(event)
        return tuple(new)
