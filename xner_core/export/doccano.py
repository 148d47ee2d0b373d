"""doccano: JSON lines of labelled texts, one a sentence or, with relations, one a pair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.characters import code_points, placed, text_loss, utf16_units
from xner_core.export.format import Format
from xner_core.export.labels import read_label
from xner_core.export.links_line import links_line, links_of
from xner_core.export.losses import CONTENT, Aspect, Loss, general_losses, sentence_loss
from xner_core.export.reading import objects, parse
from xner_core.export.running_text import located, text_of
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide, Sample
from xner_core.export.text_files import TextWriter, files_in
from xner_core.types import SIDES, ReviewStatus, Side

_HINT = "A line needs text and label: [[start, end, name], …], or entities, as doccano's export has them"
_SIDES: dict[str, Side] = {"source": "source", "src": "source", "target": "target", "tgt": "target"}
_RELATION = "projects_to"

Place = tuple[int, int, str]
"""First character, the one behind the last, label; characters as the file counts them."""


class DoccanoConfig(ComponentConfig):
    """Options of the format `doccano`."""

    project: Literal["entities", "relations"] = Field(
        "entities",
        description="Writing: for a project of entities, a text per sentence; or for one with relations, a "
        "text per pair in which lines lead from an entity to what it was projected to.",
    )
    offsets: Literal["utf-16", "code points"] = Field(
        "utf-16",
        description="How characters are counted: in UTF-16 units, as doccano's pages do it, where an emoji "
        "is two; or in code points, as most scripts that fill a project do it.",
    )
    side: Literal["source", "target"] = Field(
        "target", description="Reading: which sentence a text is that does not say it."
    )


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


class _Record(BaseModel):
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


class DoccanoFormat(Format[DoccanoConfig]):
    """Texts with labelled ranges of characters; what belongs to the pair lies in their metadata."""

    Config = DoccanoConfig
    title: ClassVar[str] = "doccano JSONL"
    read_by: ClassVar[str] = "doccano"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl",)

    @property
    def holds(self) -> frozenset[Aspect]:
        """All but who did what, and what the components found."""
        return CONTENT

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """What the metadata does not hold; and pairs without words: doccano takes no empty text."""
        if not any(text_of(sample.pair.side(side)).text for side in SIDES):
            yield sentence_loss(sample, why="doccano takes no empty text")
            return
        yield from general_losses(sample, self.holds)
        yield from text_loss(sample)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Write `NAME.jsonl`."""
        path = folder / f"{name}.jsonl"
        n_records = n_marks = 0
        with TextWriter(path) as file:
            for sample in samples:
                if self.config.project == "relations":
                    records = [self._joined(sample, n_marks)]
                    n_marks += len(records[0]["entities"]) + len(records[0]["relations"])
                else:
                    records = [self._record(sample, side) for side in SIDES]
                for record in records:
                    if record["text"].strip("\n"):
                        n_records += 1
                        line = json.dumps({"id": n_records, **record}, ensure_ascii=False)
                        file.write(f"{line}\n")
        return [path]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Read an export; two texts of one `pair_id` are a pair, wherever they stand in the file."""
        heard = notices if notices is not None else []
        for file in files_in(path, self.suffixes):
            groups: dict[str, dict[Side, tuple[int, _Record]]] = {}
            for line, text in objects(file, _HINT):
                record = parse(text, file, line, _Record, _HINT)
                side = _SIDES[record.side] if record.side is not None else self.config.side
                name = f"\n{line}" if record.pair_id is None else str(record.pair_id)
                if side in groups.setdefault(name, {}):
                    raise ExportError(
                        f"the pair {record.pair_id!r} has a {side} text already",
                        path=file,
                        line=line,
                        hint="Give each pair one text a side",
                    )
                groups[name][side] = line, record
            for group in groups.values():
                yield _Reader(file, self.config.offsets == "utf-16", heard).sample(group)

    def _record(self, sample: Sample, side: Side) -> dict[str, Any]:
        """One sentence. All records have the same keys and no null in them: doccano makes a table of them."""
        sentence = sample.pair.side(side)
        said = sample.corrected
        sources, targets = self._places(sample, "source"), self._places(sample, "target")
        matches = [(sources[source], targets[target]) for source, target in said.matches]
        return {
            "text": text_of(sentence).text,
            "label": self._places(sample, side),
            "note": sample.note,
            "pair_id": sample.pair.id,
            "side": side,
            "status": sample.status,
            "lang": sentence.lang,
            "tokens": sentence.words,
            "alignment": links_line(said.alignment),
            "matches": matches,
        }

    def _joined(self, sample: Sample, n_marks: int) -> dict[str, Any]:
        """Both sentences as two lines of one text: relations of doccano stay within a text."""
        texts = [text_of(sample.pair.side(side)).text for side in SIDES]
        entities: list[dict[str, Any]] = []
        ids: dict[Side, list[int]] = {"source": [], "target": []}
        for side in SIDES:
            shift = 0 if side == "source" else self._counted(texts[0], len(texts[0])) + 1
            for start, end, label in self._places(sample, side):
                n_marks += 1
                ids[side].append(n_marks)
                entities.append(
                    {"id": n_marks, "start_offset": start + shift, "end_offset": end + shift, "label": label}
                )
        relations = [
            {
                "id": n_marks + number,
                "from_id": ids["source"][source],
                "to_id": ids["target"][target],
                "type": _RELATION,
            }
            for number, (source, target) in enumerate(sample.corrected.matches, 1)
        ]
        return {
            "text": "\n".join(texts),
            "entities": entities,
            "relations": relations,
            "note": sample.note,
            "pair_id": sample.pair.id,
            "status": sample.status,
            "target_start": len(texts[0]) + 1,
            "src_lang": sample.pair.source.lang,
            "tgt_lang": sample.pair.target.lang,
            "src_tokens": sample.pair.source.words,
            "tgt_tokens": sample.pair.target.words,
            "links": links_line(sample.corrected.alignment),
        }

    def _places(self, sample: Sample, side: Side) -> list[Place]:
        sentence = sample.pair.side(side)
        running = text_of(sentence)
        places = []
        for entity in sample.corrected.entities(side):
            start, end, _ = located(running, sentence.words, entity.span)
            places.append(
                (self._counted(running.text, start), self._counted(running.text, end), entity.label)
            )
        return places

    def _counted(self, text: str, points: int) -> int:
        """How many characters the first code points of a text are."""
        return utf16_units(text[:points]) if self.config.offsets == "utf-16" else points


class _Reader:
    """Turns the records of a pair into what they say of it."""

    def __init__(self, path: Path, counts_units: bool, notices: list[str]) -> None:
        self._path = path
        self._counts_units = counts_units
        self._notices = notices

    def sample(self, group: dict[Side, tuple[int, _Record]]) -> ReadSample:
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

    def _of_joined(self, line: int, record: _Record, behind: int) -> ReadSample:
        texts = {"source": record.text[: behind - 1], "target": record.text[behind:]}
        if self._counts_units:
            behind = utf16_units(record.text[:behind])
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
        record: _Record,
        source: ReadSide | None,
        target: ReadSide | None,
        matches: tuple[tuple[int, int], ...] | None,
        links: str | None,
        group: dict[Side, tuple[int, _Record]],
    ) -> ReadSample:
        # The pair's own remark stands with each of its texts; doccano's comments come from who labelled.
        remarks = dict.fromkeys(each.note for _, each in group.values() if each.note)
        remarks |= dict.fromkeys(
            text for _, each in group.values() for text in each.comments if isinstance(text, str)
        )
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
        ranges = [self._range(place, text, line) for place in places or ()]
        read, order = placed(text, words, ranges, lang)
        if not is_said:
            read = ReadSide(read.words, text, lang=lang)
        return read, dict(zip(places or (), order, strict=True))

    def _range(self, place: Place, text: str, line: int) -> CharacterRange:
        start, end, label = place
        length = utf16_units(text) if self._counts_units else len(text)
        if not 0 <= start < end <= length:
            what = f"a label goes from {start} to {end}, but the text has {length} characters"
            raise self._error(line, what, "Label it again")
        if self._counts_units:
            start, end = code_points(text, start), code_points(text, end)
        return CharacterRange(
            start, end, read_label(label, self._path, line, lambda what: self._tell(line, what))
        )

    def _tell(self, line: int, what: str) -> None:
        self._notices.append(f"{self._path.name}, line {line}: {what}")

    def _error(self, line: int, what: str, hint: str) -> ExportError:
        return ExportError(what, path=self._path, line=line, hint=hint)
