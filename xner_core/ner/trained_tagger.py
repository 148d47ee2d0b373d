"""Entities, and tags of the target sentence, by a model that `xner train-ner` made."""

from __future__ import annotations

from pathlib import Path

from xner_core.ner.model_config import TrainedConfig
from xner_core.ner.model_tagging import ModelTagger, TargetModelTagger, TrainedTaggerConfig


class TrainedTagger(ModelTagger[TrainedTaggerConfig]):
    """A tagger that was trained on this machine, by its name: trained:NAME."""

    Config = TrainedTaggerConfig
    argument = "name"
    requires = "a model that xner train-ner made"

    @property
    def files(self) -> tuple[Path, ...]:
        """See `Component`: the model's folder."""
        return (Path(self.config.place()),)


class TrainedTargetTagger(TargetModelTagger[TrainedConfig]):
    """A tagger that was trained on this machine, by its name: trained:NAME."""

    Config = TrainedConfig
    argument = "name"
    requires = "a model that xner train-ner made"

    @property
    def files(self) -> tuple[Path, ...]:
        """See `Component`: the model's folder."""
        return (Path(self.config.place()),)
