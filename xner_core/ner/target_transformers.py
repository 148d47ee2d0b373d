"""Target sentences tagged by a token classification model."""

from __future__ import annotations

from xner_core.ner.model_config import TransformersConfig
from xner_core.ner.model_tagging import TargetModelTagger


class TransformersTargetTagger(TargetModelTagger[TransformersConfig]):
    """Any token classification model of Hugging Face's form: transformers:MODEL, by name or folder."""

    Config = TransformersConfig
    argument = "model"
