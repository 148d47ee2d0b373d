"""How probable a text is as the translation of another, by any Hugging Face seq2seq model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from xner_core.errors import ModelUnavailableError
from xner_core.pretrained import Device, device_for, load_pretrained, version_of
from xner_core.pretrained.language_codes import codes_of, token_id
from xner_core.pretrained.translation_models import TRANSLATOR, filled, known_code

if TYPE_CHECKING:
    import torch

_POSITIONS_WHERE_UNKNOWN = 512
T = TypeVar("T")


class Text(NamedTuple):
    """A text and its language as a BCP 47 code."""

    text: str
    lang: str


class Translation(NamedTuple):
    """A text and what is proposed as its translation."""

    source: Text
    target: Text


class _Input(NamedTuple):
    """What the encoder reads: a text, and the model's own code of its language if it has one."""

    text: str
    code: str | None


class _Job(NamedTuple):
    """What the decoder reads.

    Attributes:
        translation: What it is about.
        states: The encoder's states of the source, shape (tokens, dimensions).
        ids: The target's tokens.
    """

    translation: Translation
    states: torch.Tensor
    ids: list[int]


class Seq2Seq:
    """A translation model held in memory.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        device: Where it computes; `auto` is CUDA where there is one.
        batch_size: Texts computed at once.
        prefix: Put before every source text; {source} and {target} in it become the
            languages' English names, {source_code} and {target_code} their codes.

    Attributes:
        model_id: The model's name, and its revision where it comes from the hub.

    Raises:
        ModelUnavailableError: If the model or the device is not there, or it cannot translate.
    """

    def __init__(self, name: str, device: Device = "auto", batch_size: int = 16, prefix: str = "") -> None:
        self._name, self._batch_size, self._prefix = name, batch_size, prefix
        self._device = device_for(device)
        self._tokenizer, self._model = load_pretrained(name, TRANSLATOR)
        self._model.to(self._device).eval()
        config = self._model.config
        if getattr(config, "decoder_start_token_id", None) is None:
            raise ModelUnavailableError(
                f"the model {name!r} does not say which token a translation begins with",
                hint="Set decoder_start_token_id in its config.json",
            )
        self.model_id = version_of(name, self._model)
        self._codes = codes_of(self._tokenizer)
        positions = getattr(config, "max_position_embeddings", None) or _POSITIONS_WHERE_UNKNOWN
        self._longest = int(min(self._tokenizer.model_max_length, positions))

    def log_probabilities(self, translations: Sequence[Translation]) -> NDArray[np.float64]:
        """The mean log-probability of the target's tokens, given the source.

        The end of the sentence counts as a token; a token that names the language or
        begins the sentence does not, since it is given. Each distinct source is
        encoded once, each distinct translation decoded once. A text that is longer
        than the model can read is cut.

        Returns:
            Natural logarithms, shape (translations,).

        Raises:
            ConfigError: If the model does not know one of the languages.
        """
        import torch

        distinct = list(dict.fromkeys(translations))
        inputs = [self._input(one) for one in distinct]
        found: dict[Translation, float] = {}
        with torch.inference_mode():
            states = self._encode(list(dict.fromkeys(inputs)))
            ids = self._target_ids(list(dict.fromkeys(one.target for one in distinct)))
            jobs = [
                _Job(one, states[read], ids[one.target]) for one, read in zip(distinct, inputs, strict=True)
            ]
            for batch in self._batches(jobs, lambda job: (len(job.ids), len(job.states))):
                found.update(zip((job.translation for job in batch), self._decode(batch), strict=True))
        return np.array([found[one] for one in translations], dtype=np.float64)

    def _input(self, one: Translation) -> _Input:
        prefix = filled(self._prefix, one.source.lang, one.target.lang)
        return _Input(prefix + one.source.text, self._code(one.source.lang))

    def _code(self, lang: str) -> str | None:
        return known_code(self._name, lang, self._codes) if self._codes else None

    def _encode(self, inputs: Sequence[_Input]) -> dict[_Input, torch.Tensor]:
        """The encoder's last hidden states, without padding: shape (tokens, dimensions) each."""
        import torch

        ids: dict[_Input, list[int]] = {}
        for code in dict.fromkeys(one.code for one in inputs):
            if code is not None:
                self._tokenizer.src_lang = code
            chosen = [one for one in inputs if one.code == code]
            read = self._tokenizer([one.text for one in chosen], truncation=True, max_length=self._longest)
            ids.update(zip(chosen, read["input_ids"], strict=True))
        states: dict[_Input, torch.Tensor] = {}
        encoder = self._model.get_encoder()
        for batch in self._batches(inputs, lambda one: len(ids[one])):
            padded, mask = self._padded([torch.tensor(ids[one]) for one in batch])
            hidden = encoder(input_ids=padded, attention_mask=mask).last_hidden_state
            states.update((one, hidden[row, : len(ids[one])]) for row, one in enumerate(batch))
        return states

    def _target_ids(self, targets: Sequence[Text]) -> dict[Text, list[int]]:
        ids: dict[Text, list[int]] = {}
        for lang in dict.fromkeys(target.lang for target in targets):
            code = self._code(lang)
            if code is not None:
                self._tokenizer.tgt_lang = code
            chosen = [target for target in targets if target.lang == lang]
            read = self._tokenizer(
                text_target=[target.text for target in chosen], truncation=True, max_length=self._longest
            )
            ids.update(zip(chosen, read["input_ids"], strict=True))
        return ids

    def _decode(self, batch: Sequence[_Job]) -> list[float]:
        """The mean log-probability of each target's tokens."""
        import torch
        from transformers.modeling_outputs import BaseModelOutput

        states, mask = self._padded([job.states for job in batch])
        start = self._model.config.decoder_start_token_id
        # Each token is predicted from those before it.
        before, _ = self._padded([torch.tensor([start, *job.ids[:-1]]) for job in batch])
        ids, counted = self._padded([torch.tensor(job.ids) for job in batch])
        logits = self._model(
            encoder_outputs=BaseModelOutput(last_hidden_state=states),
            attention_mask=mask,
            decoder_input_ids=before,
            use_cache=False,
        ).logits
        for row, job in enumerate(batch):
            for given in self._given(job.translation.target.lang):
                counted[row] &= ids[row] != given
        # Not log_softmax: it would hold the probabilities of the whole vocabulary once more.
        logs = logits.gather(-1, ids[..., None])[..., 0] - logits.logsumexp(-1)
        sums = (logs.double() * counted).sum(-1)
        means: list[float] = (sums / counted.sum(-1).clamp(min=1)).tolist()
        return means

    def _given(self, lang: str) -> set[int]:
        """Tokens of a target that are not predicted: its language's, and the begin of a sentence."""
        code = self._code(lang)
        given = {self._tokenizer.bos_token_id, token_id(self._tokenizer, code) if code else None}
        return {token for token in given if token not in (None, self._tokenizer.eos_token_id)}

    def _padded(self, rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Rows of any lengths as one tensor, filled up with 0, and 1 where they are not filled up."""
        import torch

        mask = [torch.ones(len(row), dtype=torch.long) for row in rows]
        pad = torch.nn.utils.rnn.pad_sequence
        return (
            pad(list(rows), batch_first=True).to(self._device),
            pad(mask, batch_first=True).to(self._device),
        )

    def _batches(self, items: Sequence[T], length: Callable[[T], Any]) -> Iterator[list[T]]:
        # Sorted by length, so that hardly any padding is computed.
        ordered = sorted(items, key=length)
        for start in range(0, len(ordered), self._batch_size):
            yield ordered[start : start + self._batch_size]
