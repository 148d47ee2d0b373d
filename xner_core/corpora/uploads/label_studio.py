"""JSON exports of Label Studio: tasks of two texts, or of one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from xner_core.corpora.jsonl import SIDES, Side
from xner_core.corpora.uploads.documents import AnnotatedText, Document, Region, check_size, pairs_of
from xner_core.corpora.uploads.findings import Findings
from xner_core.corpora.uploads.labels import tag_label
from xner_core.errors import CorpusError
from xner_core.files import parse_row, read_lines
from xner_core.types import SentencePair

_HINT = "Export the project as JSON (not JSON-MIN or CSV): a list of tasks with data and annotations"
_SHORT: dict[Side, str] = {"source": "src", "target": "tgt"}
_TEXT = "text"
_ABOUT = {"id", "lang", "pair_id", "alignment", "note", "side"}
"""Fields of a task's data that are never its text."""


class Result(BaseModel):
    """One thing that was annotated; only labelled stretches of text are read."""

    model_config = ConfigDict(strict=True, extra="ignore")

    type: str = "relation"
    to_name: str = ""
    value: dict[str, Any] = {}


class Labelled(BaseModel):
    """A labelled stretch of text."""

    model_config = ConfigDict(strict=True, extra="ignore")

    start: int
    end: int
    text: str | None = None
    labels: list[str]


class Annotation(BaseModel):
    """What one person, or one model, said of a task."""

    model_config = ConfigDict(strict=True, extra="ignore")

    result: list[Result] = []
    was_cancelled: bool = False
    created_at: str | None = None
    updated_at: str | None = None


class Task(BaseModel):
    """A task with its data."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: int | str | None = None
    data: dict[str, Any]
    annotations: list[Annotation] = []
    predictions: list[Annotation] = []

    @field_validator("predictions", mode="before")
    @classmethod
    def _that_are_there(cls, said: Any) -> Any:
        # The export of a project names its predictions by their number only.
        return [each for each in said if not isinstance(each, int)] if isinstance(said, list) else said


class _Read(NamedTuple):
    """A task, what was said of it, and the 1-based line it begins in."""

    task: Task
    line: int
    results: list[Result] | None

    @property
    def is_pair(self) -> bool:
        return any(f"{short}_text" in self.task.data for short in _SHORT.values())


def read_label_studio(
    path: Path, langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    """Read an export.

    Of several annotations of a task the latest one that was not cancelled counts; predictions
    count only where there is none. A task with one text is a target sentence whose source is missing.

    Args:
        path: The file.
        langs: BCP 47 codes of source and target texts that do not name their language.
        notices: Takes what was done to the whole file, one sentence each.
        findings: Takes what was left out or changed, each with its line.

    Raises:
        CorpusError: If the file cannot be read at all.
    """
    tasks = _tasks(path, notices, findings)
    check_size(len(tasks), path)
    # Nobody looks for entities on a side where no task has one.
    annotated = {_side_of(result) for read in tasks for result in read.results or ()} - {None}
    documents = []
    for read in tasks:
        try:
            documents.append(_document(read, langs, annotated, path, findings))
        except CorpusError as problem:
            findings.problem(problem)
    return pairs_of(documents, path, notices, findings)


def _tasks(path: Path, notices: list[str], findings: Findings) -> list[_Read]:
    found = []
    n_predicted = n_other = 0
    for line, text in _objects(path):
        try:
            task = parse_row(text, path, line, Task, _HINT)
        except CorpusError as problem:
            findings.problem(problem)
            continue
        results = _latest(task.annotations)
        if results is None and (results := _latest(task.predictions)) is not None:
            n_predicted += 1
        labelled = None if results is None else [each for each in results if each.type == "labels"]
        n_other += len(results or ()) - len(labelled or ())
        found.append(_Read(task, line, labelled))
    if n_predicted:
        notices.append(
            f"{path.name}: {n_predicted} tasks have no annotation; their predictions were taken for entities"
        )
    if n_other:
        notices.append(f"{path.name}: {n_other} results that are no labels (relations …) were passed over")
    return found


def _objects(path: Path) -> Iterator[tuple[int, str]]:
    """The objects of a list, or one after the other, each with the 1-based line it begins in."""
    text = "\n".join(read_lines(path))
    decoder = json.JSONDecoder()
    between = re.compile(r"[\s,]*")
    at, line, counted = _behind(between, text, 0), 1, 0
    is_list = text[at] == "["
    at = _behind(between, text, at + is_list)
    while at < len(text) and not (is_list and text[at] == "]"):
        line += text.count("\n", counted, at)
        counted = at
        try:
            _, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise CorpusError(f"not JSON ({error.msg})", path=path, line=error.lineno, hint=_HINT) from None
        except (RecursionError, ValueError):
            raise CorpusError("not JSON that can be read", path=path, line=line, hint=_HINT) from None
        yield line, text[at:end]
        at = _behind(between, text, end)
    if is_list and at == len(text):
        line = text.rstrip().count("\n") + 1
        raise CorpusError("the list has no end", path=path, line=line, hint="Export the project again")


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return at if match is None else match.end()


def _latest(annotations: Sequence[Annotation]) -> list[Result] | None:
    """What the latest annotation says; None where there is none that counts."""
    valid = [each for each in annotations if not each.was_cancelled]
    # Of equal times the one that stands last.
    by_time = sorted(valid, key=lambda each: each.updated_at or each.created_at or "")
    return by_time[-1].result if by_time else None


def _document(
    read: _Read, langs: tuple[str, str], annotated: set[Side | None], path: Path, findings: Findings
) -> Document:
    data, line = read.task.data, read.line
    ids = (*(data.get(key) for key in ("pair_id", "id")), read.task.id, line)
    name = next(str(each) for each in ids if isinstance(each, int | str))
    links = _string(data, "alignment", path, line)
    source: AnnotatedText | str = langs[0]
    if read.is_pair:
        texts: list[AnnotatedText | str] = []
        for side, default in zip(SIDES, langs, strict=True):
            mine = [each for each in read.results or () if _checked(each, path, line) == side]
            results = mine if read.results is not None and side in annotated else None
            field, short = f"{_SHORT[side]}_text", f"{_SHORT[side]}_"
            texts.append(_text(data, field, short, default, results, path, line, findings))
        source, target = texts
    else:
        field = _text_field(data, path, line)
        target = _text(data, field, "", langs[1], read.results, path, line, findings)
    return Document(name, source, target, links, _string(data, "note", path, line) or "", line)


def _text(
    data: dict[str, Any],
    field: str,
    prefix: str,
    default: str,
    results: Sequence[Result] | None,
    path: Path,
    line: int,
    findings: Findings,
) -> AnnotatedText | str:
    """One text of a task, or its language where the task lacks it."""
    lang = _string(data, f"{prefix}lang", path, line) or default
    text = _string(data, field, path, line)
    if text is None or not text.strip():
        return lang
    words = data.get(f"{prefix}tokens")
    if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
        # Links count the words between spaces where nobody says what the words are.
        words = text.split() if data.get("alignment") is not None else None
    regions = None
    if results is not None:
        regions = tuple(_region(each, text, path, line, findings) for each in results)
    return AnnotatedText(text, lang, regions, None if words is None else tuple(words), line)


def _string(data: dict[str, Any], key: str, path: Path, line: int) -> str | None:
    value = data.get(key)
    if value is None or isinstance(value, str):
        return value
    raise CorpusError(f"data.{key} is not a text", path=path, line=line, hint=_HINT)


def _text_field(data: dict[str, Any], path: Path, line: int) -> str:
    """The field that holds the only text of a task."""
    if isinstance(data.get(_TEXT), str):
        return _TEXT
    fields = [key for key, value in data.items() if isinstance(value, str) and key not in _ABOUT]
    if len(fields) != 1:
        what = f"which field of data is the text? There are: {', '.join(fields) or 'none'}"
        hint = "Call it text, or src_text and tgt_text where there are two"
        raise CorpusError(what, path=path, line=line, hint=hint)
    return fields[0]


def _side_of(result: Result) -> Side | None:
    """The side that a result of a task with two texts belongs to."""
    name = result.to_name.removesuffix("_text")
    return next((side for side in SIDES if name in (side, _SHORT[side])), None)


def _checked(result: Result, path: Path, line: int) -> Side:
    side = _side_of(result)
    if side is None:
        what = f"a label belongs to {result.to_name!r}, which is neither src nor tgt"
        raise CorpusError(
            what, path=path, line=line, hint="Call the two Text tags of the project src and tgt"
        )
    return side


def _region(result: Result, text: str, path: Path, line: int, findings: Findings) -> Region:
    try:
        value = Labelled.model_validate(result.value)
    except ValidationError as error:
        first = error.errors()[0]
        what = f"value.{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise CorpusError(
            what, path=path, line=line, hint="A label has start, end, text and labels"
        ) from None
    if not value.labels:
        raise CorpusError("a region has no label", path=path, line=line, hint="Label it or delete it")
    label = tag_label(value.labels[0], path, line, findings)
    if len(value.labels) > 1:
        what = f"a region has the labels {', '.join(value.labels)}; {label} was kept"
        findings.change(CorpusError(what, path=path, line=line, hint="A word can be in one entity only"))
    start, end = _code_points(value, text, path, line)
    return Region(start, end, label)


def _code_points(value: Labelled, text: str, path: Path, line: int) -> tuple[int, int]:
    """The offsets of a region in code points.

    Label Studio counts code points today and counted UTF-16 units formerly. The text of the region
    tells which; where an export leaves it out, they are code points.
    """
    inside = text[value.start : value.end]
    if value.text in (None, inside, re.sub(r"[\r\n]", r"\\n", inside)):  # line breaks are written out there
        return value.start, value.end
    if 0 <= value.start < value.end:
        units = text.encode("utf-16-le")
        start, end = (len(units[: 2 * at].decode("utf-16-le", "ignore")) for at in (value.start, value.end))
        if text[start:end] == value.text:
            return start, end
    raise CorpusError(
        f"characters {value.start} to {value.end} are {inside!r}, but the label says {value.text!r}",
        path=path,
        line=line,
        hint="The text was changed after it was labelled; label it again",
    )
