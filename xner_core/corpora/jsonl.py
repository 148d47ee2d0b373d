"""JSON lines, one sentence pair each: the project's own plain format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import ContentIds, check_language, decode_all, make_corpus
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.files import read_rows
from xner_core.pharaoh import parse_links
from xner_core.tags import is_tag
from xner_core.tokenization import tokenize
from xner_core.types import Corpus, Entity, Sentence, SentencePair, WordAlignment

Token = Annotated[str, Field(min_length=1)]
_HINT = "A line needs source_lang, target_lang, target_tokens, and source_tokens or source_text"


class JsonlConfig(ComponentConfig):
    """A `jsonl:` spec has no options."""


class JsonlRow(BaseModel):
    """One line.

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
    target_tokens: Annotated[list[Token], Field(min_length=1)]
    target_tags: list[str] | None = None
    alignment: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _check(self) -> JsonlRow:
        if not self.source_tokens and not (self.source_text or "").strip():
            raise ValueError("there is neither source_tokens nor source_text")
        if self.source_tags is not None and not self.source_tokens:
            raise ValueError("source_tags need source_tokens")
        for side, tokens, tags in (
            ("source", self.source_tokens, self.source_tags),
            ("target", self.target_tokens, self.target_tags),
        ):
            for index, token in enumerate(tokens or ()):
                if not token.strip(" \t\r\n"):
                    raise ValueError(f"{side}_tokens.{index}: the word is empty")
            if tags is None or tokens is None:
                continue
            if len(tags) != len(tokens):
                raise ValueError(f"{len(tokens)} {side}_tokens but {len(tags)} {side}_tags")
            for tag in tags:
                if not is_tag(tag):
                    raise ValueError(f"{side}_tags: {tag!r} is not an IOB tag")
        return self


class JsonlLoader(Component[JsonlConfig]):
    """One JSON object a line, with source_text or source_tokens, target_tokens and their tags.

    A source without tokens is cut by spaCy's tokeniser of its language.
    """

    Config = JsonlConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read the file."""
        if not spec.where:
            raise CorpusError("a jsonl corpus needs a file", where=spec.text, hint="Write jsonl:FILE")
        pairs, notices = read_pairs(Path(spec.where))
        return make_corpus(spec.text, pairs, notices)


def read_pairs(path: Path) -> tuple[list[SentencePair], list[str]]:
    """Read the sentence pairs of a file, and notices of what was repaired.

    Raises:
        CorpusError: If any line is bad; it is named.
    """
    rows = read_rows(path, JsonlRow, _HINT)
    for number, row in rows:
        check_language(row.source_lang, path, number)
        check_language(row.target_lang, path, number)
    notices: list[str] = []
    entities = {side: _entities(path, rows, side, notices) for side in ("source_tags", "target_tags")}
    words = _source_words(path, rows, notices)
    ids = ContentIds()
    pairs: dict[str, SentencePair] = {}
    for index, (number, row) in enumerate(rows):
        source = Sentence(words[index], row.source_lang, entities["source_tags"].get(index), row.source_text)
        target = Sentence(
            tuple(row.target_tokens), row.target_lang, entities["target_tags"].get(index), row.target_text
        )
        name = row.id if row.id is not None else ids.next(source.words, target.words)
        if name in pairs:
            raise CorpusError(
                f"the id {name!r} was used before", path=path, line=number, hint="Give each line its own id"
            )
        links = _links(row, source, target, path, number)
        pairs[name] = SentencePair(name, source, target, links, row.note)
    return list(pairs.values()), notices


def _entities(
    path: Path, rows: list[tuple[int, JsonlRow]], side: str, notices: list[str]
) -> dict[int, tuple[Entity, ...]]:
    tagged = [(i, n, getattr(row, side)) for i, (n, row) in enumerate(rows) if getattr(row, side) is not None]
    decoded, repairs = decode_all(path, [tags for _, _, tags in tagged], [[n] * len(t) for _, n, t in tagged])
    notices += repairs
    return {i: spans for (i, _, _), spans in zip(tagged, decoded, strict=True)}


def _source_words(
    path: Path, rows: list[tuple[int, JsonlRow]], notices: list[str]
) -> dict[int, tuple[str, ...]]:
    words: dict[int, tuple[str, ...]] = {}
    untokenised: dict[str, list[tuple[int, str]]] = {}
    for index, (_, row) in enumerate(rows):
        if row.source_tokens:
            words[index] = tuple(row.source_tokens)
        else:
            untokenised.setdefault(row.source_lang, []).append((index, row.source_text or ""))
    for lang, texts in untokenised.items():
        cut, tokenizer = tokenize(lang, [text for _, text in texts])
        notices.append(
            f"{path.name}: {len(texts)} source texts cut into words by spaCy's {tokenizer} tokeniser"
        )
        words.update({index: tokens for (index, _), tokens in zip(texts, cut, strict=True)})
    return words


def _links(row: JsonlRow, source: Sentence, target: Sentence, path: Path, line: int) -> WordAlignment | None:
    if row.alignment is None:
        return None
    try:
        return parse_links(row.alignment, len(source.words), len(target.words))
    except ValueError as error:
        raise CorpusError(
            f"alignment: {error}",
            path=path,
            line=line,
            hint="Words count from 0: i-j sure, ipj possible",
        ) from None
