"""Reading the Parquet files of a Hugging Face data set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from xner_core.errors import ExportError
from xner_core.export.links_line import links_of
from xner_core.export.repairs import repair_notices
from xner_core.export.sample import ReadSample, ReadSide
from xner_core.tags import TagRepair, decode, is_tag
from xner_core.types import SIDES, Entity, ReviewStatus, Side

_WORDS = {"source": "tokens_src", "target": "tokens"}
_TAGS = {"source": "ner_tags_src", "target": "ner_tags"}
_TEXTS = {"source": "text_src", "target": "text"}
_HINT = "A data set needs the column tokens, and ner_tags whose names are in its features"
_ROWS_AT_ONCE = 1000


def read_files(path: Path, notices: list[str]) -> Iterator[ReadSample]:
    """Read a Parquet file, or all in a folder and in its folder `data`.

    Raises:
        ExportError: If there is none, or one is no such data set; the message names file and row.
    """
    files = [path] if path.is_file() else sorted([*path.glob("*.parquet"), *path.glob("data/*.parquet")])
    if not files:
        what = "there is no Parquet file in it" if path.is_dir() else "there is no such file"
        raise ExportError(what, path=path, hint="Name a .parquet file, or the folder of a data set")
    for file in files:
        yield from _read(file, notices)


def _read(file: Path, notices: list[str]) -> Iterator[ReadSample]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as parquet:
            reader = _Rows(file, parquet.schema_arrow)
            for batch in parquet.iter_batches(_ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    yield reader.sample(row)
    except (pa.ArrowInvalid, OSError) as error:
        what = f"it is no Parquet file ({str(error).partition('.')[0]})"
        raise ExportError(what, path=file, hint="Name a .parquet file, or the folder of a data set") from None
    notices += repair_notices(file, reader.repairs)


class _Rows:
    """Makes samples of the rows of a file.

    Args:
        file: The file.
        schema: Its columns.

    Raises:
        ExportError: If the words are missing, or the names of the tags.
    """

    def __init__(self, file: Path, schema: Any) -> None:
        self._file = file
        self._columns = frozenset(schema.names)
        self._row = 0
        self.repairs: list[tuple[str, TagRepair]] = []
        if _WORDS["target"] not in self._columns:
            raise ExportError("it has no column tokens", path=file, hint=_HINT)
        said = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))
        features = said.get("info", {}).get("features", {})
        self._names = {side: _names(features.get(_TAGS[side])) for side in SIDES}

    def sample(self, row: Mapping[str, Any]) -> ReadSample:
        """The next row."""
        self._row += 1
        meta = self._meta(row.get("meta"))
        langs = row.get("langs") or [None, None]
        source, target = (
            self._side(side, row, meta, lang) if _WORDS[side] in self._columns else None
            for side, lang in zip(SIDES, langs, strict=True)
        )
        alignment, matches = row.get("alignment"), meta.get("matches")
        status = row.get("status")
        if status is not None and status not in get_args(ReviewStatus):
            raise self._wrong(f"{status!r} is no status", f"Choose from {', '.join(get_args(ReviewStatus))}")
        return ReadSample(
            self._place,
            row.get("id"),
            source,
            target,
            None if alignment is None else links_of(alignment, source, target, self._file, self._row),
            None if matches is None else tuple((i, j) for i, j in matches),
            status,
            row.get("note"),
        )

    @property
    def _place(self) -> str:
        return f"{self._file.name}, row {self._row}"

    def _side(
        self, side: Side, row: Mapping[str, Any], meta: Mapping[str, Any], lang: str | None
    ) -> ReadSide:
        words = tuple(row[_WORDS[side]] or ())
        entities: tuple[Entity, ...] | None = None
        if _TAGS[side] in self._columns:
            tags = self._tags(side, row[_TAGS[side]] or ())
            if len(tags) != len(words):
                raise self._wrong(
                    f"there are {len(words)} {_WORDS[side]}, but {len(tags)} {_TAGS[side]}", _HINT
                )
            entities, found = decode(tags)
            self.repairs += [(f"row {self._row}", repair) for repair in found]
        return ReadSide(words, meta.get(_TEXTS[side]), entities, lang=lang)

    def _tags(self, side: Side, tags: Sequence[int | str]) -> list[str]:
        names = self._names[side]
        try:
            read = [tag if isinstance(tag, str) else names[tag] for tag in tags]
        except (IndexError, TypeError):
            what = f"the numbers in {_TAGS[side]} have no names" if not names else "a tag has no name"
            raise self._wrong(what, _HINT) from None
        wrong = [tag for tag in read if not is_tag(tag)]
        if wrong:
            raise self._wrong(f"{wrong[0]!r} is not an IOB tag", "Use O, B-PER, I-PER …")
        return read

    def _meta(self, text: str | None) -> dict[str, Any]:
        try:
            meta = json.loads(text or "{}")
        except ValueError:
            raise self._wrong("meta is not JSON", "Leave the column out, or write {}") from None
        return meta if isinstance(meta, dict) else {}

    def _wrong(self, what: str, hint: str) -> ExportError:
        return ExportError(what, where=f"{self._file}, row {self._row}", hint=hint)


def _names(feature: Any) -> list[str]:
    """The names of the tags in a column, as the metadata of datasets, old and new, have them."""
    if isinstance(feature, list):
        feature = {"feature": feature[0]} if feature else {}
    inner = (feature or {}).get("feature", {})
    return list(inner.get("names", ())) if isinstance(inner, dict) else []
