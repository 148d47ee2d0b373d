"""Models from the hub or a folder, and what to do where one is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from xner_core.errors import ModelUnavailableError
from xner_core.pretrained.light import light_outline

Device = Literal["auto", "cpu", "cuda"]
PREFIX_SPACE = frozenset({"bloom", "deberta", "gpt2", "longformer", "roberta"})
"""Model types whose tokenizers take words that were cut already only with a space before each."""
_POSITIONS_WHERE_UNKNOWN = 512


@dataclass(frozen=True, slots=True)
class ModelKind:
    """What a model is for.

    Attributes:
        auto_class: The class of transformers that loads it.
        noun: What it is called.
        ability: What it must have been trained to do.
        example: What to name instead of one that was not.
        reads_words: Whether it is given sentences that were cut into words already.
        not_needed: What the names of weights begin with that may be missing.
        instead: What to choose where the model is not there.
    """

    auto_class: str
    noun: str
    ability: str
    example: str
    reads_words: bool = False
    not_needed: tuple[str, ...] = ()
    instead: str = "name a folder"


def load_pretrained(name: str, kind: ModelKind) -> tuple[Any, Any]:
    """Load tokenizer and model, in float32.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        kind: What the model is for.

    Raises:
        ModelUnavailableError: If the model, or a package it needs, is not there, or if it
            cannot do what it is for.
    """
    tokenizer = load_tokenizer(name, kind)
    return tokenizer, load_weights(name, kind)


def load_outline(name: str, kind: ModelKind) -> tuple[Any, Any]:
    """Load the tokenizer, and the model without its weights: quick, and takes no memory.

    Of a plain BERT in a folder neither transformers nor torch is needed, see `light_outline`.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        kind: What the model is for.

    Returns:
        The tokenizer and the model on torch's device `meta`, or an object with its `config` alone.

    Raises:
        ModelUnavailableError: If the model, or a package it needs, is not there.
    """
    light = light_outline(name)
    if light is not None:
        return light
    import torch
    import transformers

    tokenizer = load_tokenizer(name, kind)
    with _explained(name, kind), torch.device("meta"):
        config = transformers.AutoConfig.from_pretrained(name)
        return tokenizer, getattr(transformers, kind.auto_class).from_config(config)


def load_weights(name: str, kind: ModelKind) -> Any:
    """Load the model alone, in float32.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        kind: What the model is for.

    Raises:
        ModelUnavailableError: If the model is not there or cannot do what it is for.
    """
    import torch
    import transformers

    with _explained(name, kind):
        model, report = getattr(transformers, kind.auto_class).from_pretrained(
            name, dtype=torch.float32, output_loading_info=True
        )
    missing = sorted(key for key in report["missing_keys"] if not key.startswith(kind.not_needed or ("\0",)))
    if missing:  # transformers gives these random weights without a word
        raise ModelUnavailableError(
            f"the model {name!r} was not trained to {kind.ability}: it has no {missing[0]}",
            hint=f"Name a {kind.example}",
        )
    return model


def load_config(name: str, kind: ModelKind) -> Any:
    """Load what a model says of itself, without tokenizer and weights.

    Raises:
        ModelUnavailableError: If the model is not there.
    """
    import transformers

    with _explained(name, kind):
        return transformers.AutoConfig.from_pretrained(name)


def load_tokenizer(name: str, kind: ModelKind) -> Any:
    """Load the tokenizer alone.

    Raises:
        ModelUnavailableError: If it, or a package it needs, is not there, or if it knows no subword.
    """
    import transformers

    with _explained(name, kind):
        prefix = {}
        if kind.reads_words:
            config = transformers.AutoConfig.from_pretrained(name)
            prefix = {"add_prefix_space": True} if config.model_type in PREFIX_SPACE else {}
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, **prefix)
    if len(tokenizer) <= len(tokenizer.all_special_ids):
        raise ModelUnavailableError(
            f"the tokenizer of {name!r} knows no subword",
            hint="Name a model that is saved with its tokenizer",
        )
    return tokenizer


@contextmanager
def _explained(name: str, kind: ModelKind) -> Iterator[None]:
    """Say what is missing, and what to do."""
    try:
        with quiet():
            yield
    except ImportError as error:  # some tokenizers need a package of their own
        raise ModelUnavailableError(
            f"the model {name!r} needs a package that is not installed ({_first_line(error)})",
            hint="Install it with pip",
        ) from None
    except (OSError, ValueError, KeyError) as error:
        raise _unavailable(name, kind, error) from None


def device_for(device: Device) -> str:
    """Where to compute; `auto` is CUDA where there is one.

    Raises:
        ModelUnavailableError: If CUDA was asked for and there is none.
    """
    if device == "auto":
        return "cuda" if _has_cuda() else "cpu"
    if device == "cuda" and not _has_cuda():
        raise ModelUnavailableError("there is no CUDA device", hint="Choose the device auto or cpu")
    return device


def _has_cuda() -> bool:
    """Whether torch finds a GPU; where CTranslate2 finds none, torch is not imported, which takes seconds."""
    if "torch" not in sys.modules and find_spec("ctranslate2") is not None:
        import ctranslate2

        if ctranslate2.get_cuda_device_count() == 0:
            return False
    import torch

    return bool(torch.cuda.is_available())


def version_of(name: str, model: Any) -> str:
    """What a model is called in a result: its name, and its revision where it comes from the hub."""
    revision = getattr(model.config, "_commit_hash", None)
    return f"{name}@{revision}" if revision else name


def positions(model: Any) -> int:
    """How many subwords, special tokens included, a model has positions for."""
    known: int = getattr(model.config, "max_position_embeddings", 0)
    # RoBERTa's kind counts positions from behind the padding's; an outline of a config alone is none of it.
    unused = [
        module.padding_idx + 1
        for name, module in getattr(model, "named_modules", tuple)()
        if name.endswith("position_embeddings") and getattr(module, "padding_idx", None) is not None
    ]
    return known - max(unused, default=0) if known > 0 else _POSITIONS_WHERE_UNKNOWN


def _unavailable(name: str, kind: ModelKind, error: Exception) -> ModelUnavailableError:
    if Path(name).expanduser().is_dir():
        return ModelUnavailableError(
            f"the folder {name!r} holds no {kind.noun} with its tokenizer ({_first_line(error)})",
            hint="Name a folder that save_pretrained has written both to",
        )
    return ModelUnavailableError(
        f"the model {name!r} is not on this machine and could not be fetched ({_first_line(error)})",
        hint=f"Run hf download {name} where the hub is reached, or {kind.instead}",
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep transformers from reporting what we say ourselves, or do on purpose."""
    from transformers.utils import logging

    level = logging.get_verbosity()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
