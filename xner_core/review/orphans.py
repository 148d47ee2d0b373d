"""Orphans: corrected sentences whose words are no longer in the corpus that they were corrected in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from xner_core.corrections.codec import event_json
from xner_core.corrections.events import UNTOUCHED, Event, SentenceKey, SentenceState, StoredPair
from xner_core.export.native_jsonl import NativeConfig, NativeFormat
from xner_core.export.sample import Annotation, Sample
from xner_core.review.scope import PairKeys
from xner_core.types import WordAlignment

Why = Literal["other words", "no such id"]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A corrected sentence that the corpus has no more; what was said of it is applied to nothing.

    Attributes:
        stored: The pair as it was.
        why: Whether its id now has other words, or is gone.
        state: What people said of it.
    """

    stored: StoredPair
    why: Why
    state: SentenceState


def why_orphaned(key: SentenceKey, keys: PairKeys) -> Why | None:
    """Why a sentence is an orphan; None where it is none.

    A pair that lacks a sentence may be translated to any words: what was said of it is no orphan.

    Args:
        key: The sentence as it was corrected.
        keys: Of the corpus's pairs.
    """
    place = keys.place(key.id)
    if place is None:
        return "no such id"
    return None if keys.at(place) in (key, None) else "other words"


def orphans(
    touched: Mapping[SentenceKey, StoredPair],
    states: Mapping[SentenceKey, SentenceState],
    keys: PairKeys,
) -> list[Orphan]:
    """The orphans among sentences, ordered by id.

    Args:
        touched: Sentences that were corrected while the corpus was looked at.
        states: What people say of sentences.
        keys: Of the corpus's pairs.
    """
    return [
        Orphan(stored, why, states.get(key, UNTOUCHED))
        for key, stored in sorted(touched.items())
        if (why := why_orphaned(key, keys)) is not None
    ]


def orphan_samples(
    found: Iterable[Orphan], histories: Mapping[SentenceKey, tuple[Event, ...]]
) -> Iterator[Sample]:
    """What people said of orphans, and nothing else: what they left to the components is not known."""
    for each in found:
        state = each.state
        sure = [(i, j) for i, j, how in state.links if how == "sure"]
        possible = [(i, j) for i, j, how in state.links if how == "possible"]
        yield Sample(
            each.stored.pair,
            Annotation(
                state.source_entities or (), state.target_entities or (), WordAlignment.of(sure, possible)
            ),
            is_edited=state.is_edited,
            status=state.status,
            note=state.note,
            authors=state.authors,
            updated="" if state.updated is None else state.updated.isoformat(),
            history=tuple(event_json(event) for event in histories.get(each.stored.key, ())),
        )


def orphans_file(found: Iterable[Orphan], histories: Mapping[SentenceKey, tuple[Event, ...]]) -> bytes:
    """Orphans with their histories in the format that loses nothing."""
    with TemporaryDirectory(prefix="xner-orphans-") as made:
        written = NativeFormat(NativeConfig()).write(orphan_samples(found, histories), Path(made), "orphans")
        return written[0].read_bytes()
