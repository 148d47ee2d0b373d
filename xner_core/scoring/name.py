"""A score for names that are spelled alike in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.scoring.scorer import WithoutModel
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Sentence, Span


class NameScoreConfig(ComponentConfig):
    """Options of the name score.

    Method and threshold are measured on the demonstration corpus and MasakhaNER2.
    Partial matching is not offered: a single letter is part of most names.
    """

    method: Literal["ratio", "token_sort"] = Field(
        default="ratio",
        description="What is compared: the letters in order, or the words put into alphabetical order first.",
    )
    threshold: float = Field(default=0.6, ge=0, le=1, description="Scores below it count as 0.")


class NameScore(WithoutModel, Component[NameScoreConfig]):
    """How alike entity and candidate are spelled, both written in Latin letters, in [0, 1].

    1 - (letters to insert or delete to make one the other) / (letters of both), which
    rapidfuzz calls ratio, of the words in ASCII (anyascii) and without regard to case.
    """

    Config = NameScoreConfig
    argument = "method"

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`."""
        from rapidfuzz import fuzz, process

        entities = _spelled(aligned.pair.source, [entity.span for entity in aligned.source_entities])
        spans = _spelled(aligned.pair.target, candidates)
        scorer = fuzz.ratio if self.config.method == "ratio" else fuzz.token_sort_ratio
        values = process.cdist(entities, spans, scorer=scorer, dtype=np.float64) / 100
        # Two words that leave nothing in ASCII would count as equal.
        values[:, np.array([not form for form in spans], dtype=bool)] = 0
        return ScoreMatrix.of({"name": ScorePart(values, threshold=self.config.threshold)})


def _spelled(sentence: Sentence, spans: Iterable[Span]) -> list[str]:
    from anyascii import anyascii

    words = [anyascii(word).casefold() for word in sentence.words]
    return [" ".join(words[span.start : span.end]).strip() for span in spans]
