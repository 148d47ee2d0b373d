"""Sentence pairs compared by every layer of an encoder by itself, each sentence encoded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xner_core.alignment.encoder import HiddenStates, Layers
from xner_core.alignment.encoder_aligner import EncoderAligner
from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity
from xner_core.alignment.vectors import comparable
from xner_core.types import Sentence, SentencePair

_PAIRS_PER_CHUNK = 64
"""All layers of these are held at once: 13 layers of the embedded encoder take about 100 MB."""


class Layerwise:
    """The layers of an aligner's encoder, pooled and centred as the aligner's config says.

    It keeps nothing in the memory of encoded sentences that all aligners share: all layers
    of a corpus would push everything else out of it.

    Args:
        aligner: Whose encoder is looked at; a copy of the model is loaded.
        layers: Which layers; 0 is the embedding layer.

    Attributes:
        layers: The layers that are compared.
        default: The layer that the aligner itself compares, None where it is the mean of several.

    Raises:
        ConfigError: If the model does not have the layers.
        ModelUnavailableError: If the model is not there.
    """

    def __init__(self, aligner: EncoderAligner[Any], layers: Layers = "all") -> None:
        self._config = aligner.config
        self._encoder = aligner.encoder(layers)
        self.layers = self._encoder.layers
        own = aligner.config.layer or (self._encoder.default_layer,)
        self.default = own[0] if len(own) == 1 else None

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[list[SubwordSimilarity]]:
        """Yield the similarities of each pair by each layer, in the order of `layers`.

        Raises:
            ConfigError: If a translation model does not know a language.
        """
        for start in range(0, len(pairs), _PAIRS_PER_CHUNK):
            chunk = pairs[start : start + _PAIRS_PER_CHUNK]
            sentences = [sentence for pair in chunk for sentence in (pair.source, pair.target)]
            states = self._encoder.hidden_states(sentences)
            embedded = [self._embed(*each) for each in zip(sentences, states, strict=True)]
            for source, target in zip(embedded[::2], embedded[1::2], strict=True):
                yield [SubwordSimilarity.of(*both) for both in zip(source, target, strict=True)]

    def _embed(self, sentence: Sentence, states: HiddenStates) -> list[SubwordEmbeddings]:
        pooling, centring = self._config.pooling, self._config.centring
        return [
            comparable(values, states.words, len(sentence.words), pooling, centring)
            for values in states.values
        ]
