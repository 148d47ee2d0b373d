"""Reading data sets for training: JSON lines with `tokens` and `ner_tags`, or a word and its tag a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from xner_core.errors import ExportError
from xner_core.export.conll_rows import read_sides
from xner_core.export.reading import parse
from xner_core.export.repairs import repair_notices
from xner_core.export.sample import ReadSample, ReadSide
from xner_core.export.text_files import files_in, numbered_lines
from xner_core.tags import TagRepair, decode, is_tag

_JSON = (".json", ".jsonl")
_CONLL = (".conll",)
_HINT = 'A line needs tokens and ner_tags: {"tokens": ["Ada"], "ner_tags": ["B-PER"]}'


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    tokens: tuple[str, ...] = Field(validation_alias=AliasChoices("tokens", "words"))
    ner_tags: list[str] = Field(validation_alias=AliasChoices("ner_tags", "tags", "labels"))


def read_training_files(path: Path, notices: list[str]) -> Iterator[ReadSample]:
    """Read a file, or of a folder the JSON lines where there are some and otherwise the CoNLL files.

    Raises:
        ExportError: If there is none or one is bad; the message names file and line. Also if in a folder
            the two files of the same sentences do not say the same: somebody changed one of them.
    """
    files = files_in(path, (*_JSON, *_CONLL))
    rows = [file for file in files if file.name.endswith(_JSON)]
    for file in rows or files:
        beside = file.with_suffix(_CONLL[0])
        if file in rows and beside in files:
            yield from _alike(_read_json(file, notices), beside)
        elif file in rows:
            yield from _read_json(file, notices)
        else:
            yield from read_sides(file, notices, "target")


def _alike(reads: Iterator[ReadSample], conll: Path) -> Iterator[ReadSample]:
    """Pass sentences on, once a file is seen to say the same of them."""
    for read, other in zip_longest(reads, read_sides(conll, [], "target")):
        if read is None or other is None or read.target != other.target:
            here, there = (each and each.place for each in (read, other))
            raise ExportError(
                f"{here or 'the other file'} and {there or conll.name} do not say the same",
                path=conll.parent,
                hint="Name the one file that was changed, in place of the folder",
            )
        yield read


def _read_json(file: Path, notices: list[str]) -> Iterator[ReadSample]:
    repairs: list[tuple[str, TagRepair]] = []
    for number, line in numbered_lines(file):
        if not line.strip():
            continue
        row = parse(line, file, number, _Row, _HINT)
        if len(row.tokens) != len(row.ner_tags):
            what = f"there are {len(row.tokens)} tokens, but {len(row.ner_tags)} tags"
            raise ExportError(what, path=file, line=number, hint=_HINT)
        wrong = next((tag for tag in row.ner_tags if not is_tag(tag)), None)
        if wrong is not None:
            hint = "Use O, B-PER, I-PER …"
            raise ExportError(f"{wrong!r} is not an IOB tag", path=file, line=number, hint=hint)
        entities, found = decode(row.ner_tags)
        repairs += [(f"line {number}", repair) for repair in found]
        target = ReadSide(row.tokens, entities=entities)
        yield ReadSample(f"{file.name}, line {number}", row.id, target=target)
    notices += repair_notices(file, repairs)
