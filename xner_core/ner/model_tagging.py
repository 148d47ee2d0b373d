"""What all taggers share that are token classification models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from xner_core.config import Component
from xner_core.ner.iob2 import to_iob2
from xner_core.ner.labels import LabelledConfig
from xner_core.ner.model_config import ModelConfig, TrainedConfig, TransformersConfig
from xner_core.ner.token_classifier import TokenClassifier
from xner_core.tags import most_probable_entities
from xner_core.types import Entity, Sentence, SentencePair, TagProbabilities


class TransformersTaggerConfig(LabelledConfig, TransformersConfig):
    """Options of a tagger by the hub's name or by its folder."""


class TrainedTaggerConfig(LabelledConfig, TrainedConfig):
    """Options of a tagger that was trained on this machine."""


ConfigT = TypeVar("ConfigT", bound=ModelConfig)
TaggerConfigT = TypeVar("TaggerConfigT", TransformersTaggerConfig, TrainedTaggerConfig)


class ModelTagging(Component[ConfigT]):
    """Base: holds the model and reads its tags as IOB2."""

    requires = "a token classification model"
    _unseen_are = "words"

    def __init__(self, config: ConfigT | None = None) -> None:
        super().__init__(config)
        self._classifier: TokenClassifier | None = None
        self._model_ids: tuple[str, ...] = ()
        self._unseen = 0

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Tagger`."""
        return self._model_ids

    @property
    def notices(self) -> tuple[str, ...]:
        """See `Tagger`."""
        if not self._unseen:
            return ()
        words = self._unseen_are
        count = f"1 {words[:-1]} is" if self._unseen == 1 else f"{self._unseen} {words} are"
        return (f"{count} empty to the tokenizer of {self.config.place()}, and tagged O",)

    def release(self) -> None:
        """See `Tagger`."""
        self._classifier = None

    def _tags(self, sentences: Sequence[Sentence]) -> Iterator[TagProbabilities]:
        """Tag sentences; the model is loaded before the first.

        Raises:
            ConfigError: If no model is named.
            ModelUnavailableError: If it is not on this machine or cannot tag words.
        """
        if not sentences:
            return
        classifier = self._loaded()
        for values in classifier.probabilities([sentence.words for sentence in sentences]):
            self._unseen += int((values.sum(axis=1) == 0).sum())
            yield to_iob2(classifier.tags, values, labels=self.config.labels, scheme=self.config.scheme)

    def _loaded(self) -> TokenClassifier:
        place = self.config.place()
        if self._classifier is None:
            self._classifier = TokenClassifier(place, self.config.aggregation, self.config.device)
            self._model_ids = (self._classifier.model_id,)
        return self._classifier


class ModelTagger(ModelTagging[TaggerConfigT]):
    """Base of those that find entities."""

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """See `Tagger`; the entities of each word's most probable tag.

        Raises:
            ConfigError: If no model is named.
            ModelUnavailableError: If it is not on this machine or cannot tag words.
        """
        return [self.config.kept(most_probable_entities(tags)) for tags in self._tags(sentences)]


class TargetModelTagger(ModelTagging[ConfigT]):
    """Base of those that tell how probable each tag of the target sentence is."""

    _unseen_are = "target words"

    def probabilities(self, pairs: Sequence[SentencePair]) -> list[TagProbabilities | None]:
        """See `TargetTagger`.

        Raises:
            ConfigError: If no model is named.
            ModelUnavailableError: If it is not on this machine or cannot tag words.
        """
        return list(self._tags([pair.target for pair in pairs]))
