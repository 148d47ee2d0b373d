"""JSON lines, one sentence pair each: the project's own plain format.

`JsonlRow` says what a line has to be and finds the words for what is wrong with one. As files
may have very many lines, `_Quick` looks first: it knows the good lines that have nothing unusual.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import ContentIds, check_language, decode_all, make_corpus
from xner_core.corpora.jsonl_columns import read_columns
from xner_core.corpora.spec import CorpusSpec
from xner_core.corpora.uncollected import uncollected
from xner_core.errors import CorpusError
from xner_core.files import Report, parse_row, read_lines, refuse, write_whole
from xner_core.pharaoh import parse_links
from xner_core.tags import encode, is_tag
from xner_core.tokenization import tokenize, tokenizer_name
from xner_core.types import Corpus, Entity, Sentence, SentencePair, WordAlignment

Token = Annotated[str, Field(min_length=1)]
Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")
_HINT = "A line needs source_lang, target_lang and the tokens or text of a side: target_tokens, source_text …"


class JsonlConfig(ComponentConfig):
    """A `jsonl:` spec has no options."""


class JsonlRow(BaseModel):
    """One line. A side without tokens is cut from its text; one without both is missing.

    Attributes:
        alignment: Gold links in Pharaoh format, 0-based: `i-j` sure, `ipj` possible.
        note: A remark for the reader.
    """

    model_config = ConfigDict(strict=True, extra="ignore")

    id: Token | None = None
    source_lang: str
    target_lang: str
    source_text: str | None = None
    source_tokens: list[Token] | None = None
    source_tags: list[str] | None = None
    target_text: str | None = None
    target_tokens: list[Token] | None = None
    target_tags: list[str] | None = None
    alignment: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _check(self) -> JsonlRow:
        for side in SIDES:
            self._check_side(side)
        if not any(self.has(side) for side in SIDES):
            raise ValueError("there is neither a source nor a target sentence")
        return self

    def _check_side(self, side: Side) -> None:
        text, tokens, tags = self.text(side), self.tokens(side), self.tags(side)
        for index, token in enumerate(tokens or ()):
            if not token.strip(" \t\r\n"):
                raise ValueError(f"{side}_tokens.{index}: the word is empty")
        if not tokens:
            if tags is not None:
                raise ValueError(f"{side}_tags need {side}_tokens")
            if text is not None and not text.strip():
                raise ValueError(f"{side}_text: there is no word in it")
            if text is None and tokens is not None:
                raise ValueError(f"{side}_tokens: there is no word in it")
        elif tags is not None:
            if len(tags) != len(tokens):
                raise ValueError(f"{len(tokens)} {side}_tokens but {len(tags)} {side}_tags")
            for tag in tags:
                if not is_tag(tag):
                    raise ValueError(f"{side}_tags: {tag!r} is not an IOB tag")

    def text(self, side: Side) -> str | None:
        """The running text of a side."""
        return self.source_text if side == "source" else self.target_text

    def tokens(self, side: Side) -> list[Token] | None:
        """The words of a side."""
        return self.source_tokens if side == "source" else self.target_tokens

    def tags(self, side: Side) -> list[str] | None:
        """The tags of a side."""
        return self.source_tags if side == "source" else self.target_tags

    def has(self, side: Side) -> bool:
        """Whether a side is there."""
        return bool(self.tokens(side) or self.text(side))


class _Row(NamedTuple):
    """What is read of a good line, and its 1-based number; see `JsonlRow`."""

    number: int
    id: str | None
    langs: tuple[str, str]
    texts: tuple[str | None, str | None]
    tokens: tuple[list[str] | None, list[str] | None]
    tags: tuple[list[str] | None, list[str] | None]
    alignment: str | None
    note: str

    def has(self, side: int) -> bool:
        """Whether a side is there: 0 is the source, 1 the target."""
        return bool(self.tokens[side] or self.texts[side])


class _Quick:
    """Reads lines that are certainly good; of any other it says nothing."""

    def __init__(self) -> None:
        from pydantic_core import from_json

        self._parse = from_json  # as JsonlRow reads JSON, so that both agree on what is some
        self._tags: set[str] = {"O"}

    def row(self, line: str, number: int) -> _Row | None:
        """What a line says; None where that is for `JsonlRow` to find out."""
        try:
            fields = self._parse(line)
            get = fields.get
            langs = fields["source_lang"], fields["target_lang"]
            texts = get("source_text"), get("target_text")
            tokens = get("source_tokens"), get("target_tokens")
            tags = get("source_tags"), get("target_tags")
            name, alignment, note = get("id"), get("alignment"), get("note", "")
            if not (
                type(langs[0]) is type(langs[1]) is type(note) is str
                and (name is None or (type(name) is str and name))
                and (alignment is None or type(alignment) is str)
                and self._is_good(texts[0], tokens[0], tags[0])
                and self._is_good(texts[1], tokens[1], tags[1])
            ):
                return None
        except (ValueError, TypeError, AttributeError, KeyError):
            return None
        row = _Row(number, name, langs, texts, tokens, tags, alignment, note)
        return row if row.has(0) or row.has(1) else None

    def _is_good(self, text: Any, tokens: Any, tags: Any) -> bool:
        """Whether a side is certainly as it has to be."""
        if text is not None and not (type(text) is str and text.strip()):
            return False
        if tokens is None:
            return tags is None
        # str.strip refuses what is no text; `all` finds what is blank.
        if type(tokens) is not list or not tokens or not all(map(str.strip, tokens)):
            return False
        if tags is None:
            return True
        if type(tags) is not list or len(tags) != len(tokens):
            return False
        if not self._tags.issuperset(tags):
            if not all(map(is_tag, tags)):
                return False
            self._tags.update(tags)
        return True


def _of(row: JsonlRow, number: int) -> _Row:
    return _Row(
        number,
        row.id,
        (row.source_lang, row.target_lang),
        (row.source_text, row.target_text),
        (row.source_tokens, row.target_tokens),
        (row.source_tags, row.target_tags),
        row.alignment,
        row.note,
    )


class JsonlLoader(Component[JsonlConfig]):
    """One JSON object a line, with the tokens or text of one side or both, and their tags.

    A side without tokens is cut by spaCy's tokeniser of its language.
    """

    Config = JsonlConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read the file."""
        if not spec.where:
            raise CorpusError("a jsonl corpus needs a file", where=spec.text, hint="Write jsonl:FILE")
        return read_corpus(spec.text, Path(spec.where))

    def files_of(self, spec: CorpusSpec) -> list[Path]:
        """All that is read."""
        return [Path(spec.where)]


def read_corpus(spec: str, path: Path) -> Corpus:
    """Read the corpus of a file; very many good lines are read as columns.

    Raises:
        CorpusError: If any of it cannot be read.
    """
    found = read_columns(spec, path)
    if found is not None:
        return found
    with uncollected():  # a large corpus is packed and its pairs let go before any is looked at as garbage
        return make_corpus(spec, *read_pairs(path))


def read_pairs(path: Path, report: Report = refuse) -> tuple[list[SentencePair], list[str]]:
    """Read the sentence pairs of a file, and notices of what was repaired.

    Args:
        path: The file.
        report: Told of each bad line; where it returns, the line is left out.

    Raises:
        CorpusError: If the file cannot be read; and whatever `report` raises.
    """
    with uncollected():
        rows = _rows(path, report)
        notices: list[str] = []
        sources, targets = (_sentences(path, rows, side, notices) for side in (0, 1))
        ids = ContentIds()
        pairs: dict[str, SentencePair] = {}
        for row, source, target in zip(rows, sources, targets, strict=True):
            name = row.id if row.id is not None else ids.next(source.words, target.words)
            try:
                for index, sentence in enumerate((source, target)):
                    if sentence.is_missing and row.has(index):  # nothing in the text can be seen
                        what = f"{SIDES[index]}_text: there is no word in it"
                        raise CorpusError(what, path=path, line=row.number, hint=_HINT)
                if name in pairs:
                    what = f"the id {name!r} was used before"
                    raise CorpusError(what, path=path, line=row.number, hint="Give each line its own id")
                links = links_of(row.alignment, source, target, path, row.number)
            except CorpusError as problem:
                report(problem)
            else:
                pairs[name] = SentencePair(name, source, target, links, row.note)
        return list(pairs.values()), notices + missing_notices(path, pairs.values())


def row_of(pair: SentencePair) -> dict[str, Any]:
    """A pair as the fields of a line, from which `read_pairs` makes the same pair again."""
    row: dict[str, Any] = {"id": pair.id}
    for side, sentence in zip(SIDES, (pair.source, pair.target), strict=True):
        row[f"{side}_lang"] = sentence.lang
        if sentence.is_missing:
            continue
        row[f"{side}_tokens"] = list(sentence.words)
        if sentence.text is not None:
            row[f"{side}_text"] = sentence.text
        if sentence.entities is not None:
            row[f"{side}_tags"] = encode(sentence.entities, len(sentence.words))
    links = pair.gold_alignment
    if links is not None:
        written = [f"{i}-{j}" for i, j in links.sure] + [f"{i}p{j}" for i, j in links.possible]
        row["alignment"] = " ".join(written)
    if pair.note:
        row["note"] = pair.note
    return row


def write_pairs(path: Path, pairs: Iterable[SentencePair]) -> None:
    """Write pairs to a file so that a reader finds all of them or the file that was there before."""
    write_whole(path, "".join(json.dumps(row_of(pair), ensure_ascii=False) + "\n" for pair in pairs))


def links_of(
    text: str | None, source: Sentence, target: Sentence, path: Path, line: int
) -> WordAlignment | None:
    """Read the gold links of a pair; None where there is no text.

    Raises:
        CorpusError: If a link is malformed or outside the sentences.
    """
    if text is None:
        return None
    try:
        return parse_links(text, len(source.words), len(target.words))
    except ValueError as error:
        raise CorpusError(
            f"alignment: {error}",
            path=path,
            line=line,
            hint="Words count from 0: i-j sure, ipj possible",
        ) from None


def missing_notices(path: Path, pairs: Iterable[SentencePair]) -> list[str]:
    """Say how many pairs lack a side: that may be a slip, such as a misspelt field."""
    missing = Counter(
        side
        for pair in pairs
        for side, sentence in zip(SIDES, (pair.source, pair.target), strict=True)
        if sentence.is_missing
    )
    return [
        f"{path.name}: {n} {'pair has' if n == 1 else 'pairs have'} no {side} sentence"
        for side in SIDES
        if (n := missing[side])
    ]


def _rows(path: Path, report: Report) -> list[_Row]:
    """The good lines of a file, of those the ones whose language codes are some."""
    quick = _Quick()
    rows = []
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = quick.row(line, number)
            rows.append(row or _of(parse_row(line, path, number, JsonlRow, _HINT), number))
        except CorpusError as problem:
            report(problem)
    good: set[str] = set()
    return [row for row in rows if good.issuperset(row.langs) or _has_languages(row, good, path, report)]


def _has_languages(row: _Row, good: set[str], path: Path, report: Report) -> bool:
    """Whether the language codes of a line are some; then they are good."""
    try:
        good.update([check_language(lang, path, row.number) for lang in row.langs])
    except CorpusError as problem:
        report(problem)
        return False
    return True


def _sentences(path: Path, rows: list[_Row], side: int, notices: list[str]) -> list[Sentence]:
    """One side of all rows."""
    entities = _entities(path, rows, side, notices)
    words = _words(path, rows, side, notices)
    return [
        Sentence(words[index], row.langs[side], entities.get(index), row.texts[side])
        for index, row in enumerate(rows)
    ]


def _entities(path: Path, rows: list[_Row], side: int, notices: list[str]) -> dict[int, tuple[Entity, ...]]:
    tagged = [
        (index, row.number, tags) for index, row in enumerate(rows) if (tags := row.tags[side]) is not None
    ]
    lines = [[number] * len(tags) for _, number, tags in tagged]
    decoded, repairs = decode_all(path, [tags for _, _, tags in tagged], lines)
    notices += repairs
    return {i: spans for (i, _, _), spans in zip(tagged, decoded, strict=True)}


def _words(path: Path, rows: list[_Row], side: int, notices: list[str]) -> list[tuple[str, ...]]:
    """The words of a side: none where it is missing."""
    words: list[tuple[str, ...]] = [tuple(row.tokens[side] or ()) for row in rows]
    untokenised: dict[str, list[tuple[int, str]]] = {}
    for index, row in enumerate(rows):
        if not words[index] and row.has(side):
            untokenised.setdefault(row.langs[side], []).append((index, row.texts[side] or ""))
    for lang, texts in untokenised.items():
        cut, _ = tokenize(lang, [text for _, text in texts])
        notices.append(
            f"{path.name}: {len(texts)} {SIDES[side]} texts cut into words by {tokenizer_name(lang)}"
        )
        for (index, _), tokens in zip(texts, cut, strict=True):
            words[index] = tokens
    return words
