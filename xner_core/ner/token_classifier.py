"""Words in, probabilities of a model's own tags out, from any Hugging Face token classifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.errors import ModelUnavailableError
from xner_core.ner.iob2 import is_unnamed
from xner_core.pretrained import Device, ModelKind, device_for, load_pretrained

Aggregation = Literal["first", "mean", "max"]

_PADDED_SUBWORDS_PER_BATCH = 2048
"""As in the encoder of the alignment: larger batches need more memory and were not faster."""
_POSITIONS_WHERE_UNKNOWN = 512
TAGGER = ModelKind(
    auto_class="AutoModelForTokenClassification",
    noun="token classification model",
    ability="tag words",
    example="token classification model",
    prefix_space=frozenset({"bloom", "deberta", "gpt2", "longformer", "roberta"}),
)


@dataclass(frozen=True)
class _Window:
    """A stretch of a sentence that fits the model.

    Attributes:
        sentence: Index of the sentence.
        start: Index of its first subword in the sentence.
        ids: The model's input, special tokens included.
        words: Of each input its word, None for special tokens.
    """

    sentence: int
    start: int
    ids: list[int]
    words: list[int | None]


class TokenClassifier:
    """A token classification model held in memory.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        aggregation: What a word gets: the probabilities of its first subword, their mean over
            its subwords, or those of the subword whose best tag is the most probable (max).
        device: Where it computes; `auto` is CUDA where there is one.

    Attributes:
        tags: The model's tags, one a column of what `probabilities` returns.
        model_id: The model's name, and its revision where it comes from the hub.

    Raises:
        ModelUnavailableError: If the model is not on this machine or cannot tag words.
    """

    def __init__(self, name: str, aggregation: Aggregation = "first", device: Device = "auto") -> None:
        self._device, self._aggregation = device_for(device), aggregation
        self._tokenizer, self._model = _load(name)
        self._model.to(self._device).eval()
        config = self._model.config
        self.tags = tuple(str(config.id2label[column]) for column in range(config.num_labels))
        if is_unnamed(self.tags):
            raise ModelUnavailableError(
                f"the model {name!r} does not say what its {len(self.tags)} labels mean",
                hint="Set id2label in its config.json",
            )
        revision = getattr(config, "_commit_hash", None)
        self.model_id = f"{name}@{revision}" if revision else name
        self._longest = int(min(self._tokenizer.model_max_length, _positions(self._model)))

    def probabilities(self, sentences: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
        """Tag sentences given as words.

        A sentence longer than the model's window is read in windows that overlap by
        half, and each subword is taken from the window in which it stands most
        centrally.

        Returns:
            For each sentence its words' probabilities, shape (words, tags). A row is zero
            where the tokenizer leaves nothing of the word, such as one of zero width.
        """
        if not sentences:
            return []
        windows = list(self._windows(sentences))
        found: dict[int, list[tuple[_Window, NDArray[np.float32]]]] = {i: [] for i in range(len(sentences))}
        for batch in _batches(windows):
            for window, rows in zip(batch, self._forward(batch), strict=True):
                found[window.sentence].append((window, rows))
        return [self._by_word(found[i], len(words)) for i, words in enumerate(sentences)]

    def _windows(self, sentences: Sequence[Sequence[str]]) -> Iterator[_Window]:
        room = self._longest - self._tokenizer.num_special_tokens_to_add(pair=False)
        encoded = self._tokenizer(
            [list(words) for words in sentences],
            is_split_into_words=True,
            truncation=True,
            max_length=self._longest,
            stride=room - max(1, room // 2),
            return_overflowing_tokens=True,
            return_attention_mask=False,
            verbose=False,
        )
        start = last = 0
        for index, sentence in enumerate(encoded["overflow_to_sample_mapping"]):
            start = start + max(1, room // 2) if index and sentence == last else 0
            last = sentence
            if encoded["input_ids"][index]:
                yield _Window(sentence, start, encoded["input_ids"][index], encoded.word_ids(index))

    def _forward(self, batch: Sequence[_Window]) -> list[NDArray[np.float32]]:
        import torch

        padded = self._tokenizer.pad({"input_ids": [window.ids for window in batch]}, return_tensors="pt")
        inputs = {name: padded[name].to(self._device) for name in ("input_ids", "attention_mask")}
        with torch.inference_mode():
            found = self._model(**inputs).logits.float().softmax(dim=-1).cpu().numpy()
        left = self._tokenizer.padding_side == "left"
        return [
            rows[len(rows) - len(window.ids) :] if left else rows[: len(window.ids)]
            for window, rows in zip(batch, found, strict=True)
        ]

    def _by_word(
        self, windows: list[tuple[_Window, NDArray[np.float32]]], n_words: int
    ) -> NDArray[np.float32]:
        result = np.zeros((n_words, len(self.tags)), dtype=np.float32)
        subwords, words = _join(windows) if windows else (result[:0], np.zeros(0, dtype=np.int64))
        known, first = np.unique(words, return_index=True)
        if not len(known):
            return result
        if self._aggregation == "mean":
            counts = np.diff([*first, len(words)])[:, None]
            result[known] = np.add.reduceat(subwords, first, axis=0) / counts
            return result
        if self._aggregation == "max":
            # Sorted by word, the surest subword first.
            order = np.lexsort((-subwords.max(axis=1), words))
            subwords = subwords[order]
        result[known] = subwords[first]
        return result


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    # Sorted by length, so that hardly any padding is computed.
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: len(window.ids)):
        if batch and (len(batch) + 1) * len(window.ids) > _PADDED_SUBWORDS_PER_BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _join(
    windows: list[tuple[_Window, NDArray[np.float32]]],
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """A sentence's subwords in order, each from the window in whose middle it stands, and their words."""
    rows, words, places, margins = [], [], [], []
    for window, values in sorted(windows, key=lambda item: item[0].start):
        inner = [i for i, word in enumerate(window.words) if word is not None]
        place = np.arange(len(inner))
        rows.append(values[inner])
        words.append(np.array([window.words[i] for i in inner], dtype=np.int64))
        places.append(window.start + place)
        # The ends of the sentence need no care: near them there is one window only.
        margins.append(np.minimum(place, place[::-1]))
    place, margin = np.concatenate(places), np.concatenate(margins)
    order = np.lexsort((-margin, place))
    _, first = np.unique(place[order], return_index=True)
    chosen = order[first]
    return np.concatenate(rows)[chosen], np.concatenate(words)[chosen]


def _positions(model: Any) -> int:
    """How many subwords, special tokens included, the model has positions for."""
    known: int = getattr(model.config, "max_position_embeddings", 0)
    # RoBERTa's kind counts positions from behind the padding's.
    unused = [
        module.padding_idx + 1
        for name, module in model.named_modules()
        if name.endswith("position_embeddings") and getattr(module, "padding_idx", None) is not None
    ]
    return known - max(unused, default=0) if known > 0 else _POSITIONS_WHERE_UNKNOWN


def _load(name: str) -> tuple[Any, Any]:
    tokenizer, model = load_pretrained(name, TAGGER)
    for lacks, what in (
        (not tokenizer.is_fast, "does not tell which subword belongs to which word"),
        (tokenizer.pad_token_id is None, "has no padding token"),
    ):
        if lacks:
            raise ModelUnavailableError(
                f"the tokenizer of {name!r} {what}",
                hint="Name a model that is saved with its fast tokenizer (tokenizer.json)",
            )
    return tokenizer, model
