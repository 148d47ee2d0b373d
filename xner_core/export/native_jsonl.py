"""JSON lines that lose nothing, one sample each; the corpus loader `jsonl` reads them too.

A line has the fields of a `jsonl` corpus (`id, source_lang, source_text, source_tokens, source_tags …`),
filled with what holds now, and beside them all else: entities that overlap, what was projected to
what, the review, what the components found, the corpus's own gold, the history and where it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.links_line import links_line
from xner_core.export.losses import ASPECTS, Aspect, without_overlaps
from xner_core.export.native_rows import VERSION, entity_row, own_text, read_row
from xner_core.export.repairs import repair_notices
from xner_core.export.sample import Annotation, ReadSample, Sample
from xner_core.export.text_files import TextWriter, files_in, numbered_lines
from xner_core.tags import TagRepair, encode, is_tag
from xner_core.types import SIDES, Entity, SentencePair, Side


class NativeConfig(ComponentConfig):
    """The format has no options: it loses nothing."""


class NativeFormat(Format[NativeConfig]):
    """All of a sample, a JSON object a line; also a corpus for xner itself (jsonl:FILE)."""

    Config = NativeConfig
    title = "JSON lines (lossless)"
    read_by = "XNER Inspector, and any program that reads JSON"
    suffixes = (".jsonl", ".ndjson")

    @property
    def holds(self) -> frozenset[Aspect]:
        """Everything."""
        return frozenset(ASPECTS)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """One file."""
        path = folder / f"{name}.jsonl"
        with TextWriter(path) as file:
            for sample in samples:
                file.write(_line(sample))
        return [path]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Lines of a plain `jsonl` corpus are read as well, without what they do not have."""
        for file in files_in(path, self.suffixes):
            repairs: list[tuple[str, TagRepair]] = []
            for number, line in numbered_lines(file):
                if line.strip():
                    sample, found = read_row(line, file, number)
                    repairs += [(f"line {number}", repair) for repair in found]
                    yield sample
            if notices is not None:
                notices += repair_notices(file, repairs)


def _line(sample: Sample) -> str:
    try:
        return json.dumps(_row(sample), ensure_ascii=False, allow_nan=False) + "\n"
    except (TypeError, ValueError) as error:
        raise ExportError(
            f"its history or where it comes from is no plain JSON ({error})",
            where=f"sentence {sample.pair.id}",
        ) from None


def _row(sample: Sample) -> dict[str, Any]:
    pair, said = sample.pair, sample.corrected
    row: dict[str, Any] = {"xner_sample": VERSION, "id": pair.id}
    for side in SIDES:
        row |= _side_row(pair, side, said.entities(side))
    if pair.is_complete:
        row["alignment"] = links_line(said.alignment)
    if pair.note:
        row["note"] = pair.note
    row["matches"] = said.matches
    row["review"] = {
        "status": sample.status,
        "note": sample.note,
        "edited": sample.is_edited,
        "authors": sample.authors,
        "updated": sample.updated,
    }
    row["raw"] = None if sample.raw is None else _annotation_row(sample.raw)
    row["gold"] = _gold_row(pair)
    row["history"] = [dict(event) for event in sample.history]
    row["provenance"] = dict(sample.provenance)
    return row


def _side_row(pair: SentencePair, side: Side, entities: Sequence[Entity]) -> dict[str, Any]:
    sentence = pair.side(side)
    row: dict[str, Any] = {f"{side}_lang": sentence.lang}
    if sentence.text is not None:
        row[f"{side}_text"] = sentence.text
    if sentence.is_missing:
        return row
    row[f"{side}_tokens"] = sentence.words
    # A corpus can only have tags, so where those cannot say all entities it gets none.
    if not without_overlaps(entities, "outermost")[1] and all(is_tag(f"B-{e.label}") for e in entities):
        row[f"{side}_tags"] = encode(entities, len(sentence.words))
    running = own_text(sentence)
    row[f"{side}_entities"] = [entity_row(sentence, running, entity) for entity in entities]
    return row


def _annotation_row(said: Annotation) -> dict[str, Any]:
    row: dict[str, Any] = {f"{side}_entities": _entity_list(said.entities(side)) for side in SIDES}
    return row | {"alignment": links_line(said.alignment), "matches": said.matches}


def _gold_row(pair: SentencePair) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for side in SIDES:
        entities = pair.side(side).entities
        if entities is not None:
            row[f"{side}_entities"] = _entity_list(entities)
    if pair.gold_alignment is not None:
        row["alignment"] = links_line(pair.gold_alignment)
    return row


def _entity_list(entities: Iterable[Entity]) -> list[list[int | str]]:
    return [[entity.span.start, entity.span.end, entity.label] for entity in entities]
