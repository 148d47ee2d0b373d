"""A folder that `datasets.load_dataset` reads: Parquet files and a card."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.conll_rows import OVERLAPS_HELP, tags_of
from xner_core.export.format import Format
from xner_core.export.hf_card import COLUMNS, card, features_json
from xner_core.export.hf_rows import read_files
from xner_core.export.links_line import links_line
from xner_core.export.losses import (
    CONTENT,
    Aspect,
    Loss,
    Overlaps,
    general_losses,
    overlap_losses,
    without_overlaps,
)
from xner_core.export.sample import ReadSample, Sample
from xner_core.export.tag_names import tag_names
from xner_core.types import SIDES

_ROWS_AT_ONCE = 1000


class HfConfig(ComponentConfig):
    """Options of the Hugging Face format."""

    split: str = Field(
        default="train", pattern=r"^\w+$", description="The name of the split: train, validation, test."
    )
    overlaps: Overlaps = Field(default="outermost", description=OVERLAPS_HELP)
    rows_per_file: int = Field(
        default=100_000, ge=1, description="The largest number of sentence pairs in one Parquet file."
    )


class HfFormat(Format[HfConfig]):
    """A data set for Hugging Face's datasets library: Parquet files and a card.

    `tokens` and `ner_tags` are the target sentence, `tokens_src` and `ner_tags_src` the source.
    """

    Config = HfConfig
    title = "Hugging Face data set"
    read_by = "datasets.load_dataset, and all that reads Parquet"
    suffixes = (".parquet",)

    @property
    def holds(self) -> frozenset[Aspect]:
        """All but entities that share words, and how the sample came about."""
        return CONTENT - {"overlapping entities"}

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """Besides what it does not hold: entities that share words."""
        yield from general_losses(sample, self.holds)
        yield from overlap_losses(sample, SIDES, self.config.overlaps)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Parquet files in `data`, and the card."""
        data = folder / "data"
        data.mkdir()
        writer = _Shards(data, self.config)
        for sample in samples:
            writer.add(sample)
        paths, names = writer.close()
        readme = folder / "README.md"
        readme.write_text(
            card(name, self.config.split, names, writer.langs, writer.n_rows, writer.provenance),
            encoding="utf-8",
        )
        return [readme, *paths]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """A Parquet file, or the folder of a data set; columns that are not there say nothing."""
        yield from read_files(path, notices if notices is not None else [])


class _Shards:
    """Writes rows to files of a certain size.

    Which labels there are is known at the end only, so tags are first numbered as they come. Then
    each file is copied with the numbers that they have in the end.
    """

    def __init__(self, folder: Path, config: HfConfig) -> None:
        self._folder = folder
        self._config = config
        self._numbers: dict[str, int] = {}
        self._rows: list[dict[str, Any]] = []
        self._parts: list[Path] = []
        self._writer: Any = None
        self._n_in_part = 0
        self.n_rows = 0
        self.langs: dict[str, set[str]] = {side: set() for side in SIDES}
        self.provenance: dict[str, Any] = {}

    def add(self, sample: Sample) -> None:
        """Take one more row."""
        for side in SIDES:
            self.langs[side].add(sample.pair.side(side).lang)
        if not self.n_rows:
            self.provenance = dict(sample.provenance)
        self._rows.append(_row(sample, self._config.overlaps, self._numbers))
        self.n_rows += 1
        room = self._config.rows_per_file - self._n_in_part
        if len(self._rows) == min(_ROWS_AT_ONCE, room):
            self._flush()

    def close(self) -> tuple[list[Path], list[str]]:
        """Write what is left; return the files and the tags in their final order."""
        if self._rows or not self._parts:
            self._flush()
        if self._writer is not None:
            self._end_part()
        labels = {tag[2:] for tag in self._numbers if tag != "O"}
        names = tag_names(labels)
        return [self._finished(index, part, names) for index, part in enumerate(self._parts)], names

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = _schema()
        if self._writer is None:
            self._parts.append(self._folder / f"part-{len(self._parts):05d}")
            self._writer = pq.ParquetWriter(self._parts[-1], schema)
        try:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema))
        except UnicodeEncodeError as error:
            raise ExportError(
                f"the character U+{ord(error.object[error.start]):04X} cannot be written",
                hint="It is half a surrogate pair: correct the text",
            ) from None
        self._n_in_part += len(self._rows)
        self._rows = []
        if self._n_in_part == self._config.rows_per_file:
            self._end_part()

    def _end_part(self) -> None:
        self._writer.close()
        self._writer, self._n_in_part = None, 0

    def _finished(self, index: int, part: Path, names: list[str]) -> Path:
        """Copy a file with the final numbers of the tags and their names, and remove it."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self._folder / f"{self._config.split}-{index:05d}-of-{len(self._parts):05d}.parquet"
        final = pa.array([names.index(tag) for tag in self._numbers], pa.int64())
        schema = _schema().with_metadata(
            {"huggingface": json.dumps({"info": {"features": features_json(names)}})}
        )
        with pq.ParquetFile(part) as old, pq.ParquetWriter(path, schema) as new:
            for batch in old.iter_batches(_ROWS_AT_ONCE):
                table = pa.Table.from_batches([batch])
                for column in _tag_columns():
                    renumbered = _renumbered(table[column].chunk(0), final)
                    table = table.set_column(table.schema.get_field_index(column), column, renumbered)
                new.write_table(table.cast(schema))
        part.unlink()
        return path


def _renumbered(tags: Any, final: Any) -> Any:
    import pyarrow as pa

    return pa.ListArray.from_arrays(tags.offsets, final.take(tags.values))


def _tag_columns() -> list[str]:
    return [column for column, kind in COLUMNS.items() if kind == "tags"]


def _schema() -> Any:
    import pyarrow as pa

    kinds = {"text": pa.string(), "words": pa.list_(pa.string()), "tags": pa.list_(pa.int64())}
    return pa.schema([(column, kinds[kind]) for column, kind in COLUMNS.items()])


def _row(sample: Sample, policy: Overlaps, numbers: dict[str, int]) -> dict[str, Any]:
    pair = sample.pair
    source, target = (
        [numbers.setdefault(tag, len(numbers)) for tag in tags_of(sample, side, policy)] for side in SIDES
    )
    return {
        "id": pair.id,
        "tokens": pair.target.words,
        "ner_tags": target,
        "tokens_src": pair.source.words,
        "ner_tags_src": source,
        "alignment": links_line(sample.corrected.alignment),
        "langs": [pair.source.lang, pair.target.lang],
        "status": sample.status,
        "note": sample.note,
        "meta": json.dumps(_meta(sample, policy), ensure_ascii=False),
    }


def _meta(sample: Sample, policy: Overlaps) -> dict[str, Any]:
    """What the columns have no place for; `matches` are indices of the entities that the tags hold."""
    meta: dict[str, Any] = {"matches": _kept_matches(sample, policy)}
    for side, name in (("source", "text_src"), ("target", "text")):
        text = sample.pair.side(side).text  # type: ignore[arg-type]
        if text is not None:
            meta[name] = text
    if sample.authors or sample.updated or sample.is_edited:
        meta |= {"edited": sample.is_edited, "authors": sample.authors, "updated": sample.updated}
    return meta


def _kept_matches(sample: Sample, policy: Overlaps) -> list[tuple[int, int]]:
    said = sample.corrected
    places = []
    for entities in (said.source_entities, said.target_entities):
        kept = without_overlaps(entities, policy)[0]
        places.append({index: kept.index(each) for index, each in enumerate(entities) if each in kept})
    source, target = places
    return sorted((source[i], target[j]) for i, j in said.matches if i in source and j in target)
