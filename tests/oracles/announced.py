"""What a file must say of a sample, by what its format announced to lose; nothing of it is our code's.

The announced losses are taken away from the sample one by one. What is left is what a reader must find.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xner_core.export.losses import Loss
from xner_core.export.sample import Sample

SIDES = ("source", "target")
NOTHING = "nothing"
"""The format says nothing of it."""


@dataclass
class Side:
    """One sentence: its words as written, its own text, its entities as tuples."""

    words: list[str] | str
    text: str | None
    entities: list[tuple[int, int, str]] | str
    lang: str
    is_there: bool = True
    text_is_changed: bool = False


@dataclass
class Said:
    """What a reader must find."""

    id: str
    sides: dict[str, Side]
    sure: list[tuple[int, int]] | str
    possible: list[tuple[int, int]] | str
    matches: list[tuple[int, int]] | str
    status: str
    note: str
    lost: set[str] = field(default_factory=set)


def remaining(sample: Sample, losses: Iterable[Loss], holds: Iterable[str]) -> Said | None:
    """What is left of a sample; None where the whole pair is lost.

    Args:
        sample: The sample.
        losses: All that were announced of it.
        holds: The aspects that the format says it holds: where it holds an aspect, the file says of
            a sample without such things that there are none.
    """
    losses, holds = list(losses), set(holds)
    if any(loss.aspect == "sentence" and loss.side is None for loss in losses):
        assert len(losses) == 1, "a pair that is lost as a whole has no other loss"
        return None
    said = _everything(sample)
    gone: dict[str, list[Any]] = {side: [] for side in SIDES}
    for loss in losses:
        assert loss.sample == sample.pair.id
        assert loss.what
        if loss.entity is not None:
            assert loss.side in SIDES
            gone[loss.side].append(loss.entity)
        elif loss.word is not None:
            assert loss.aspect == "words"
            assert loss.side in SIDES
            words = said.sides[loss.side].words
            assert isinstance(words, list)
            assert words[loss.word] != loss.written, "a word that is not lost was announced"
            words[loss.word] = str(loss.written)
        elif loss.aspect == "sentence":
            assert loss.side in SIDES
            said.sides[loss.side].is_there = False
        elif loss.side is not None:
            assert loss.aspect == "text", "only a text, a sentence, a word or an entity belongs to a side"
            said.sides[loss.side].text = None
            said.sides[loss.side].text_is_changed = True
        else:
            assert loss.aspect not in holds, f"{loss.aspect} is held, but announced as lost as a whole"
            said.lost.add(loss.aspect)
            if loss.aspect == "text":
                for side in said.sides.values():
                    side.text = None
    _take_entities(sample, said, gone)
    _silence(said, holds)
    return said


def _everything(sample: Sample) -> Said:
    pair, annotation = sample.pair, sample.corrected
    sides = {}
    for name, sentence in (("source", pair.source), ("target", pair.target)):
        entities = annotation.source_entities if name == "source" else annotation.target_entities
        marked = [(each.span.start, each.span.end, each.label) for each in entities]
        sides[name] = Side(list(sentence.words), sentence.text, marked, sentence.lang)
    return Said(
        pair.id,
        sides,
        list(annotation.alignment.sure),
        list(annotation.alignment.possible),
        list(annotation.matches),
        sample.status,
        sample.note,
    )


def _take_entities(sample: Sample, said: Said, gone: dict[str, list[Any]]) -> None:
    """Take entities away, and with them their matches; those that stay move up."""
    places: dict[str, dict[int, int]] = {}
    for name in SIDES:
        entities = sample.corrected.source_entities if name == "source" else sample.corrected.target_entities
        left = list(gone[name])
        kept: list[Any] = []
        places[name] = {}
        for index, entity in enumerate(entities):
            if entity in left:
                left.remove(entity)
            else:
                places[name][index] = len(kept)
                kept.append((entity.span.start, entity.span.end, entity.label))
        assert not left, "an entity was announced that is not there"
        said.sides[name].entities = kept
    assert not isinstance(said.matches, str)
    said.matches = [
        (places["source"][i], places["target"][j])
        for i, j in said.matches
        if i in places["source"] and j in places["target"]
    ]


def _silence(said: Said, holds: set[str]) -> None:
    """Of what a format does not hold, a file says nothing; and all there was must have been announced."""
    for aspect, value in (
        ("links", said.sure),
        ("possible links", said.possible),
        ("matches", said.matches),
        ("note", said.note),
        ("status", said.status != "created"),
    ):
        if aspect not in holds and value and not _follows(aspect, said):
            assert aspect in said.lost, f"{aspect} is not held, but was not announced"
    for name, side in said.sides.items():
        if f"{name} entities" not in holds:
            assert not side.entities, f"the {name} entities are not held, but were not announced"
            side.entities = NOTHING
        if "words" not in holds:
            side.words = NOTHING
        if "text" not in holds:
            assert side.text is None, "the text is not held, but was not announced"
    if "links" not in holds:
        said.sure = said.possible = NOTHING
    elif "possible links" not in holds:
        said.possible = []
    if "matches" not in holds:
        said.matches = NOTHING
    said.status = said.status if "status" in holds else NOTHING
    said.note = said.note if "note" in holds else NOTHING


def _follows(aspect: str, said: Said) -> bool:
    return aspect == "possible links" and "links" in said.lost
