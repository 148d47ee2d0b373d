"""Tasks of Label Studio, ours and those of others, read as sentence pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from xner_core.errors import ExportError
from xner_core.export.characters import placed
from xner_core.export.labels import read_label
from xner_core.export.links_line import links_of
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide
from xner_core.types import SIDES, ReviewStatus, Side

SHORT: dict[Side, str] = {"source": "src", "target": "tgt"}
_ABOUT = {"pair_id", "lang", "status", "note", "alignment"}
"""Fields of a task's data that are never its text."""
_OF_ANNOTATION = {"annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
"""Fields of JSON-MIN that are not the task's data: they tell of its annotation."""
HINT = "Export the project from Label Studio as JSON or JSON-MIN"


class _Result(BaseModel):
    """A labelled stretch of text, or a relation of two."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: str = ""
    type: str = ""
    to_name: str = ""
    from_id: str = ""
    to_id: str = ""
    direction: str | None = None
    value: dict[str, Any] = {}


class _Labelled(BaseModel):
    """Where a label is."""

    model_config = ConfigDict(strict=True, extra="ignore")

    start: int = Field(ge=0)
    end: int
    text: str | None = None
    labels: list[str] = Field(min_length=1)


class _Said(BaseModel):
    """What one person, or one model, said of a task."""

    model_config = ConfigDict(strict=True, extra="ignore")

    result: list[_Result] = []
    was_cancelled: bool = False
    created_at: str | None = None
    updated_at: str | None = None


class Task(BaseModel):
    """A task as Label Studio exports it; JSON-MIN has all fields at the top."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: int | str | None = None
    data: dict[str, Any]
    annotations: list[_Said] = []
    predictions: list[_Said] = []
    has_relations: bool = True
    """Whether the file would say it if there were relations; JSON-MIN leaves them out."""

    @model_validator(mode="before")
    @classmethod
    def _in_one_form(cls, task: Any) -> Any:
        if not isinstance(task, dict):
            return task
        if "data" in task:
            # Some exports name predictions by their number only.
            said = task.get("predictions") or []
            said = [each for each in said if not isinstance(each, int)]
            return {**task, "predictions": said, "has_relations": True}
        data = {}
        results: list[dict[str, Any]] = []
        is_labelled = False
        for name, value in task.items():
            if _is_regions(value):
                is_labelled = True
                to_name = name.removesuffix("_label")
                results += [{"type": "labels", "to_name": to_name, "value": each} for each in value]
            elif name not in _OF_ANNOTATION:
                data[name] = value
        # A task that nobody labelled has these fields too, but nothing in them.
        is_said = is_labelled or any(task.get(name) is not None for name in ("annotator", "annotation_id"))
        times = {name: at for name in ("created_at", "updated_at") if isinstance(at := task.get(name), str)}
        said = [{"result": results, **times}] if is_said else []
        return {"id": task.get("id"), "data": data, "annotations": said, "has_relations": False}

    @property
    def may_go_on(self) -> bool:
        """Whether the next row may be of the same task: JSON-MIN has a row for each annotation."""
        return self.id is not None and not self.has_relations

    def joined(self, other: Task) -> Task | None:
        """One task of two rows, if they are that."""
        is_one = self.may_go_on and other.may_go_on and (self.id, self.data) == (other.id, other.data)
        if not is_one:
            return None
        return self.model_copy(update={"annotations": [*self.annotations, *other.annotations]})


def latest(said: Sequence[_Said]) -> list[_Result] | None:
    """What the latest annotation says; None where there is none that counts."""
    valid = [each for each in said if not each.was_cancelled]
    # Of equal times the one that stands last.
    by_time = sorted(valid, key=lambda each: each.updated_at or each.created_at or "")
    return by_time[-1].result if by_time else None


class TaskReader:
    """Turns a task into what it says of a sentence pair."""

    def __init__(self, lone_side: Side, path: Path, line: int, notices: list[str]) -> None:
        self._lone_side = lone_side
        self._path = path
        self._line = line
        self._notices = notices

    def sample(self, task: Task, results: Sequence[_Result] | None) -> ReadSample:
        """What a task says."""
        data = task.data
        fields = {side: f"{short}_text" for side, short in SHORT.items() if f"{short}_text" in data}
        prefixes = SHORT if fields else {self._lone_side: ""}
        if not fields:
            fields = {self._lone_side: self._text_field(data)}
        regions = [each for each in results or () if each.type == "labels"]
        for each in results or ():
            if each.type not in {"labels", "relation"}:
                self._tell(f"a result of the type {each.type!r} was passed over")
        sides: dict[Side, ReadSide] = {}
        places: dict[str, tuple[Side, int]] = {}
        for side, field in fields.items():
            mine = [each for each in regions if len(fields) == 1 or self._side(each) == side]
            prefix = f"{prefixes[side]}_" if prefixes[side] else ""
            text = self._string(data, field) or ""
            marked = [(each.id, place) for each in mine for place in self._ranges(each, text)]
            words = data.get(f"{prefix}tokens")
            is_cut = isinstance(words, list) and all(isinstance(word, str) and word for word in words)
            lang = self._string(data, f"{prefix}lang")
            read, order = placed(text, words if is_cut else None, [place for _, place in marked], lang)
            places |= {name: (side, at) for (name, _), at in zip(marked, order, strict=True)}
            sides[side] = read if results is not None else ReadSide(read.words, text, lang=lang)
        source, target = sides.get("source"), sides.get("target")
        links = self._string(data, "alignment")
        status = data.get("status")
        name = next((each for each in (data.get("pair_id"), data.get("id")) if each is not None), None)
        says_matches = len(fields) == len(SIDES) and task.has_relations
        return ReadSample(
            place=f"{self._path}, line {self._line}",
            id=str(name) if name is not None else None,
            source=source,
            target=target,
            alignment=None if links is None else links_of(links, source, target, self._path, self._line),
            matches=self._matches(results, places) if says_matches and results is not None else None,
            status=status if status in get_args(ReviewStatus) else None,
            note=self._string(data, "note"),
        )

    def _matches(
        self, results: Sequence[_Result], places: Mapping[str, tuple[Side, int]]
    ) -> tuple[tuple[int, int], ...]:
        matches = set()
        for each in results:
            if each.type != "relation":
                continue
            ends = [places.get(each.from_id), places.get(each.to_id)]
            by_side = {end[0]: end[1] for end in ends if end is not None}
            if len(by_side) == len(SIDES):
                matches.add((by_side["source"], by_side["target"]))
            else:
                self._tell(f"a relation from {each.from_id!r} to {each.to_id!r} was passed over")
        return tuple(sorted(matches))

    def _ranges(self, result: _Result, text: str) -> Iterator[CharacterRange]:
        try:
            value = _Labelled.model_validate(result.value)
        except ValidationError as error:
            first = error.errors()[0]
            what = f"value.{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise self._error(what, "A region has start, end, text and labels") from None
        if value.start >= value.end:
            raise self._error(f"a region goes from {value.start} to {value.end}", "Mark it again")
        said = value.text
        if said is None and value.end > len(text):
            raise self._error(f"a region ends at {value.end}, behind the text", "Mark it again")
        inside = text[value.start : value.end]
        if said == re.sub(r"[\r\n]", r"\\n", inside):
            said = inside  # Label Studio writes line breaks out here
        for name in value.labels:
            label = read_label(name, self._path, self._line, self._tell)
            yield CharacterRange(value.start, value.end, label, said)

    def _side(self, result: _Result) -> Side:
        name = result.to_name.removesuffix("_text")
        side = next((side for side in SIDES if name in (side, SHORT[side])), None)
        if side is None:
            what = f"a region belongs to {result.to_name!r}, which is neither src nor tgt"
            raise self._error(what, "Call the two Text tags of the project src and tgt")
        return side

    def _text_field(self, data: Mapping[str, Any]) -> str:
        if isinstance(data.get("text"), str):
            return "text"
        fields = [key for key, value in data.items() if isinstance(value, str) and key not in _ABOUT]
        if len(fields) != 1:
            what = f"which field of data is the text? There are: {', '.join(fields) or 'none'}"
            raise self._error(what, "Call it text, or src_text and tgt_text where there are two")
        return fields[0]

    def _string(self, data: Mapping[str, Any], key: str) -> str | None:
        value = data.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self._error(f"data.{key} is not a text", HINT)

    def _tell(self, what: str) -> None:
        self._notices.append(f"{self._path.name}, line {self._line}: {what}")

    def _error(self, what: str, hint: str) -> ExportError:
        return ExportError(what, path=self._path, line=self._line, hint=hint)


def _is_regions(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, dict) and "labels" in each for each in value)
