"""Word alignment by the vectors of an encoder: what all aligners of this kind share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BeforeValidator, Field

from xner_core.alignment.embedding_cache import EMBEDDINGS, Encoded
from xner_core.alignment.encoder import Encoder, HiddenStates, Layers, Precision
from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity
from xner_core.alignment.vectors import Pooling, comparable
from xner_core.config import Component, ComponentConfig
from xner_core.types import Sentence, SentencePair

_PAIRS_PER_CHUNK = 256
"""Enough for even batches; bounds the memory that embeddings take."""


def parse_layers(text: Any) -> Any:
    """Read `7`, `6,8` or `6-8`; what is no text stays as it is."""
    if isinstance(text, int):
        return (text,)
    if not isinstance(text, str):
        return text
    layers: list[Any] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, dash, last = part.partition("-")
        both = first.isdigit() and last.isdigit()
        layers += range(int(first), int(last) + 1) if dash and both else [part]
    return tuple(layers)


Layer = Annotated[int, Field(ge=0)]
LayerOfTwelve = Annotated[int, Field(ge=0, le=12)]
AsLayers = BeforeValidator(parse_layers)


class EncoderConfig(ComponentConfig):
    """Options of alignment by an encoder."""

    layer: Annotated[tuple[Layer, ...], AsLayers] = Field(
        default=(),
        description="The layer whose vectors are compared, or several of which the mean is taken: 7, 6-8 or "
        "6,8. Where empty, the one two thirds of the way up.",
    )
    pooling: Pooling = Field(
        default="none",
        description="Whether subwords are linked (none), or words, each by its subwords' mean or maximum or "
        "by its first subword.",
    )
    centring: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="What share of the sentence's mean vector is taken off each of its vectors: 0 is none, 1 "
        "all of it.",
    )
    precision: Precision = Field(
        default="auto",
        description="Number format of the encoder; auto is the quickest that is at hand: int8 on a "
        "processor, bfloat16 on a GPU.",
    )


ConfigT = TypeVar("ConfigT", bound=EncoderConfig)


class EncoderAligner(Component[ConfigT]):
    """Base of the aligners that compare the vectors of an encoder."""

    gives_links: ClassVar[bool] = False
    learns_from_corpus: ClassVar[bool] = False

    def __init__(self, config: ConfigT | None = None) -> None:
        super().__init__(config)
        self._encoder: Encoder | None = None
        self._loaded_id = self._computed_in = ""

    @property
    def model_id(self) -> str:
        """See `Aligner`; with the number format that it computes in, once it was loaded."""
        return self._name() + self._computed_in

    @abstractmethod
    def _name(self) -> str:
        """What the model is called."""

    @abstractmethod
    def _model(self) -> str:
        """The folder of the model, or its name on the hub."""

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[SubwordSimilarity]:
        """See `Aligner`.

        Raises:
            ConfigError: If the model does not have the layer, or does not know a language.
            ModelUnavailableError: If the model is not there.
        """
        for start in range(0, len(pairs), _PAIRS_PER_CHUNK):
            chunk = pairs[start : start + _PAIRS_PER_CHUNK]
            vectors = self._embed([sentence for pair in chunk for sentence in (pair.source, pair.target)])
            for source, target in zip(vectors[::2], vectors[1::2], strict=True):
                yield SubwordSimilarity.of(source, target)

    def load(self) -> None:
        """See `Aligner`."""
        self._loaded()

    def release(self) -> None:
        """See `Aligner`."""
        self._encoder = None

    def _embed(self, sentences: Sequence[Sentence]) -> list[SubwordEmbeddings]:
        encoder = self._loaded()
        keys = [encoder.key(sentence) for sentence in sentences]
        known = [EMBEDDINGS.get(key) for key in keys]
        missing = {
            key: sentence
            for key, sentence, encoded in zip(keys, sentences, known, strict=True)
            if encoded is None
        }
        fresh = dict(zip(missing, map(_mean, encoder.hidden_states(list(missing.values()))), strict=True))
        for key, encoded in fresh.items():
            EMBEDDINGS.put(key, encoded)
        return [
            comparable(
                *(encoded or fresh[key]), len(sentence.words), self.config.pooling, self.config.centring
            )
            for key, sentence, encoded in zip(keys, sentences, known, strict=True)
        ]

    def encoder(self, layers: Layers) -> Encoder:
        """Load the model, to look at layers of one's own choice.

        Raises:
            ConfigError: If the model does not have the layers.
            ModelUnavailableError: If the model is not there.
        """
        encoder = Encoder(self._model(), layers, self.config.precision)
        self._loaded_id, self._computed_in = encoder.model_id, f" in {encoder.precision}"
        return encoder

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self.encoder(self.config.layer)
        return self._encoder


def _mean(states: HiddenStates) -> Encoded:
    """The mean of the layers."""
    one = len(states.values) == 1
    return Encoded(states.values[0] if one else states.values.mean(axis=0), states.words)
