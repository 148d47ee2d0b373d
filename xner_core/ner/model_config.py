"""Options of taggers that are token classification models, by the hub's name or by their own."""

from __future__ import annotations

from abc import abstractmethod
from typing import Literal

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.ner.labels import LabelMap
from xner_core.ner.token_classifier import Aggregation
from xner_core.ner.trained import TAGGERS
from xner_core.pretrained import Device


class ModelConfig(ComponentConfig):
    """Options of any token classification model."""

    aggregation: Aggregation = Field(
        default="first",
        description="What a word gets from its subwords: the first one's probabilities, as most models are "
        "trained, their mean, or those of the surest subword (max).",
    )
    labels: LabelMap = Field(
        default=None,
        description="The model's labels → ours, as in GPE=LOC,FAC=LOC; others are left out. Where empty, all "
        "as they are.",
    )
    scheme: Literal["IOB2", "IOB1"] = Field(
        default="IOB2",
        description="What I- means to the model: in IOB1 it opens an entity too. IOBES, BILOU and labels "
        "without a prefix are read as they are.",
    )
    device: Device = Field(default="auto", description="Where to compute; auto is CUDA where there is one.")

    @abstractmethod
    def place(self) -> str:
        """The model's folder or its name on the hub.

        Raises:
            ConfigError: If no model is named.
            ModelUnavailableError: If there is none of that name.
        """


class _Model(ComponentConfig):
    model: str | None = Field(default=None, description="A name on the Hugging Face hub, or a folder.")


class _Name(ComponentConfig):
    name: str = Field(default="", description="The name of a model that xner train-ner made.")


class TransformersConfig(ModelConfig, _Model):
    """Options of a token classification model by its name on the hub or its folder."""

    def place(self) -> str:
        """See `ModelConfig`."""
        if not self.model:
            raise ConfigError(
                "the tagger 'transformers' needs a model", hint="Write transformers:MODEL or a folder"
            )
        return self.model


class TrainedConfig(ModelConfig, _Name):
    """Options of a token classification model that was trained on this machine."""

    def place(self) -> str:
        """See `ModelConfig`."""
        known = TAGGERS.known()
        if self.name not in known:
            raise ModelUnavailableError(
                f"there is no trained tagger called {self.name!r}",
                hint=f"Choose from {', '.join(known)}" if known else "Run xner train-ner CORPUS",
            )
        return str(known[self.name])
