"""Rows of a dataset as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xner_core.corpora.hub_columns import TaggedColumns, TextColumn
from xner_core.corpora.hub_names import HubName
from xner_core.errors import CorpusError
from xner_core.tags import Scheme, decode, detect_scheme, is_tag
from xner_core.tokenization import tokenize, tokenizer_name
from xner_core.types import Entity, Sentence, Span

if TYPE_CHECKING:
    from datasets import Dataset


def tagged_sentences(
    dataset: Dataset, columns: TaggedColumns, lang: str, spec: str, name: HubName, notices: list[str]
) -> list[Sentence]:
    """Read one sentence a row; one of which no word is left is returned as missing.

    Args:
        dataset: The rows.
        columns: Where words and tags are.
        lang: BCP 47 code of the sentences.
        spec: The corpus spec, for errors.
        name: The dataset, for notices.
        notices: Takes what was repaired or dropped.

    Raises:
        CorpusError: If a row has tags that are none, or not one a word; rows count from 0.
    """
    rows = list(dataset.select_columns([columns.tokens, columns.tags]))
    words = [[token or "" for token in row[columns.tokens] or ()] for row in rows]
    tags = [_tags(row, columns, f"{spec}, row {number}") for number, row in enumerate(rows)]
    scheme: Scheme = detect_scheme(tags)
    sentences, repairs, dropped, stripped = [], [], [], 0
    for number, (tokens, marks) in enumerate(zip(words, tags, strict=True)):
        entities, repaired = decode(marks, scheme)
        repairs += [(number, repair) for repair in repaired]
        kept = [index for index, token in enumerate(tokens) if token.strip()]
        dropped += [number] * (len(tokens) - len(kept))
        stripped += sum(tokens[index] != tokens[index].strip() for index in kept)
        sentences.append(
            Sentence(tuple(tokens[index].strip() for index in kept), lang, _without(entities, kept))
        )
    if scheme != "IOB2":
        notices.append(f"{name}: tags are {scheme}, read as IOB2")
    if repairs:
        row, repair = repairs[0]
        notices.append(
            f"{name}: {_were(len(repairs), 'tag')} repaired "
            f"(first: row {row}, {repair.tag} read as {repair.read_as})"
        )
    if dropped:
        notices.append(
            f"{name}: {_were(len(dropped), 'word')} dropped, being white space (first: row {dropped[0]})"
        )
    if stripped:
        notices.append(f"{name}: {_were(stripped, 'word')} freed of white space at the edges")
    return sentences


def translated_sentences(
    dataset: Dataset, column: TextColumn, name: HubName, notices: list[str]
) -> list[tuple[Sentence, Sentence]]:
    """Read two texts a row and cut them into words; one without words is returned as missing.

    Args:
        dataset: The rows.
        column: Where the texts are.
        name: The dataset, for notices.
        notices: Takes how the texts were cut.
    """
    rows = [row[column.name] or {} for row in dataset.select_columns(column.name)]
    sides = []
    for lang in column.languages:
        texts = [(row.get(lang) or "").strip() for row in rows]
        cut, _ = tokenize(lang, texts)
        notices.append(f"{name}: {len(texts):,} {lang} texts cut into words by {tokenizer_name(lang)}")
        sides.append([Sentence(words, lang, None, text) for words, text in zip(cut, texts, strict=True)])
    return list(zip(*sides, strict=True))


def _tags(row: dict[str, Any], columns: TaggedColumns, where: str) -> list[str]:
    values = row[columns.tags] or []
    n_words = len(row[columns.tokens] or ())
    if len(values) != n_words:
        raise CorpusError(
            f"the row has {n_words} {columns.tokens} but {len(values)} {columns.tags}",
            where=where,
            hint="Each word needs one tag",
        )
    return [_tag(value, columns, where) for value in values]


def _tag(value: object, columns: TaggedColumns, where: str) -> str:
    names = columns.names
    if isinstance(value, int) and names:
        if 0 <= value < len(names):
            return names[value]
        raise CorpusError(
            f"the tag {value} of {columns.tags} has no name",
            where=where,
            hint=f"There are {len(names)} names, for 0 to {len(names) - 1}; labels= gives others",
        )
    if isinstance(value, str) and is_tag(value):
        return value
    raise CorpusError(
        f"{value!r} in {columns.tags} is not an IOB tag", where=where, hint="Use O, B-PER, I-PER …"
    )


def _without(entities: Sequence[Entity], kept: Sequence[int]) -> tuple[Entity, ...]:
    """The entities over the words that were kept; one of which no word was kept is gone."""
    moved = []
    for entity in entities:
        inside = [new for new, old in enumerate(kept) if entity.span.start <= old < entity.span.end]
        if inside:
            moved.append(Entity(Span(inside[0], inside[-1] + 1), entity.label))
    return tuple(moved)


def _were(count: int, thing: str) -> str:
    return f"1 {thing} was" if count == 1 else f"{count:,} {thing}s were"
