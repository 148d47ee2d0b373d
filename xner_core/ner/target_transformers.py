"""Target sentences tagged by a token classification model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.ner.iob2 import to_iob2
from xner_core.ner.token_classifier import Aggregation, TokenClassifier
from xner_core.pretrained import Device
from xner_core.types import SentencePair, TagProbabilities


class TransformersConfig(ComponentConfig):
    """Options of a token classification model."""

    model: str | None = Field(default=None, description="A name on the Hugging Face hub, or a folder.")
    aggregation: Aggregation = Field(
        default="first",
        description="What a word gets from its subwords: the first one's probabilities, as most models are "
        "trained, their mean, or those of the surest subword (max).",
    )
    labels: dict[str, str] | None = Field(
        default=None,
        description="The model's labels → ours; others are left out. Where empty, all as they are.",
    )
    scheme: Literal["IOB2", "IOB1"] = Field(
        default="IOB2",
        description="What I- means to the model: in IOB1 it opens an entity too. IOBES, BILOU and labels "
        "without a prefix are read as they are.",
    )
    device: Device = Field(default="auto", description="Where to compute; auto is CUDA where there is one.")


class TransformersTargetTagger(Component[TransformersConfig]):
    """Any token classification model of Hugging Face's form: transformers:MODEL, by name or folder."""

    Config = TransformersConfig
    argument = "model"
    requires = "a token classification model"

    def __init__(self, config: TransformersConfig | None = None) -> None:
        super().__init__(config)
        self._classifier: TokenClassifier | None = None
        self._model_ids: tuple[str, ...] = ()
        self._unseen = 0

    def probabilities(self, pairs: Sequence[SentencePair]) -> list[TagProbabilities | None]:
        """See `TargetTagger`.

        Raises:
            ConfigError: If no model is named.
            ModelUnavailableError: If it is not on this machine or cannot tag words.
        """
        if not pairs:
            return []
        classifier = self._loaded()
        found: list[TagProbabilities | None] = []
        for values in classifier.probabilities([pair.target.words for pair in pairs]):
            self._unseen += int((values.sum(axis=1) == 0).sum())
            found.append(
                to_iob2(classifier.tags, values, labels=self.config.labels, scheme=self.config.scheme)
            )
        return found

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `TargetTagger`."""
        return self._model_ids

    @property
    def notices(self) -> tuple[str, ...]:
        """See `TargetTagger`."""
        if not self._unseen:
            return ()
        words = "1 target word is" if self._unseen == 1 else f"{self._unseen} target words are"
        return (f"{words} empty to the tokenizer of {self.config.model}, and tagged O",)

    def release(self) -> None:
        """See `TargetTagger`."""
        self._classifier = None

    def _loaded(self) -> TokenClassifier:
        if not self.config.model:
            raise ConfigError(
                "the target_ner 'transformers' needs a model", hint="Write transformers:MODEL or a folder"
            )
        if self._classifier is None:
            self._classifier = TokenClassifier(self.config.model, self.config.aggregation, self.config.device)
            self._model_ids = (self._classifier.model_id,)
        return self._classifier
