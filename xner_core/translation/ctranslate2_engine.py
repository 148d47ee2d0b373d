"""Translations by CTranslate2: the same models, computed several times as fast on a CPU."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from xner_core.errors import ModelUnavailableError
from xner_core.files import made_once
from xner_core.paths import cache_folder
from xner_core.pretrained import Device, device_for, load_weights
from xner_core.pretrained.translation_models import TRANSLATOR
from xner_core.translation.generation import Generated, between

Precision = Literal["int8", "float32"]
CONVERTIBLE = frozenset({"bart", "m2m_100", "marian", "t5"})
"""Types of models whose conversion the tests compare with transformers."""
_LAYOUT = 1
"""Raise it when the converted form changes, so that an older one is not used."""


def is_installed() -> bool:
    """Whether CTranslate2 is there."""
    return find_spec("ctranslate2") is not None


def converted_model(name: str, identity: str, tokenizer: Any, precision: Precision) -> Path:
    """The folder of a model in CTranslate2's form; converts it where that has not happened.

    Safe when several processes start at once or one is killed half way.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        identity: See `identity_of`.
        tokenizer: The model's.
        precision: How its weights are kept.

    Raises:
        ModelUnavailableError: If the model is not there or cannot be converted.
    """
    basis = repr((_LAYOUT, identity, precision, version("ctranslate2")))
    folder = cache_folder() / "ct2" / hashlib.sha256(basis.encode()).hexdigest()[:16]
    return made_once(folder, lambda place: _convert(name, tokenizer, precision, place))


class Ctranslate2Engine:
    """A converted model; see `Engine`.

    Args:
        folder: What `converted_model` made.
        tokenizer: The model's.
        device: Where it computes.
        precision: In what numbers; a processor that lacks the instructions for int8 takes float32.
        num_beams: How many beginnings of a translation are followed at once.
        settings: The model's own generation config.
    """

    def __init__(
        self,
        folder: Path,
        tokenizer: Any,
        device: Device,
        precision: Precision,
        num_beams: int,
        settings: Any,
    ) -> None:
        import ctranslate2
        import torch

        where = device_for(device)
        if device == "auto" and not ctranslate2.get_cuda_device_count():
            where = "cpu"  # torch may see a device for which CTranslate2 was not built
        able = precision in ctranslate2.get_supported_compute_types(where)
        self._translator = ctranslate2.Translator(
            str(folder),
            device=where,
            compute_type=precision if able else "float32",
            inter_threads=1,
            # CTranslate2 sets the number for the whole process, where torch has it from too.
            intra_threads=torch.get_num_threads(),
        )
        self._tokenizer = tokenizer
        self._ends = frozenset({tokenizer.eos_token_id})
        self._options = {
            "beam_size": num_beams,
            "length_penalty": _number(settings, "length_penalty", 1.0),
            "repetition_penalty": _number(settings, "repetition_penalty", 1.0),
            "no_repeat_ngram_size": int(_number(settings, "no_repeat_ngram_size", 0)),
        }

    def generate(self, inputs: Sequence[list[int]], language: int | None, limit: int) -> list[Generated]:
        """See `Engine`."""
        tokens = self._tokenizer.convert_ids_to_tokens
        prefix = None if language is None else [[tokens(language)]] * len(inputs)
        found = self._translator.translate_batch(
            [tokens(ids) for ids in inputs],
            target_prefix=prefix,
            max_decoding_length=limit + 1 + (language is not None),
            max_input_length=0,  # texts are cut before, by their tokenizer
            return_end_token=True,
            **self._options,
        )
        ids = self._tokenizer.convert_tokens_to_ids
        return [between(ids(each.hypotheses[0]), language, self._ends, limit) for each in found]


def _number(settings: Any, name: str, otherwise: float) -> float:
    found = getattr(settings, name, None)
    return otherwise if found is None else float(found)


def _convert(name: str, tokenizer: Any, precision: Precision, folder: Path) -> None:
    import torch
    from ctranslate2.converters import transformers as converters

    model = load_weights(name, TRANSLATOR)
    # The converter reads a range of transformers; what it asks for and transformers 5 does not say any more:
    loader = copy.copy(converters._MODEL_LOADERS[type(model.config).__name__])
    if model.config.model_type == "bart":
        model.config.normalize_before = False
    if model.config.model_type == "m2m_100":
        loader.get_vocabulary = lambda *_: _tokens(tokenizer, model.config.vocab_size)
    try:
        with torch.no_grad():
            specification = loader(model, tokenizer)
        specification.validate()
        specification.optimize(quantization=None if precision == "float32" else precision)
        specification.save(str(folder))
    except Exception as error:  # whatever a model has that the converter does not expect
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelUnavailableError(
            f"CTranslate2 cannot convert the model {name!r} ({reason})", hint="Set the engine to transformers"
        ) from None


def _tokens(tokenizer: Any, n_tokens: int) -> list[str]:
    """A vocabulary in order; numbers that no token has get a name that no text has."""
    found = tokenizer.convert_ids_to_tokens(range(n_tokens))
    unknown = (None, tokenizer.unk_token)
    return [
        f"<no token {i}>" if token in unknown and i != tokenizer.unk_token_id else token
        for i, token in enumerate(found)
    ]
