"""JSON lines of doccano: a text and its labels a line; two lines, or two sentences of one, make a pair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from xner_core.corpora.uploads.documents import AnnotatedText, Document, Region, check_size, pairs_of
from xner_core.corpora.uploads.findings import Findings
from xner_core.corpora.uploads.labels import tag_label
from xner_core.errors import CorpusError
from xner_core.files import read_rows
from xner_core.types import SentencePair

_HINT = "A line needs text and label: [[start, end, name], …], or entities, as doccano's export has them"
_SIDES = {"source": 0, "src": 0, "target": 1, "tgt": 1}


class DoccanoEntity(BaseModel):
    """An entity of a project with relations."""

    model_config = ConfigDict(strict=True, extra="ignore")

    start_offset: int
    end_offset: int
    label: str


class DoccanoRow(BaseModel):
    """One text. The fields from `pair_id` on are extra ones, which doccano keeps as they are."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: int | str | None = None
    text: str
    label: list[tuple[int, int, str]] | None = Field(None, validation_alias=AliasChoices("label", "labels"))
    entities: list[DoccanoEntity] | None = None
    relations: list[Any] = []
    comments: list[Any] = Field([], validation_alias=AliasChoices("Comments", "comments"))
    note: str = ""
    pair_id: int | str | None = None
    side: Literal["source", "src", "target", "tgt"] = "target"
    lang: str | None = None
    tokens: list[Annotated[str, Field(min_length=1)]] | None = None
    alignment: str | None = None
    target_start: int | None = Field(None, ge=1)
    src_lang: str | None = None
    tgt_lang: str | None = None
    src_tokens: list[Annotated[str, Field(min_length=1)]] | None = None
    tgt_tokens: list[Annotated[str, Field(min_length=1)]] | None = None
    links: str | None = None

    @property
    def places(self) -> list[tuple[int, int, str]] | None:
        """Where its entities are; None where it has neither labels nor entities."""
        if self.entities is None:
            return self.label
        return [(each.start_offset, each.end_offset, each.label) for each in self.entities]

    @property
    def remarks(self) -> list[str]:
        """What its annotators said of it; in projects with relations these are objects."""
        texts = (each.get("comment") if isinstance(each, dict) else each for each in self.comments)
        return [text for text in texts if isinstance(text, str)]


def read_doccano(
    path: Path, langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    """Read an export.

    Two lines of one `pair_id` make a pair, by their `side`; a line with `target_start` is one, the
    target beginning at that character; any other line is a target sentence whose source is missing.

    Args:
        path: The file.
        langs: BCP 47 codes of source and target texts that do not name their language.
        notices: Takes what was done to the whole file, one sentence each.
        findings: Takes what was left out or changed, each with its line.

    Raises:
        CorpusError: If the file cannot be read at all.
    """
    rows = read_rows(path, DoccanoRow, _HINT, findings.problem)
    check_size(len(rows), path)
    groups: dict[str, list[tuple[int, DoccanoRow]]] = {}
    for number, row in _sentences(rows, path, findings):
        group = groups.setdefault(_name(row, number), [])
        if any(_SIDES[row.side] == _SIDES[other.side] for _, other in group):
            what = f"the id {_name(row, number)!r} has a {row.side} text already"
            hint = "Give each text its own id, and each pair one text a side"
            findings.problem(CorpusError(what, path=path, line=number, hint=hint))
        else:
            group.append((number, row))
    documents = []
    for name, group in groups.items():
        try:
            documents.append(_document(name, group, langs, path, findings))
        except CorpusError as problem:
            findings.problem(problem)
    n_relations = sum(len(row.relations) for _, row in rows)
    if n_relations:
        notices.append(f"{path.name}: {n_relations} relations were passed over")
    return pairs_of(documents, path, notices, findings)


def _sentences(
    rows: list[tuple[int, DoccanoRow]], path: Path, findings: Findings
) -> Iterator[tuple[int, DoccanoRow]]:
    for number, row in rows:
        try:
            yield from [(number, each) for each in _parted(row, path, number)]
        except CorpusError as problem:
            findings.problem(problem)


def _parted(row: DoccanoRow, path: Path, line: int) -> list[DoccanoRow]:
    """The two sentences of a row that has both: in projects with relations these stay within a text."""
    if row.target_start is None:
        return [row]
    texts = row.text[: row.target_start - 1], row.text[row.target_start :]
    begins = 0, _units(row.text[: row.target_start])
    parts = []
    for side, text, begin in zip(("source", "target"), texts, begins, strict=True):
        end = begin + _units(text)
        mine = [(s - begin, e - begin, label) for s, e, label in row.places or () if begin <= s and e <= end]
        is_source = side == "source"
        about = {
            "text": text,
            "side": side,
            "label": None if row.places is None else mine,
            "entities": None,
            "lang": row.src_lang if is_source else row.tgt_lang,
            "tokens": row.src_tokens if is_source else row.tgt_tokens,
            "alignment": row.links,
        }
        parts.append(row.model_copy(update=about))
    if sum(len(each.label or ()) for each in parts) < len(row.places or ()):
        what, hint = "a label is over both sentences, or ends behind them", "Mark it within one of them"
        raise CorpusError(what, path=path, line=line, hint=hint)
    return [each for each in parts if each.text.strip()] or [row]


def _name(row: DoccanoRow, number: int) -> str:
    name = row.pair_id if row.pair_id is not None else row.id
    return str(number if name is None else name)


def _document(
    name: str, group: list[tuple[int, DoccanoRow]], langs: tuple[str, str], path: Path, findings: Findings
) -> Document:
    links = next((row.alignment for _, row in group if row.alignment is not None), None)
    sides: list[AnnotatedText | str] = list(langs)
    for number, row in group:
        side = _SIDES[row.side]
        words = row.tokens
        if words is None and links is not None:
            words = row.text.split()  # what links count where nobody says what the words are
        sides[side] = AnnotatedText(
            row.text,
            row.lang or langs[side],
            _regions(row, path, number, findings),
            None if words is None else tuple(words),
            number,
        )
    notes = dict.fromkeys(row.note for _, row in group if row.note)
    notes |= dict.fromkeys(remark for _, row in group for remark in row.remarks)
    return Document(name, sides[0], sides[1], links, " · ".join(notes), group[0][0])


def _regions(row: DoccanoRow, path: Path, line: int, findings: Findings) -> tuple[Region, ...] | None:
    if row.places is None:
        return None
    # doccano's pages count in UTF-16 units, as all of JavaScript does.
    units = row.text.encode("utf-16-le", "surrogatepass")
    return tuple(
        Region(_code_points(units, start), _code_points(units, end), tag_label(label, path, line, findings))
        for start, end, label in row.places
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _code_points(units: bytes, count: int) -> int:
    """How many code points the first UTF-16 units are; a count that is none of the text's stays one."""
    if not 0 <= 2 * count <= len(units):
        return count
    return len(units[: 2 * count].decode("utf-16-le", "ignore"))
