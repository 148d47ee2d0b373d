"""Reading the lines of our own JSON format, and of the corpora that have the same fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from xner_core.errors import ExportError
from xner_core.export.reading import parse
from xner_core.export.running_text import RunningText, find_words, located
from xner_core.export.sample import Annotation, ReadSample, ReadSide, Sample
from xner_core.pharaoh import parse_links
from xner_core.tags import TagRepair, decode, is_tag
from xner_core.types import SIDES, Entity, ReviewStatus, Sentence, SentencePair, Side, Span, WordAlignment

VERSION = 1
"""Of the lines; a reader of one version reads all before it."""
_HINT = "A line needs source_lang, target_lang and the tokens or text of a side: target_tokens, source_text …"
_CHANGED_HINT = "Export it anew, or change the line as a whole"
_LINKS_HINT = "Write i-j for a sure link, ipj for a possible one, counted from 0"
Marked = tuple[int, int, str]
"""First word, the word behind the last one, label."""


class _EntityRow(BaseModel):
    model_config = ConfigDict(extra="ignore")

    start: int
    end: int
    label: str
    surface: str
    characters: tuple[int, int] | None = None


class _ReviewRow(BaseModel):
    model_config = ConfigDict(extra="ignore")

    status: ReviewStatus = "created"
    note: str = ""
    edited: bool = False
    authors: tuple[str, ...] = ()
    updated: str = ""


class _SaidRow(BaseModel):
    """Entities and links of the components, or of the corpus's gold; None where that has none."""

    model_config = ConfigDict(extra="ignore")

    source_entities: list[Marked] | None = None
    target_entities: list[Marked] | None = None
    alignment: str | None = None
    matches: tuple[tuple[int, int], ...] = ()

    def entities(self, side: Side) -> list[Marked] | None:
        return self.source_entities if side == "source" else self.target_entities


class _Row(BaseModel):
    """A line; `xner_sample` is its version, None in a plain corpus."""

    model_config = ConfigDict(extra="ignore")

    xner_sample: int | None = None
    id: str | None = None
    source_lang: str
    target_lang: str
    source_text: str | None = None
    target_text: str | None = None
    source_tokens: tuple[str, ...] | None = None
    target_tokens: tuple[str, ...] | None = None
    source_tags: list[str] | None = None
    target_tags: list[str] | None = None
    source_entities: list[_EntityRow] | None = None
    target_entities: list[_EntityRow] | None = None
    alignment: str | None = None
    note: str = ""
    matches: tuple[tuple[int, int], ...] = ()
    review: _ReviewRow = _ReviewRow()
    raw: _SaidRow | None = None
    gold: _SaidRow = _SaidRow()
    history: tuple[dict[str, Any], ...] = ()
    provenance: dict[str, Any] = {}

    def of(self, side: Side, name: str) -> Any:
        """A field that each side has."""
        return getattr(self, f"{side}_{name}")


class _WrongRowError(ValueError):
    """What is wrong with a line, and what to do."""

    def __init__(self, what: str, hint: str = _CHANGED_HINT) -> None:
        self.hint = hint
        super().__init__(what)


def read_row(line: str, file: Path, number: int) -> tuple[ReadSample, list[TagRepair]]:
    """Read a line.

    Args:
        line: The line.
        file: Where it stands, for errors.
        number: Its 1-based number.

    Returns:
        What it says, and the tags that were repaired.

    Raises:
        ExportError: If it is not what it has to be, or its parts contradict each other.
    """
    row = parse(line, file, number, _Row, _HINT)
    if row.xner_sample is not None and row.xner_sample > VERSION:
        what = f"the line is of version {row.xner_sample}, but this program reads up to {VERSION}"
        raise ExportError(what, path=file, line=number, hint="Use a newer version of XNER Inspector")
    place = f"{file.name}, line {number}"
    try:
        return _plain(row, place) if row.xner_sample is None else (_whole(row, place), [])
    except _WrongRowError as problem:
        raise ExportError(str(problem), path=file, line=number, hint=problem.hint) from None


def own_text(sentence: Sentence) -> RunningText | None:
    """The sentence's own text, where its words stand in it."""
    if sentence.text is None:
        return None
    offsets = find_words(sentence.text, sentence.words)
    return None if offsets is None else RunningText(sentence.text, offsets)


def entity_row(sentence: Sentence, running: RunningText | None, entity: Entity) -> dict[str, Any]:
    """An entity as a line has it: its words, its label, and what stands there.

    Code points are counted in the sentence's own text, so they are left out where it has none.
    """
    span = entity.span
    row: dict[str, Any] = {"start": span.start, "end": span.end, "label": entity.label}
    if running is None:
        return row | {"surface": sentence.surface(span)}
    first, last, surface = located(running, sentence.words, span)
    return row | {"characters": (first, last), "surface": surface}


def _whole(row: _Row, place: str) -> ReadSample:
    if row.id is None:
        raise _WrongRowError("it has no id")
    source, target = (
        Sentence(
            row.of(side, "tokens") or (),
            row.of(side, "lang"),
            _gold(row, side),
            row.of(side, "text"),
        )
        for side in SIDES
    )
    gold_links = None if row.gold.alignment is None else _links(row.gold.alignment, source, target)
    if row.alignment is None and source.words and target.words:
        raise _WrongRowError("it has no alignment")  # "no links" is written as ""
    said = _annotation(
        _said_entities(row, "source", source),
        _said_entities(row, "target", target),
        _links(row.alignment or "", source, target),
        row.matches,
    )
    sample = Sample(
        SentencePair(row.id, source, target, gold_links, row.note),
        said,
        None if row.raw is None else _raw(row.raw, source, target),
        is_edited=row.review.edited,
        status=row.review.status,
        note=row.review.note,
        authors=row.review.authors,
        updated=row.review.updated,
        history=row.history,
        provenance=row.provenance,
    )
    return ReadSample(
        place,
        row.id,
        ReadSide(source.words, source.text, said.source_entities, lang=source.lang),
        ReadSide(target.words, target.text, said.target_entities, lang=target.lang),
        said.alignment,
        said.matches,
        sample.status,
        sample.note,
        sample,
    )


def _plain(row: _Row, place: str) -> tuple[ReadSample, list[TagRepair]]:
    """A line of a plain corpus: tags, but neither entities that overlap nor a review."""
    read = {side: _plain_side(row, side) for side in SIDES}
    sides = {side: found for side, (found, _) in read.items()}
    alignment = None
    if row.alignment is not None:
        words = [Sentence(sides[side].words or (), row.of(side, "lang")) for side in SIDES]
        alignment = _links(row.alignment, *words)
    repairs = [repair for _, found in read.values() for repair in found]
    return ReadSample(place, row.id, sides["source"], sides["target"], alignment), repairs


def _plain_side(row: _Row, side: Side) -> tuple[ReadSide, list[TagRepair]]:
    words, tags, text = (row.of(side, name) for name in ("tokens", "tags", "text"))
    lang = row.of(side, "lang")
    if words is None and text is None:
        return ReadSide((), lang=lang), []
    if tags is None:
        return ReadSide(words, text, lang=lang), []
    if words is None or len(words) != len(tags) or not all(map(is_tag, tags)):
        raise _WrongRowError(f"{side}_tags are not one IOB tag for each of {side}_tokens", "Use O, B-PER …")
    entities, repairs = decode(tags)
    return ReadSide(words, text, entities, lang=lang), repairs


def _gold(row: _Row, side: Side) -> tuple[Entity, ...] | None:
    marked = row.gold.entities(side)
    return None if marked is None else _entities(marked, len(row.of(side, "tokens") or ()))


def _raw(raw: _SaidRow, source: Sentence, target: Sentence) -> Annotation:
    return _annotation(
        _entities(raw.source_entities or [], len(source.words)),
        _entities(raw.target_entities or [], len(target.words)),
        _links(raw.alignment or "", source, target),
        raw.matches,
    )


def _annotation(
    source: tuple[Entity, ...],
    target: tuple[Entity, ...],
    alignment: WordAlignment,
    matches: tuple[tuple[int, int], ...],
) -> Annotation:
    for first, second in matches:
        if not (0 <= first < len(source) and 0 <= second < len(target)):
            raise _WrongRowError(f"the match {first}, {second} names an entity that is not there")
    return Annotation(source, target, alignment, matches)


def _said_entities(row: _Row, side: Side, sentence: Sentence) -> tuple[Entity, ...]:
    """The entities of a sentence, once the tags, which say them too, are seen to say the same."""
    marked, tags = row.of(side, "entities"), row.of(side, "tags")
    if marked is None and sentence.words:
        raise _WrongRowError(f"it has no {side}_entities")
    entities = _seen(marked or [], sentence)
    if tags is None:
        return entities
    are_tags = len(tags) == len(sentence.words) and all(map(is_tag, tags))
    if not are_tags or decode(tags)[0] != tuple(sorted(entities)):
        what = f"{side}_tags and {side}_entities say different things"
        raise _WrongRowError(what, f"Change both alike, or take out {side}_tags")
    return entities


def _seen(rows: Sequence[_EntityRow], sentence: Sentence) -> tuple[Entity, ...]:
    """The entities of a sentence, once their surfaces are seen to be what stands there."""
    entities = _entities([(each.start, each.end, each.label) for each in rows], len(sentence.words))
    running = own_text(sentence)
    for each, entity in zip(rows, entities, strict=True):
        expected: Mapping[str, Any] = entity_row(sentence, running, entity)
        if (each.surface, each.characters) != (expected["surface"], expected.get("characters")):
            where = (
                ""
                if each.characters is None
                else f", characters {each.characters[0]} to {each.characters[1]}"
            )
            raise _WrongRowError(
                f"{each.surface!r} is not what stands at words {each.start} to {each.end}{where}, but "
                f"{expected['surface']!r}"
            )
    return entities


def _entities(marked: Iterable[Marked], n_words: int) -> tuple[Entity, ...]:
    entities = []
    for start, end, label in marked:
        if not 0 <= start < end <= n_words:
            raise _WrongRowError(
                f"the entity {label} of words {start} to {end} is not within {n_words} words"
            )
        entities.append(Entity(Span(start, end), label))
    return tuple(entities)


def _links(text: str, source: Sentence, target: Sentence) -> WordAlignment:
    try:
        return parse_links(text, len(source.words), len(target.words))
    except ValueError as error:
        raise _WrongRowError(f"alignment: {error}", _LINKS_HINT) from None
