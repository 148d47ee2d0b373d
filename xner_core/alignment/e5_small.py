"""Word alignment with the embedded encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import Field

from xner_core.alignment.embedded import MODEL_ID, embedded_model
from xner_core.alignment.encoder import Encoder, Precision
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.config import Component, ComponentConfig
from xner_core.types import SentencePair

_PAIRS_PER_CHUNK = 256
"""Enough for even batches; bounds the memory that embeddings take."""


class E5SmallConfig(ComponentConfig):
    """Options of the embedded encoder."""

    layer: int = Field(
        default=7, ge=0, le=12, description="The encoder layer whose vectors are compared; 6 to 9 are good."
    )
    precision: Precision = Field(
        default="auto",
        description="Number format of the encoder; auto is bfloat16 where the processor computes in it.",
    )


class E5SmallAligner(Component[E5SmallConfig]):
    """multilingual-e5-small, shipped with the project: needs no download, knows about 100 languages."""

    Config = E5SmallConfig
    model_id = MODEL_ID
    gives_links: ClassVar[bool] = False

    def __init__(self, config: E5SmallConfig | None = None) -> None:
        super().__init__(config)
        self._encoder: Encoder | None = None

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[SubwordSimilarity]:
        """See `Aligner`."""
        encoder = self._loaded()
        for start in range(0, len(pairs), _PAIRS_PER_CHUNK):
            chunk = pairs[start : start + _PAIRS_PER_CHUNK]
            embeddings = encoder.embed([s.words for pair in chunk for s in (pair.source, pair.target)])
            for source, target in zip(embeddings[::2], embeddings[1::2], strict=True):
                yield SubwordSimilarity.of(source, target)

    def load(self) -> None:
        """See `Aligner`."""
        self._loaded()

    def release(self) -> None:
        """See `Aligner`."""
        self._encoder = None

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = Encoder(embedded_model(), self.config.layer, self.config.precision)
        return self._encoder
