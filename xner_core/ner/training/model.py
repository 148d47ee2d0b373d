"""The model that is trained: an encoder with a new layer of tags on top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.ner.training.config import TaggerTrainingConfig
from xner_core.pretrained import ModelKind, load_pretrained, quiet

ENCODER = ModelKind(
    auto_class="AutoModel",
    noun="encoder",
    ability="encode sentences",
    example="model such as google-bert/bert-base-multilingual-cased",
    reads_words=True,
    not_needed=("pooler.",),
    instead="name a folder, or take the encoder e5-small, which is always there",
)
_LAYER = re.compile(r"\b(?:layers?|h|block)\.(\d+)\.")


def new_tagger(name: str, tags: Sequence[str], config: TaggerTrainingConfig) -> tuple[Any, Any]:
    """Put a new layer of tags on an encoder.

    Args:
        name: The encoder's folder, or its name on the Hugging Face hub.
        tags: The tags that are to be learnt, one a column.
        config: How many layers the tagger gets, and which of its weights stay as they are.

    Returns:
        The tokenizer and the model; the weights of the new layer are random.

    Raises:
        ConfigError: If the encoder has fewer layers.
        ModelUnavailableError: If the encoder is not there or cannot be made a tagger.
    """
    tokenizer, encoder = load_pretrained(name, ENCODER)
    if not tokenizer.is_fast or tokenizer.pad_token_id is None:
        raise ModelUnavailableError(
            f"the tokenizer of {name!r} does not tell which subword belongs to which word, or cannot pad",
            hint="Name a model that is saved with its fast tokenizer (tokenizer.json)",
        )
    model = _tagger(name, encoder, _outline(encoder, tags, config))
    _freeze(model, config)
    return tokenizer, model


def _outline(encoder: Any, tags: Sequence[str], config: TaggerTrainingConfig) -> Any:
    """The encoder's own config with the tags and the number of layers."""
    outline = deepcopy(encoder.config)
    n_layers = int(outline.num_hidden_layers)
    wanted = n_layers if config.layers is None else config.layers
    if max(wanted, config.frozen_layers) > n_layers:
        raise ConfigError(
            f"the encoder has {n_layers} layers, not {max(wanted, config.frozen_layers)}",
            hint="Choose fewer layers",
        )
    if wanted < n_layers:
        outline.num_hidden_layers = wanted
    outline.id2label = dict(enumerate(tags))
    outline.label2id = {tag: column for column, tag in enumerate(tags)}
    return outline


def _tagger(name: str, encoder: Any, outline: Any) -> Any:
    from transformers import AutoModelForTokenClassification

    try:
        with quiet():
            model = AutoModelForTokenClassification.from_config(outline)
    except ValueError as error:
        raise ModelUnavailableError(
            f"the model {name!r} cannot be made a tagger ({str(error).splitlines()[0]})",
            hint=f"Name a {ENCODER.example}",
        ) from None
    report = model.base_model.load_state_dict(encoder.state_dict(), strict=False)
    if report.missing_keys:
        raise ModelUnavailableError(
            f"the model {name!r} cannot be made a tagger: it has no {report.missing_keys[0]}",
            hint=f"Name a {ENCODER.example}",
        )
    return model


def _freeze(model: Any, config: TaggerTrainingConfig) -> None:
    """Tell which weights stay as they are."""
    for name, parameter in model.base_model.named_parameters():
        layer = _LAYER.search(name)
        if layer is not None and int(layer[1]) < config.frozen_layers:
            parameter.requires_grad_(False)
    if config.freeze_embeddings:
        model.get_input_embeddings().requires_grad_(False)
