"""Sentences in, contextual subword vectors out, from any Hugging Face encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.similarity import SubwordEmbeddings
from xner_core.errors import ConfigError
from xner_core.pretrained import quiet

Precision = Literal["auto", "float32", "bfloat16"]

_PADDED_SUBWORDS_PER_BATCH = 2048
"""Measured on two cores: larger batches were not faster, and need more memory."""


@dataclass(frozen=True)
class _Window:
    """A stretch of a sentence that fits the model; one is enough for all but the longest."""

    sentence: int
    start: int
    ids: list[int]


class Encoder:
    """An encoder held in memory, up to the layer that is asked for.

    Args:
        folder: A folder with model and tokenizer.
        layer: Which hidden state to return: 0 is the embedding layer, n the output of layer n.
        precision: `auto` is bfloat16 where the processor computes in it, else float32.

    Raises:
        ConfigError: If the model has fewer layers.
    """

    def __init__(self, folder: Path, layer: int, precision: Precision = "auto") -> None:
        import torch
        from transformers import AutoConfig, AutoModel, AutoTokenizer

        n_layers = AutoConfig.from_pretrained(folder).num_hidden_layers
        if not 0 <= layer <= n_layers:
            raise ConfigError(f"the model has {n_layers} layers, not {layer}", hint=f"Choose 0 to {n_layers}")
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self.precision = _precision() if precision == "auto" else precision
        with quiet():
            self._model = AutoModel.from_pretrained(
                folder,
                num_hidden_layers=layer,  # the layers above would be computed for nothing
                add_pooling_layer=False,
                dtype=getattr(torch, self.precision),
            ).to(self._device)
        self._model.eval()
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        longest = min(self._tokenizer.model_max_length, self._model.config.max_position_embeddings)
        self._window = int(longest) - 2

    def embed(self, sentences: Sequence[Sequence[str]]) -> list[SubwordEmbeddings]:
        """Embed sentences given as words.

        A sentence longer than the model's window is read in windows that overlap by
        half, and each subword is taken from the window in which it stands most
        centrally.

        Returns:
            For each sentence its subwords' vectors of length 1, in the given order.
        """
        encoded = self._tokenizer(
            [list(words) for words in sentences],
            is_split_into_words=True,
            add_special_tokens=False,
            return_attention_mask=False,
            verbose=False,
        )
        windows = [w for i, ids in enumerate(encoded["input_ids"]) for w in self._windows(i, ids)]
        found: dict[int, list[tuple[int, NDArray[np.float32]]]] = {i: [] for i in range(len(sentences))}
        for batch in _batches(windows):
            for window, vectors in zip(batch, self._forward(batch), strict=True):
                found[window.sentence].append((window.start, vectors))
        return [
            SubwordEmbeddings(_join(found[i]), np.array(encoded.word_ids(i), dtype=np.int64), len(words))
            for i, words in enumerate(sentences)
        ]

    def _windows(self, sentence: int, ids: list[int]) -> Iterator[_Window]:
        if not ids:
            return
        start = 0
        while True:
            yield _Window(sentence, start, ids[start : start + self._window])
            if start + self._window >= len(ids):
                return
            start += self._window // 2

    def _forward(self, batch: Sequence[_Window]) -> list[NDArray[np.float32]]:
        import torch

        bos, eos = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        padded = self._tokenizer.pad(
            {"input_ids": [[bos, *window.ids, eos] for window in batch]}, return_tensors="pt"
        )
        with torch.inference_mode():
            hidden = self._model(**padded.to(self._device)).last_hidden_state.float()
            hidden = torch.nn.functional.normalize(hidden, dim=-1).cpu().numpy()
        return [hidden[row, 1 : 1 + len(window.ids)].copy() for row, window in enumerate(batch)]


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    # Sorted by length, so that hardly any padding is computed.
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: len(window.ids)):
        if batch and (len(batch) + 1) * (len(window.ids) + 2) > _PADDED_SUBWORDS_PER_BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _join(windows: list[tuple[int, NDArray[np.float32]]]) -> NDArray[np.float32]:
    if not windows:
        return np.zeros((0, 1), dtype=np.float32)
    windows.sort(key=lambda window: window[0])
    parts = []
    for index, (start, vectors) in enumerate(windows):
        end = start + len(vectors)
        # Neighbouring windows meet in the middle of their overlap.
        first = start if index == 0 else (start + windows[index - 1][0] + len(windows[index - 1][1])) // 2
        last = end if index == len(windows) - 1 else (windows[index + 1][0] + end) // 2
        parts.append(vectors[first - start : last - start])
    return np.concatenate(parts)


def _precision() -> Literal["float32", "bfloat16"]:
    import torch

    if torch.cuda.is_available():
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    capabilities = torch.cpu.get_capabilities()
    fast = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16") or capabilities.get("bf16")
    return "bfloat16" if fast else "float32"
