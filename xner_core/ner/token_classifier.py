"""Words in, probabilities of a model's own tags out, from any Hugging Face token classifier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.errors import ModelUnavailableError
from xner_core.ner.iob2 import is_unnamed
from xner_core.pretrained import Device, ModelKind, device_for, load_pretrained, positions, version_of
from xner_core.pretrained.subwords import batches, cut, join, padded, special_tokens, windows

Aggregation = Literal["first", "mean", "max"]

_PADDED_SUBWORDS_PER_BATCH = 2048
"""As in the encoder of the alignment: larger batches need more memory and were not faster."""
TAGGER = ModelKind(
    auto_class="AutoModelForTokenClassification",
    noun="token classification model",
    ability="tag words",
    example="token classification model",
    reads_words=True,
)


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
        self.model_id = version_of(name, self._model)
        self._longest = int(min(self._tokenizer.model_max_length, positions(self._model)))

    def probabilities(self, sentences: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
        """Tag sentences given as words.

        A sentence longer than the model's window is read in windows that overlap by
        half, and each subword is taken from the window in which it stands most
        centrally.

        Returns:
            For each sentence its words' probabilities, shape (words, tags). A row is zero
            where the tokenizer leaves nothing of the word, such as one of zero width.
        """
        subwords = cut(self._tokenizer, sentences)
        before, behind = special_tokens(self._tokenizer)
        n_special = len(before) + len(behind)
        found: dict[int, list[tuple[int, NDArray[np.float32]]]] = {i: [] for i in range(len(sentences))}
        pieces = windows(subwords, self._longest - n_special)
        for batch in batches(pieces, n_special, _PADDED_SUBWORDS_PER_BATCH):
            rows = self._forward([[*before, *window.ids, *behind] for window in batch])
            for window, values in zip(batch, rows, strict=True):
                found[window.sentence].append((window.start, values[len(before) :][: len(window.ids)]))
        return [
            self._by_word(join(found[i]), each.words, len(words))
            if found[i]
            else np.zeros((len(words), len(self.tags)), dtype=np.float32)
            for i, (each, words) in enumerate(zip(subwords, sentences, strict=True))
        ]

    def _forward(self, inputs: Sequence[list[int]]) -> list[NDArray[np.float32]]:
        """The probabilities of a batch's subwords, special tokens included."""
        import torch

        ids, mask = padded(inputs, self._tokenizer.pad_token_id)
        with torch.inference_mode():
            logits = self._model(input_ids=ids.to(self._device), attention_mask=mask.to(self._device)).logits
            values = logits.float().softmax(dim=-1).cpu().numpy()
        return [rows[: len(each)] for rows, each in zip(values, inputs, strict=True)]

    def _by_word(
        self, subwords: NDArray[np.float32], words: NDArray[np.int64], n_words: int
    ) -> NDArray[np.float32]:
        result = np.zeros((n_words, len(self.tags)), dtype=np.float32)
        known, first = np.unique(words, return_index=True)
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
