"""Records of doccano, ours and those of others, read as sentence pairs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from xner_core.errors import ExportError
from xner_core.export.characters import placed
from xner_core.export.counting import CountedText, Unit
from xner_core.export.labels import read_label
from xner_core.export.links_line import links_of
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide
from xner_core.types import SIDES, ReviewStatus, Side

Place = tuple[int, int, str]
"""First character, the one behind the last, label; characters as the file counts them."""


class _Entity(BaseModel):
    """An entity of a project with relations."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: int | None = None
    start_offset: int = Field(ge=0)
    end_offset: int
    label: str


class _Relation(BaseModel):
    """A line between two entities."""

    model_config = ConfigDict(strict=True, extra="ignore")

    from_id: int
    to_id: int


class Record(BaseModel):
    """One text. The fields from `pair_id` on are extra ones, which doccano keeps as they are."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: int | str | None = None
    text: str
    label: list[Place] | None = Field(None, validation_alias=AliasChoices("label", "labels"))
    entities: list[_Entity] | None = None
    relations: list[_Relation] = []
    comments: list[Any] = Field([], validation_alias=AliasChoices("Comments", "comments"))
    note: str = ""
    pair_id: int | str | None = None
    side: Literal["source", "src", "target", "tgt"] | None = None
    status: str | None = None
    lang: str | None = None
    tokens: list[str] | None = None
    alignment: str | None = None
    matches: list[tuple[Place, Place]] | None = None
    target_start: int | None = Field(None, ge=1)
    src_lang: str | None = None
    tgt_lang: str | None = None
    src_tokens: list[str] | None = None
    tgt_tokens: list[str] | None = None
    links: str | None = None

    @property
    def places(self) -> list[Place] | None:
        """Where its entities are; None where it has neither labels nor entities."""
        if self.entities is None:
            return self.label
        return [(each.start_offset, each.end_offset, each.label) for each in self.entities]

    @property
    def remarks(self) -> list[str]:
        """What its annotators said of it; in projects with relations these are objects."""
        texts = (each.get("comment") if isinstance(each, dict) else each for each in self.comments)
        return [text for text in texts if isinstance(text, str)]


class RecordReader:
    """Turns the records of a pair into what they say of it."""

    def __init__(self, path: Path, unit: Unit, notices: list[str]) -> None:
        self._path = path
        self._unit = unit
        self._notices = notices

    def sample(self, group: dict[Side, tuple[int, Record]]) -> ReadSample:
        """What one record, or two, say."""
        line, record = next(iter(group.values()))
        if record.target_start is not None:
            return self._of_joined(line, record, record.target_start)
        sides: dict[Side, ReadSide] = {}
        orders: dict[Side, dict[Place, int]] = {}
        for side, (number, each) in group.items():
            sides[side], orders[side] = self._side(
                each.text, each.places, each.tokens, each.lang, number, is_said=each.places is not None
            )
            if each.relations:
                self._tell(number, f"{len(each.relations)} relations within one sentence were passed over")
        matches = None
        if record.matches is not None:
            # A match whose entity was moved or deleted is one no more.
            found = {
                (orders.get("source", {}).get(source), orders.get("target", {}).get(target))
                for source, target in record.matches
            }
            matches = tuple(sorted((i, j) for i, j in found if i is not None and j is not None))
        return self._sample(
            line, record, sides.get("source"), sides.get("target"), matches, record.alignment, group
        )

    def _of_joined(self, line: int, record: Record, behind: int) -> ReadSample:
        texts = {"source": record.text[: behind - 1], "target": record.text[behind:]}
        behind = CountedText(record.text, self._unit).count(min(behind, len(record.text)))
        places: dict[Side, list[Place]] = {"source": [], "target": []}
        where: dict[int | None, tuple[Side, Place]] = {}
        entities = record.entities
        if entities is None:
            entities = [
                _Entity(start_offset=s, end_offset=e, label=name) for s, e, name in record.label or ()
            ]
        for each in entities:
            side: Side = "source" if each.end_offset < behind else "target"
            shift = 0 if side == "source" else behind
            if each.start_offset < shift:
                what = f"an entity goes from {each.start_offset} to {each.end_offset}, over both sentences"
                raise self._error(line, what, "Mark it within one of them")
            place = (each.start_offset - shift, each.end_offset - shift, each.label)
            places[side].append(place)
            where[each.id] = side, place
        lang: dict[Side, str | None] = {"source": record.src_lang, "target": record.tgt_lang}
        words = {"source": record.src_tokens, "target": record.tgt_tokens}
        is_said = record.entities is not None or record.label is not None
        read = {
            side: self._side(texts[side], places[side], words[side], lang[side], line, is_said=is_said)
            for side in SIDES
        }
        matches = set()
        for relation in record.relations:
            ends = dict(filter(None, (where.get(relation.from_id), where.get(relation.to_id))))
            if len(ends) == len(SIDES):
                matches.add(tuple(read[side][1][ends[side]] for side in SIDES))
            else:
                self._tell(line, "a relation within one sentence was passed over")
        return self._sample(
            line,
            record,
            read["source"][0],
            read["target"][0],
            tuple(sorted((i, j) for i, j in matches)) if is_said else None,
            record.links,
            {"source": (line, record)},
        )

    def _sample(
        self,
        line: int,
        record: Record,
        source: ReadSide | None,
        target: ReadSide | None,
        matches: tuple[tuple[int, int], ...] | None,
        links: str | None,
        group: dict[Side, tuple[int, Record]],
    ) -> ReadSample:
        # The pair's own remark stands with each of its texts; doccano's comments come from who labelled.
        remarks = dict.fromkeys(each.note for _, each in group.values() if each.note)
        remarks |= dict.fromkeys(text for _, each in group.values() for text in each.remarks)
        is_ours = record.pair_id is not None and record.status is not None
        name = record.pair_id if record.pair_id is not None else record.id
        return ReadSample(
            place=f"{self._path}, line {line}",
            id=None if name is None else str(name),
            source=source,
            target=target,
            alignment=None if links is None else links_of(links, source, target, self._path, line),
            matches=matches,
            status=record.status if record.status in get_args(ReviewStatus) else None,  # type: ignore[arg-type]
            note=" · ".join(remarks) if remarks or is_ours else None,
        )

    def _side(
        self,
        text: str,
        places: Sequence[Place] | None,
        words: Sequence[str] | None,
        lang: str | None,
        line: int,
        *,
        is_said: bool,
    ) -> tuple[ReadSide, dict[Place, int]]:
        """A sentence, and which of its entities a place of the record is."""
        counted = CountedText(text, self._unit)
        ranges = [self._range(place, counted, line) for place in places or ()]
        read, order = placed(text, words, ranges, lang)
        if not is_said:
            read = ReadSide(read.words, text, lang=lang)
        return read, dict(zip(places or (), order, strict=True))

    def _range(self, place: Place, counted: CountedText, line: int) -> CharacterRange:
        start, end, label = place
        if not 0 <= start < end <= counted.length:
            what = f"a label goes from {start} to {end}, but the text has {counted.length} characters"
            raise self._error(line, what, "Label it again")
        label = read_label(label, self._path, line, lambda what: self._tell(line, what))
        return CharacterRange(counted.points(start), counted.points(end), label)

    def _tell(self, line: int, what: str) -> None:
        self._notices.append(f"{self._path.name}, line {line}: {what}")

    def _error(self, line: int, what: str, hint: str) -> ExportError:
        return ExportError(what, path=self._path, line=line, hint=hint)
