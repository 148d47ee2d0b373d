"""Translations by transformers' own beam search."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.pretrained import Device, device_for, load_weights, quiet
from xner_core.pretrained.subwords import padded
from xner_core.pretrained.translation_models import TRANSLATOR
from xner_core.translation.generation import Generated, between


class TorchEngine:
    """A model in float32, computed by torch; see `Engine`.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        device: Where it computes.
        num_beams: How many beginnings of a translation are followed at once.

    Raises:
        ModelUnavailableError: If the model or the device is not there, or it cannot translate.
    """

    def __init__(self, name: str, device: Device, num_beams: int) -> None:
        self._device = device_for(device)
        self._model = load_weights(name, TRANSLATOR).to(self._device).eval()
        # The model's own settings stay where nothing is said of them here.
        self._model.generation_config.update(
            do_sample=False,
            num_beams=num_beams,
            num_return_sequences=1,
            max_length=None,
            forced_eos_token_id=None,  # it would hide that the limit was reached
        )

    def generate(self, inputs: Sequence[list[int]], language: int | None, limit: int) -> list[Generated]:
        """See `Engine`."""
        import torch

        ends = self._model.generation_config.eos_token_id
        ids, mask = padded(inputs, self._model.generation_config.pad_token_id or 0)
        with torch.inference_mode(), quiet():
            written = self._model.generate(
                ids.to(self._device),
                attention_mask=mask.to(self._device),
                forced_bos_token_id=language,
                max_new_tokens=limit + 1 + (language is not None),
            )
        every_end = frozenset(ends if isinstance(ends, list) else [ends])
        return [between(row[1:], language, every_end, limit) for row in written.tolist()]
