"""Sentences in, contextual subword vectors out, from any Hugging Face encoder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.eight_bit import RoundedEncoder, can_be_rounded, rounded_model
from xner_core.alignment.inputs import EncoderInputs
from xner_core.alignment.torch_encoder import TorchEncoder, can_be_cut_short
from xner_core.alignment.trained import trained_layer
from xner_core.errors import ConfigError
from xner_core.pretrained import (
    ModelKind,
    device_for,
    load_outline,
    load_tokenizer,
    load_weights,
    version_of,
)
from xner_core.pretrained.subwords import Subwords, batches, join, windows
from xner_core.types import Sentence

Exact = Literal["float32", "bfloat16"]
Precision = Literal["auto", "float32", "bfloat16", "int8"]
Layers = Sequence[int] | Literal["all"]

ENCODER = ModelKind(
    auto_class="AutoModel",
    noun="encoder",
    ability="encode sentences",
    example="model such as google-bert/bert-base-multilingual-cased",
    reads_words=True,
    not_needed=("pooler.", "decoder."),
    instead="name a folder, or take the aligner e5-small, which is always there",
)
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
            output of layer n; or `all`. Where there is none: the default layer.
        precision: `auto` is bfloat16 on a GPU, else int8 where CTranslate2 can compute the layer,
            else bfloat16 where the processor is made for it, else float32.

    Attributes:
        layers: The hidden states that are returned.
        default_layer: The layer that `xner train-aligner` trained; of a model that it did not
            train, the one two thirds of the way up, which is 8 of 12.
        n_layers: How many layers the model has.
        model_id: The model's name, and its revision where it comes from the hub.
        precision: The number format it computes in.

    Raises:
        ConfigError: If the model has fewer layers.
        ModelUnavailableError: If the model is not on this machine or is no encoder.
    """

    def __init__(self, model: str, layers: Layers = (), precision: Precision = "auto") -> None:
        tokenizer, outline = load_outline(model, ENCODER)
        self.model_id = version_of(model, outline)
        self._inputs = EncoderInputs(tokenizer, outline, self.model_id)
        encoder = encoder_half(outline)
        self.n_layers = int(encoder.config.num_hidden_layers)
        self.default_layer = default_layer(model, self.n_layers)
        everything = range(self.n_layers + 1)
        self.layers = tuple(everything if layers == "all" else layers) or (self.default_layer,)
        for layer in self.layers:
            check_layer(layer, self.n_layers)
        device = device_for("auto")
        self.precision = _chosen(precision, encoder, self.layers, device)
        self._version = (_weights_of(model, self.model_id), self.layers, self.precision)
        self._computes: TorchEncoder | RoundedEncoder
        if self.precision == "int8":
            # The weights themselves are needed only where they were not rounded before.
            load = partial(_weights, model, self.layers), partial(load_tokenizer, model, ENCODER)
            rounded = rounded_model(*load, self._version)
            self._computes = RoundedEncoder(rounded)
        else:
            padding = self._inputs.padding
            weights = _weights(model, self.layers)
            self._computes = TorchEncoder(weights, self.layers, self.precision, device, padding)

    def key(self, sentence: Sentence) -> Hashable:
        """What the hidden states of a sentence depend on; the same for all that have the same."""
        return self._version, self._inputs.code(sentence.lang), sentence.words

    def hidden_states(self, sentences: Sequence[Sentence]) -> list[HiddenStates]:
        """Encode sentences.

        A sentence longer than the model's window is read in windows that overlap by
        half, and each subword is taken from the window in which it stands most
        centrally.

        Raises:
            ConfigError: If a translation model does not know the language of a sentence.
        """
        special = [self._inputs.special_tokens(sentence.lang) for sentence in sentences]
        subwords = self._inputs.subwords(sentences)
        n_special = max((len(before) + len(behind) for before, behind in special), default=0)
        found: dict[int, list[tuple[int, NDArray[np.float32]]]] = {i: [] for i in range(len(sentences))}
        batched = list(
            batches(
                windows(subwords, self._inputs.longest - n_special), n_special, _PADDED_SUBWORDS_PER_BATCH
            )
        )
        inputs = [
            [[*special[each.sentence][0], *each.ids, *special[each.sentence][1]] for each in batch]
            for batch in batched
        ]
        for batch, values in zip(batched, self._computes.encode(inputs), strict=True):
            for window, states in zip(batch, values, strict=True):
                first = len(special[window.sentence][0])
                found[window.sentence].append((window.start, states[first : first + len(window.ids)]))
        return [self._joined(found[i], each) for i, each in enumerate(subwords)]

    def _joined(self, parts: list[tuple[int, NDArray[np.float32]]], subwords: Subwords) -> HiddenStates:
        values = join(parts) if parts else np.zeros((0, len(self.layers), 1), dtype=np.float32)
        return HiddenStates(values.swapaxes(0, 1), subwords.words)


def encoder_half(model: Any) -> Any:
    """The encoder of a translation model; any other model as it is."""
    return model.get_encoder() if model.config.is_encoder_decoder else model


def _weights(model: str, layers: tuple[int, ...]) -> Any:
    """The encoder, where it can be cut only up to the last of these layers; the others serve nothing."""
    encoder = encoder_half(load_weights(model, ENCODER))
    if can_be_cut_short(encoder):
        encoder.encoder.layer = encoder.encoder.layer[: max(layers)]
    return encoder


def default_layer(model: str, n_layers: int) -> int:
    """The layer that is compared where none is named: the trained one, or that two thirds of the way up."""
    trained = trained_layer(Path(model).expanduser())
    return round(n_layers * 2 / 3) if trained is None else trained


def check_layer(layer: int, n_layers: int) -> None:
    """Refuse a layer that the model does not have.

    Raises:
        ConfigError: If it is not 0 to `n_layers`.
    """
    if not 0 <= layer <= n_layers:
        raise ConfigError(f"the model has {n_layers} layers, not {layer}", hint=f"Choose 0 to {n_layers}")


def _weights_of(model: str, model_id: str) -> Hashable:
    """What weights are known by: a folder, whatever path leads to it, and when it was written; else the name.

    A model that was trained anew is another one.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir():
        return model_id
    written = tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.safetensors")))
    return str(folder.resolve()), written


def _chosen(
    precision: Precision, encoder: Any, layers: tuple[int, ...], device: str
) -> Exact | Literal["int8"]:
    """The number format to compute in: the quickest that is at hand where it is left open."""
    # What is rounded answers with its last layer only.
    roundable = device == "cpu" and layers == (max(layers),) != (0,) and can_be_rounded(encoder)
    if precision == "int8" and not roundable:
        raise ConfigError(
            f"the layers {', '.join(map(str, layers))} of this model cannot be computed in int8",
            hint="Choose the precision auto, or one layer above 0 of a BERT, RoBERTa or XLM-R, on a CPU and "
            "with the package ctranslate2",
        )
    if precision != "auto":
        return precision
    return "int8" if roundable else fast_precision()


def fast_precision() -> Exact:
    """The number format in which torch computes: bfloat16 where the machine is made for it, else float32."""
    import torch

    if torch.cuda.is_available():
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    capabilities = torch.cpu.get_capabilities()
    fast = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16") or capabilities.get("bf16")
    return "bfloat16" if fast else "float32"
