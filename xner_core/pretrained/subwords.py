"""Sentences as subwords: cut to what a model can read at once, batched, and joined again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Rows = TypeVar("Rows", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Subwords:
    """A sentence as a tokenizer cuts it, without special tokens.

    Attributes:
        ids: The model's number of each subword.
        words: Index of the word that each subword belongs to, ascending; int64, shape (subwords,).
    """

    ids: list[int]
    words: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a sentence that a model can read at once; one is enough for all but the longest.

    Attributes:
        sentence: Index of the sentence.
        start: Index of its first subword in the sentence.
        ids: The subwords, without special tokens.
    """

    sentence: int
    start: int
    ids: list[int]


def cut(tokenizer: Any, sentences: Sequence[Sequence[str]]) -> list[Subwords]:
    """Cut sentences that are given as words; a word of which nothing is left has no subword."""
    if not sentences:
        return []
    if not tokenizer.is_fast:
        return _cut_word_by_word(tokenizer, sentences)
    encoded = tokenizer(
        [list(words) for words in sentences],
        is_split_into_words=True,
        add_special_tokens=False,
        return_attention_mask=False,
        verbose=False,
    )
    return [
        Subwords(ids, np.array(encoded.word_ids(i), dtype=np.int64))
        for i, ids in enumerate(encoded["input_ids"])
    ]


def _cut_word_by_word(tokenizer: Any, sentences: Sequence[Sequence[str]]) -> list[Subwords]:
    """For tokenizers, such as M2M100's, that do not tell which subword belongs to which word."""
    distinct = list(dict.fromkeys(word for words in sentences for word in words))
    ids = dict(
        zip(distinct, tokenizer(distinct, add_special_tokens=False, verbose=False)["input_ids"], strict=True)
        if distinct
        else ()
    )
    return [
        Subwords(
            [i for word in words for i in ids[word]],
            np.repeat(np.arange(len(words)), [len(ids[word]) for word in words]),
        )
        for words in sentences
    ]


def special_tokens(tokenizer: Any) -> tuple[list[int], list[int]]:
    """What a tokenizer puts before and behind a sentence."""
    whole = tokenizer("a")["input_ids"]
    bare = tokenizer("a", add_special_tokens=False)["input_ids"]
    start = next(i for i in range(len(whole)) if whole[i : i + len(bare)] == bare)
    return whole[:start], whole[start + len(bare) :]


def windows(sentences: Sequence[Subwords], room: int) -> list[Window]:
    """Cut sentences into windows that overlap by half.

    Args:
        sentences: The sentences.
        room: How many subwords a window holds, at least 1.
    """
    step = max(1, room // 2)
    found = []
    for index, sentence in enumerate(sentences):
        n_windows = 1 + max(0, -(-(len(sentence.ids) - room) // step))
        for start in range(0, n_windows * step, step) if sentence.ids else ():
            found.append(Window(index, start, sentence.ids[start : start + room]))
    return found


def batches(windows: Sequence[Window], special: int, padded: int) -> Iterator[list[Window]]:
    """Put windows of like length together, so that hardly any padding is computed.

    Args:
        windows: In any order.
        special: Number of special tokens that each gets.
        padded: How many subwords a batch may have, padding included; a longer window is
            a batch of its own.
    """
    batch: list[Window] = []
    for window in sorted(windows, key=lambda window: len(window.ids)):
        if batch and (len(batch) + 1) * (len(window.ids) + special) > padded:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def padded(inputs: Sequence[list[int]], padding: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Put inputs of different lengths into one batch; padding stands behind.

    Returns:
        Ids and attention mask, int64, shape (inputs, subwords of the longest).
    """
    import torch
    from torch.nn.utils.rnn import pad_sequence

    ids = [torch.tensor(each) for each in inputs]
    mask = [torch.ones(len(each), dtype=torch.long) for each in inputs]
    return pad_sequence(ids, True, padding), pad_sequence(mask, True, 0)


def join(parts: Sequence[tuple[int, NDArray[Rows]]]) -> NDArray[Rows]:
    """Join what a model made of a sentence's windows.

    Each subword is taken from the window in which it stands most centrally: neighbouring
    windows meet in the middle of their overlap.

    Args:
        parts: Start of each window and its subwords' values, shape (subwords, …); at least
            one, in any order.

    Returns:
        The values of all the sentence's subwords.
    """
    parts = sorted(parts, key=lambda part: part[0])
    if len(parts) == 1:
        return parts[0][1]
    meet = [(here + len(values) + following) // 2 for (here, values), (following, _) in pairwise(parts)]
    firsts, lasts = [parts[0][0], *meet], [*meet, parts[-1][0] + len(parts[-1][1])]
    return np.concatenate(
        [
            values[first - start : last - start]
            for (start, values), first, last in zip(parts, firsts, lasts, strict=True)
        ]
    )
