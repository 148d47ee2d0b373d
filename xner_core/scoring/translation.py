"""The translation score: symmetric direct NMTScore (Vamvas & Sennrich 2022, arXiv 2204.13692)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.pretrained import Device
from xner_core.scoring.seq2seq import Seq2Seq, Text, Translation
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Span


class TranslationScoreConfig(ComponentConfig):
    """Options of the translation score; model and threshold are those of the publications."""

    model: str = Field(
        default="facebook/m2m100_418M",
        description="A seq2seq translation model on the hub or a local folder; it must translate both ways.",
    )
    threshold: float = Field(default=0.1, ge=0, description="Scores below it count as 0.")
    prefix: str = Field(
        default="",
        description="Put before each source text for models as T5: translate {source} to {target}: "
        "with the languages' names, or <2{target_code}> with their codes.",
    )
    batch_size: int = Field(default=16, ge=1, le=4096, description="Texts that are computed at once.")
    device: Device = Field(
        default="auto", description="Where the model computes; auto is CUDA where there is one."
    )


class TranslationScore(Component[TranslationScoreConfig]):
    """How probably a translation model translates entity and candidate into each other (NMTScore).

    sim(A, B) is the mean of P(A|B) / P(A|A) and P(B|A) / P(B|B), where P(A|B) is the
    probability of A as the translation of B to the power 1 / (tokens of A, its end
    included). It may exceed 1. This is the paper's formula; the package nmtscore
    takes each P to the power ln 2 ≈ 0.69, so its figures lie closer to 1.
    """

    Config = TranslationScoreConfig
    argument = "model"
    requires = "a translation model"

    def __init__(self, config: TranslationScoreConfig | None = None) -> None:
        super().__init__(config)
        self._model: Seq2Seq | None = None

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`.

        Raises:
            ModelUnavailableError: If the model is not there or cannot translate.
            ConfigError: If it does not know one of the languages.
        """
        source, target = aligned.pair.source, aligned.pair.target
        a = [Text(source.surface(entity.span), source.lang) for entity in aligned.source_entities]
        b = [Text(target.surface(span), target.lang) for span in candidates]
        shape = (len(a), len(b))
        values = np.zeros(shape)
        if values.size:
            a_from_b = [Translation(y, x) for x in a for y in b]
            b_from_a = [Translation(x, y) for x in a for y in b]
            from_itself = [Translation(x, x) for x in (*a, *b)]
            logs = self._loaded().log_probabilities(a_from_b + b_from_a + from_itself)
            a_given_b = logs[: values.size].reshape(shape)
            b_given_a = logs[values.size : 2 * values.size].reshape(shape)
            a_given_a = logs[2 * values.size :][: len(a)]
            b_given_b = logs[2 * values.size + len(a) :]
            # Ratios of probabilities as differences of logarithms, which do not underflow.
            with np.errstate(over="ignore", invalid="ignore"):
                values = (np.exp(a_given_b - a_given_a[:, None]) + np.exp(b_given_a - b_given_b)) / 2
            if not np.isfinite(values).all():
                raise ConfigError(
                    f"the translation model {self.config.model!r} gives probabilities that are no numbers",
                    where=f"sentence {aligned.pair.id!r}",
                    hint="Choose another model",
                )
        return ScoreMatrix.of({"translation": ScorePart(values, threshold=self.config.threshold)})

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Scorer`."""
        return (self._model.model_id,) if self._model is not None else ()

    def release(self) -> None:
        """See `Scorer`."""
        self._model = None

    def _loaded(self) -> Seq2Seq:
        if self._model is None:
            config = self.config
            self._model = Seq2Seq(config.model, config.device, config.batch_size, config.prefix)
        return self._model
