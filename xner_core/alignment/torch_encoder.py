"""Encoders computed by torch, in float32 or bfloat16, with any of their layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.pretrained.subwords import padded

_CUT_SHORT = frozenset({"bert", "camembert", "electra", "roberta", "xlm-roberta"})
"""Model types whose layers are a list in `encoder.layer` with nothing behind them."""


def can_be_cut_short(encoder: Any) -> bool:
    """Whether the encoder's layers are a list, `encoder.layer`, that may be made shorter."""
    return encoder.config.model_type in _CUT_SHORT


class TorchEncoder:
    """An encoder that answers with the layers that were asked for.

    Args:
        encoder: As transformers loads it.
        layers: Which hidden states, in this order; 0 is the embedding layer.
        precision: Number format of weights and activations.
        device: Where it computes.
        padding: The number of the token that fills up a batch.
    """

    def __init__(
        self,
        encoder: Any,
        layers: tuple[int, ...],
        precision: Literal["float32", "bfloat16"],
        device: str,
        padding: int,
    ) -> None:
        import torch

        self._layers, self._device, self._padding = layers, device, padding
        self._model = encoder.to(device, dtype=getattr(torch, precision)).eval()
        # Where nothing lies above the layer, the states below need not be kept.
        self._last_only = can_be_cut_short(encoder) and layers == (len(encoder.encoder.layer),)

    def encode(self, batches: Sequence[Sequence[list[int]]]) -> Iterator[list[NDArray[np.float32]]]:
        """Encode batches of inputs, special tokens included.

        Yields:
            For each batch, in order, one array for each input, shape (subwords, layers, dimensions).
        """
        import torch

        for batch in batches:
            ids, mask = (each.to(self._device) for each in padded(batch, self._padding))
            with torch.inference_mode():
                states = self._states(ids, mask).float().cpu().numpy()
            yield [states[row, : len(each)].copy() for row, each in enumerate(batch)]

    def _states(self, ids: Any, mask: Any) -> Any:
        """Shape (inputs, subwords, layers, dimensions)."""
        import torch

        if self._last_only:
            return self._model(input_ids=ids, attention_mask=mask).last_hidden_state[:, :, None]
        states = self._model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return torch.stack([states[layer] for layer in self._layers], dim=2)
