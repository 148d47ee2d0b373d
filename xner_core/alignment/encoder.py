"""Sentences in, contextual subword vectors out, from any Hugging Face encoder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xner_core.errors import ConfigError
from xner_core.pretrained import ModelKind, device_for, load_pretrained, positions, version_of
from xner_core.pretrained.language_codes import closest_code, codes_of
from xner_core.pretrained.subwords import (
    Subwords,
    Window,
    batches,
    cut,
    join,
    padded,
    special_tokens,
    windows,
)
from xner_core.types import Sentence

Precision = Literal["auto", "float32", "bfloat16"]

ENCODER = ModelKind(
    auto_class="AutoModel",
    noun="encoder",
    ability="encode sentences",
    example="model such as google-bert/bert-base-multilingual-cased",
    reads_words=True,
    not_needed=("pooler.", "decoder."),
    instead="name a folder, or take the aligner e5-small, which is always there",
)
_CUT_SHORT = frozenset({"bert", "camembert", "electra", "roberta", "xlm-roberta"})
"""Model types whose layers are a list in `encoder.layer` with nothing behind them."""
_PADDED_SUBWORDS_PER_BATCH = 2048
"""Measured on two cores: larger batches were not faster, and need more memory."""


class HiddenStates(NamedTuple):
    """What an encoder makes of a sentence.

    Attributes:
        values: float32, shape (layers, subwords, dimensions).
        words: Index of the word that each subword belongs to, ascending; int64.
    """

    values: NDArray[np.float32]
    words: NDArray[np.int64]


class Encoder:
    """An encoder held in memory; of a translation model, its encoder half.

    Args:
        model: A folder with model and tokenizer, or the name of a model of the Hugging Face hub.
        layers: Which hidden states to return, in this order: 0 is the embedding layer, n the
            output of layer n. Where there is none: the layer two thirds of the way up, which
            is 8 of 12.
        precision: `auto` is bfloat16 where the processor computes in it, else float32.

    Attributes:
        layers: The hidden states that are returned.
        n_layers: How many layers the model has.
        model_id: The model's name, and its revision where it comes from the hub.
        precision: The number format it computes in.

    Raises:
        ConfigError: If the model has fewer layers.
        ModelUnavailableError: If the model is not on this machine or is no encoder.
    """

    def __init__(self, model: str, layers: Sequence[int] = (), precision: Precision = "auto") -> None:
        import torch

        self._device = device_for("auto")
        self.precision = _precision() if precision == "auto" else precision
        self._tokenizer, whole = load_pretrained(model, ENCODER)
        self.model_id = version_of(model, whole)
        self._longest = int(min(self._tokenizer.model_max_length, positions(whole)))
        encoder = whole.get_encoder() if whole.config.is_encoder_decoder else whole
        self.n_layers = int(encoder.config.num_hidden_layers)
        self.layers = tuple(layers) or (round(self.n_layers * 2 / 3),)
        for layer in self.layers:
            if not 0 <= layer <= self.n_layers:
                raise ConfigError(
                    f"the model has {self.n_layers} layers, not {layer}",
                    hint=f"Choose 0 to {self.n_layers}",
                )
        if encoder.config.model_type in _CUT_SHORT:
            # The layers above would be computed for nothing.
            encoder.encoder.layer = encoder.encoder.layer[: max(self.layers)]
            encoder.pooler = None
        self._model = encoder.to(self._device, dtype=getattr(torch, self.precision)).eval()
        self._codes = codes_of(self._tokenizer)
        self._special: dict[str, tuple[list[int], list[int]]] = {}
        self._version = (self.model_id, _stamp(model), self.layers, self.precision)

    def key(self, sentence: Sentence) -> Hashable:
        """What the hidden states of a sentence depend on; the same for all that have the same."""
        return self._version, self._code(sentence.lang), sentence.words

    def hidden_states(self, sentences: Sequence[Sentence]) -> list[HiddenStates]:
        """Encode sentences.

        A sentence longer than the model's window is read in windows that overlap by
        half, and each subword is taken from the window in which it stands most
        centrally.

        Raises:
            ConfigError: If a translation model does not know the language of a sentence.
        """
        special = [self._special_tokens(sentence.lang) for sentence in sentences]
        subwords = cut(self._tokenizer, [sentence.words for sentence in sentences])
        n_special = max((len(before) + len(behind) for before, behind in special), default=0)
        found: dict[int, list[tuple[int, NDArray[np.float32]]]] = {i: [] for i in range(len(sentences))}
        pieces = windows(subwords, self._longest - n_special)
        for batch in batches(pieces, n_special, _PADDED_SUBWORDS_PER_BATCH):
            values = self._forward(batch, [special[window.sentence] for window in batch])
            for window, states in zip(batch, values, strict=True):
                found[window.sentence].append((window.start, states))
        return [self._joined(found[i], each) for i, each in enumerate(subwords)]

    def _joined(self, parts: list[tuple[int, NDArray[np.float32]]], subwords: Subwords) -> HiddenStates:
        values = join(parts) if parts else np.zeros((0, len(self.layers), 1), dtype=np.float32)
        return HiddenStates(values.swapaxes(0, 1), subwords.words)

    def _forward(
        self, batch: Sequence[Window], special: Sequence[tuple[list[int], list[int]]]
    ) -> list[NDArray[np.float32]]:
        """Encode a batch; shape (subwords, layers, dimensions) for each window."""
        import torch

        inputs = [
            [*before, *window.ids, *behind] for window, (before, behind) in zip(batch, special, strict=True)
        ]
        ids, mask = padded(inputs, self._tokenizer.pad_token_id or 0)
        with torch.inference_mode():
            states = self._chosen(ids.to(self._device), mask.to(self._device)).float().cpu().numpy()
        return [
            states[row, len(before) : len(before) + len(window.ids)].copy()
            for row, (window, (before, _)) in enumerate(zip(batch, special, strict=True))
        ]

    def _chosen(self, ids: Any, mask: Any) -> Any:
        """The hidden states of the chosen layers, shape (windows, subwords, layers, dimensions)."""
        import torch

        if self.layers == (len(getattr(getattr(self._model, "encoder", None), "layer", ())),):
            # Nothing lies above, so the states below need not be kept.
            return self._model(input_ids=ids, attention_mask=mask).last_hidden_state[:, :, None]
        states = self._model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return torch.stack([states[layer] for layer in self.layers], dim=2)

    def _special_tokens(self, lang: str) -> tuple[list[int], list[int]]:
        """What stands before and behind a sentence of this language; a translation model is told which."""
        code = self._code(lang)
        if code not in self._special:
            if code:
                self._tokenizer.src_lang = code
            self._special[code] = special_tokens(self._tokenizer)
        return self._special[code]

    def _code(self, lang: str) -> str:
        """The model's own code of a language; empty if it has none for any."""
        code = closest_code(lang, self._codes) if self._codes else ""
        if code is None:
            raise ConfigError(
                f"the model {self.model_id!r} does not know the language {lang!r}",
                hint="Choose another model, or correct the language of the corpus",
            )
        return code


def _stamp(model: str) -> tuple[tuple[str, int], ...]:
    """When a folder's weights were written: a model that was trained anew is another one."""
    folder = Path(model).expanduser()
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.safetensors")))


def _precision() -> Literal["float32", "bfloat16"]:
    import torch

    if torch.cuda.is_available():
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    capabilities = torch.cpu.get_capabilities()
    fast = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16") or capabilities.get("bf16")
    return "bfloat16" if fast else "float32"
