"""Entities by a token classification model."""

from __future__ import annotations

from xner_core.ner.model_tagging import ModelTagger, TransformersTaggerConfig


class TransformersTagger(ModelTagger[TransformersTaggerConfig]):
    """Any token classification model of Hugging Face's form: transformers:MODEL, by name or folder."""

    Config = TransformersTaggerConfig
    argument = "model"
