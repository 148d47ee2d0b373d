"""Tagged sentences as rows of subwords, each word's tag at its first subword."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xner_core.pretrained.subwords import Subwords, cut, special_tokens
from xner_core.tags import encode
from xner_core.types import Entity, Sentence

NO_TAG = -100
"""What torch's cross entropy passes over: special tokens, and all subwords of a word but the first."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences as transformers' Trainer takes them.

    Attributes:
        rows: One dictionary a piece: `input_ids` and `labels`, of one length.
        n_cut: Sentences that were cut into several pieces.
        n_empty: Sentences of which the tokenizer leaves nothing.
    """

    rows: list[dict[str, Any]]
    n_cut: int
    n_empty: int


def tags_of(labels: Sequence[str]) -> tuple[str, ...]:
    """The IOB2 tags of labels, in the order of a model's columns."""
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BI"))


def tagged_rows(
    sentences: Sequence[tuple[Sentence, Sequence[Entity]]],
    tokenizer: Any,
    tags: Sequence[str],
    longest: int,
) -> Rows:
    """Cut sentences to subwords.

    A sentence that is longer than a row is cut between words, where that can be done not within an
    entity. Of a word longer than a row the first subwords are read.

    Args:
        sentences: Sentences and their entities.
        tokenizer: The model's.
        tags: The model's tags, one a column.
        longest: How many subwords a row has at most, special tokens included.
    """
    before, behind = special_tokens(tokenizer)
    columns = {tag: column for column, tag in enumerate(tags)}
    rows: list[dict[str, Any]] = []
    n_cut = n_empty = 0
    subwords = cut(tokenizer, [sentence.words for sentence, _ in sentences])
    for (sentence, entities), found in zip(sentences, subwords, strict=True):
        words = _words(found, encode(entities, len(sentence.words)))
        pieces = list(_pieces(words, longest - len(before) - len(behind)))
        n_cut += len(pieces) > 1
        n_empty += not pieces
        for piece in pieces:
            ids = [i for word in piece for i in word.ids]
            labels = [label for word in piece for label in _labels(word, columns)]
            rows.append(
                {
                    "input_ids": [*before, *ids, *behind],
                    "labels": [*[NO_TAG] * len(before), *labels, *[NO_TAG] * len(behind)],
                }
            )
    return Rows(rows, n_cut, n_empty)


@dataclass(frozen=True, slots=True)
class _Word:
    ids: list[int]
    tag: str


def _words(subwords: Subwords, tags: Sequence[str]) -> list[_Word]:
    """The words of which something is left."""
    words: dict[int, _Word] = {}
    for subword, index in zip(subwords.ids, subwords.words.tolist(), strict=True):
        words.setdefault(index, _Word([], tags[index])).ids.append(subword)
    return list(words.values())


def _pieces(words: Sequence[_Word], room: int) -> Iterator[Sequence[_Word]]:
    words = [_Word(word.ids[:room], word.tag) for word in words]
    start = 0
    while start < len(words):
        end, size = start, 0
        while end < len(words) and size + len(words[end].ids) <= room:
            size += len(words[end].ids)
            end += 1
        whole = end
        while start < whole < len(words) and words[whole].tag.startswith("I-"):
            whole -= 1
        end = whole if whole > start else end  # an entity longer than a row is cut
        yield words[start:end]
        start = end


def _labels(word: _Word, columns: dict[str, int]) -> list[int]:
    return [columns[word.tag], *[NO_TAG] * (len(word.ids) - 1)]
