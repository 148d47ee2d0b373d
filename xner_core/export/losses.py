"""What a format cannot hold, told before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from xner_core.export.sample import Sample
from xner_core.types import SIDES, Entity, Side

Aspect = Literal[
    "sentence",
    "id",
    "languages",
    "words",
    "text",
    "source entities",
    "target entities",
    "overlapping entities",
    "links",
    "possible links",
    "matches",
    "status",
    "note",
    "edits",
    "history",
    "raw",
    "provenance",
]
"""`words`: how the sentences are cut. `text`: the running text that the corpus has. `edits`: who changed
anything, and when. `raw`: what the components found."""
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
TITLES: Mapping[Aspect, str] = {
    **{aspect: str(aspect) for aspect in ASPECTS},
    "words": "cutting into words",
    "text": "running text",
    "matches": "what was projected to what",
    "edits": "who changed it and when",
    "raw": "what the components found",
    "provenance": "settings and versions",
}
"""What the reader calls an aspect."""
CONTENT: frozenset[Aspect] = frozenset(ASPECTS) - {"edits", "history", "raw", "provenance"}
"""All that holds of a pair now; not who changed what, and what the components found."""
ENTITIES: Mapping[Side, Aspect] = {"source": "source entities", "target": "target entities"}
"""The aspect that a side's entities are."""
Overlaps = Literal["outermost", "longest first", "leftmost first"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a sample that the file will not have.

    The losses of a sample say exactly what its file lacks: a loss with an entity is that entity, a
    loss with a word is that word, which is written as something else; a loss of `sentence` with a side
    is that sentence, and without one the whole pair, which then has no other loss; a loss of `text`
    with a side says that the file's text of that sentence is not the pair's own.

    Attributes:
        sample: Id of the sentence pair.
        aspect: What kind of thing it is.
        what: What exactly, for the reader, as a phrase.
        side: The sentence it is in, where it is in one.
        entity: The entity, where it is one.
        word: Index of the word, where it is one.
        written: What stands in the file in the place of the word.
    """

    sample: str
    aspect: Aspect
    what: str
    side: Side | None = None
    entity: Entity | None = None
    word: int | None = None
    written: str | None = None


def general_losses(sample: Sample, holds: frozenset[Aspect]) -> Iterator[Loss]:
    """What a sample has of those aspects that a format does not hold; overlaps are looked at elsewhere."""
    sid, said = sample.pair.id, sample.corrected
    present: dict[Aspect, str] = {
        "id": "the pair's id",
        "languages": "the languages of the sentences",
        "words": "how the sentences are cut into words",
        "text": "the running text" if any(sample.pair.side(side).text is not None for side in SIDES) else "",
        "links": _count(len(said.alignment.sure), "sure link"),
        "possible links": _count(len(said.alignment.possible), "possible link"),
        "matches": _count(len(said.matches), "match"),
        "status": f"the status {sample.status}" if sample.status != "created" else "",
        "note": "the note" if sample.note else "",
        "edits": "who changed it and when" if _is_edited(sample) else "",
        "history": _count(len(sample.history), "event"),
        "raw": "what the components found" if sample.raw is not None else "",
        "provenance": "where it comes from" if sample.provenance else "",
    }
    for aspect, what in present.items():
        if what and aspect not in holds:
            yield Loss(sid, aspect, what)
    for side in SIDES:
        if ENTITIES[side] not in holds:
            for entity in said.entities(side):
                yield Loss(sid, ENTITIES[side], entity_name(sample, side, entity), side, entity)


def sentence_loss(sample: Sample, side: Side | None = None, why: str = "") -> Loss:
    """The loss of one sentence, or of the whole pair; `why` is a phrase."""
    what = "the sentence pair" if side is None else f"the {side} sentence"
    return Loss(sample.pair.id, "sentence", f"{what}: {why}" if why else what, side)


def unwritten_sentences(sample: Sample, sides: Iterable[Side]) -> Iterator[Loss]:
    """The losses of sentences that a format does not write; a missing one is no loss."""
    for side in sides:
        if not sample.pair.side(side).is_missing:
            yield sentence_loss(sample, side)


def overlap_losses(sample: Sample, sides: Iterable[Side], policy: Overlaps) -> Iterator[Loss]:
    """The entities that have to go where a format holds none that share a word."""
    for side in sides:
        for entity in without_overlaps(sample.corrected.entities(side), policy)[1]:
            yield Loss(
                sample.pair.id, "overlapping entities", entity_name(sample, side, entity), side, entity
            )


def without_overlaps(
    entities: Iterable[Entity], policy: Overlaps
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Choose among entities that share words.

    Args:
        entities: The entities.
        policy: Which one stays. `outermost`: of nested ones the outer, then the one that begins first;
            `longest first`: whichever has more words; `leftmost first`: whichever begins first, the
            shorter of two that begin together.

    Returns:
        Those that stay, and those that go; both sorted.
    """
    keys = {
        "outermost": lambda e: (e.span.start, -e.span.end, e.label),
        "longest first": lambda e: (-len(e.span), e.span.start, e.label),
        "leftmost first": lambda e: (e.span.start, e.span.end, e.label),
    }
    kept: list[Entity] = []
    dropped: list[Entity] = []
    for entity in sorted(entities, key=keys[policy]):
        rival = any(entity.span.overlaps(other.span) for other in kept)
        (dropped if rival else kept).append(entity)
    return tuple(sorted(kept)), tuple(sorted(dropped))


def entity_name(sample: Sample, side: Side, entity: Entity) -> str:
    """An entity for the reader: its label and its words."""
    return f"{entity.label} {sample.pair.side(side).surface(entity.span)!r}"


def _is_edited(sample: Sample) -> bool:
    return bool(sample.is_edited or sample.authors or sample.updated)


def _count(n: int, name: str) -> str:
    plural = f"{name}es" if name.endswith("ch") else f"{name}s"
    return f"{n} {name if n == 1 else plural}" if n else ""
