"""doccano: JSON lines of labelled texts, one a sentence or, with relations, one a pair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.characters import text_loss
from xner_core.export.counting import CountedText, Unit
from xner_core.export.doccano_reading import Place, Record, RecordReader
from xner_core.export.format import Format
from xner_core.export.links_line import links_line
from xner_core.export.losses import (
    CONTENT,
    ENTITIES,
    Aspect,
    Loss,
    entity_name,
    general_losses,
    sentence_loss,
)
from xner_core.export.reading import objects, parse
from xner_core.export.running_text import located, text_of
from xner_core.export.sample import ReadSample, Sample
from xner_core.export.text_files import TextWriter, files_in
from xner_core.types import SIDES, Side

_HINT = "A line needs text and label: [[start, end, name], …], or entities, as doccano's export has them"
_SIDES: dict[str, Side] = {"source": "source", "src": "source", "target": "target", "tgt": "target"}
_RELATION = "projects_to"


class DoccanoConfig(ComponentConfig):
    """Options of the format `doccano`."""

    project: Literal["entities", "relations"] = Field(
        "entities",
        description="Writing: for a project of entities, a text per sentence; or for one with relations, a "
        "text per pair in which lines lead from an entity to what it was projected to.",
    )
    offsets: Unit = Field(
        "utf-16",
        description="How characters are counted: in UTF-16 units, as doccano's pages do it, where an emoji "
        "is two; in grapheme clusters, as they do it in a project that counts these as one character; or in "
        "code points, as most scripts that fill a project do it.",
    )
    side: Literal["source", "target"] = Field(
        "target", description="Reading: which sentence a text is that does not say it."
    )


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
        if self.config.offsets == "grapheme clusters":
            yield from self._cut(sample)

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
            groups: dict[str, dict[Side, tuple[int, Record]]] = {}
            for line, text in objects(file, _HINT):
                record = parse(text, file, line, Record, _HINT)
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
                yield RecordReader(file, self.config.offsets, heard).sample(group)

    def _cut(self, sample: Sample) -> Iterator[Loss]:
        """The entities that begin or end within a grapheme cluster."""
        texts = self._texts(sample)
        for side in SIDES:
            places = self._places(sample, side, texts[side])
            for entity, place in zip(sample.corrected.entities(side), places, strict=True):
                if place is None:
                    what = f"{entity_name(sample, side, entity)}, which cuts a grapheme cluster"
                    yield Loss(sample.pair.id, ENTITIES[side], what, side, entity)

    def _record(self, sample: Sample, side: Side) -> dict[str, Any]:
        """One sentence. All records have the same keys and no null in them: doccano makes a table of them."""
        sentence = sample.pair.side(side)
        said = sample.corrected
        texts = self._texts(sample)
        places = {each: self._places(sample, each, texts[each]) for each in SIDES}
        pairs = [(places["source"][source], places["target"][target]) for source, target in said.matches]
        return {
            "text": texts[side][0],
            "label": [place for place in places[side] if place is not None],
            "note": sample.note,
            "pair_id": sample.pair.id,
            "side": side,
            "status": sample.status,
            "lang": sentence.lang,
            "tokens": sentence.words,
            "alignment": links_line(said.alignment),
            "matches": [pair for pair in pairs if None not in pair],
        }

    def _joined(self, sample: Sample, n_marks: int) -> dict[str, Any]:
        """Both sentences as two lines of one text: relations of doccano stay within a text."""
        texts = self._texts(sample)
        entities: list[dict[str, Any]] = []
        ids: dict[Side, list[int | None]] = {"source": [], "target": []}
        for side in SIDES:
            for place in self._places(sample, side, texts[side]):
                if place is None:
                    ids[side].append(None)
                    continue
                n_marks += 1
                ids[side].append(n_marks)
                start, end, label = place
                entities.append({"id": n_marks, "start_offset": start, "end_offset": end, "label": label})
        ends = [(ids["source"][source], ids["target"][target]) for source, target in sample.corrected.matches]
        relations = [
            {"id": n_marks + number, "from_id": source, "to_id": target, "type": _RELATION}
            for number, (source, target) in enumerate((each for each in ends if None not in each), 1)
        ]
        return {
            "text": texts["source"][0],
            "entities": entities,
            "relations": relations,
            "note": sample.note,
            "pair_id": sample.pair.id,
            "status": sample.status,
            "target_start": texts["target"][1],
            "src_lang": sample.pair.source.lang,
            "tgt_lang": sample.pair.target.lang,
            "src_tokens": sample.pair.source.words,
            "tgt_tokens": sample.pair.target.words,
            "links": links_line(sample.corrected.alignment),
        }

    def _texts(self, sample: Sample) -> dict[Side, tuple[str, int]]:
        """The text that each sentence is written in, and the code point at which it begins there."""
        source, target = (text_of(sample.pair.side(side)).text for side in SIDES)
        if self.config.project == "entities":
            return {"source": (source, 0), "target": (target, 0)}
        joined = f"{source}\n{target}"
        return {"source": (joined, 0), "target": (joined, len(source) + 1)}

    def _places(self, sample: Sample, side: Side, written: tuple[str, int]) -> list[Place | None]:
        """Where the entities of a sentence are; None for one that doccano cannot have."""
        sentence = sample.pair.side(side)
        running = text_of(sentence)
        text, at = written
        counted = CountedText(text, self.config.offsets)
        places: list[Place | None] = []
        for entity in sample.corrected.entities(side):
            start, end, _ = located(running, sentence.words, entity.span)
            is_whole = counted.is_between(at + start) and counted.is_between(at + end)
            place = counted.count(at + start), counted.count(at + end), entity.label
            places.append(place if is_whole else None)
        return places
