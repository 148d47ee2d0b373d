"""The alignment score of Politov et al. 2025 (arXiv 2501.18750)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xner_core.config import Component, ComponentConfig
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Span


class AlignmentScoreConfig(ComponentConfig):
    """The alignment score has no options."""


class AlignmentScore(Component[AlignmentScoreConfig]):
    """Links between entity and candidate · 2 / (words of the entity + words of the candidate).

    It may exceed 1, because a word may have several links.
    """

    Config = AlignmentScoreConfig

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`."""
        links = aligned.links
        # counts[s, k]: links between entity s and the first k target words
        counts = np.zeros((len(aligned.source_entities), links.shape[1] + 1))
        for row, entity in enumerate(aligned.source_entities):
            counts[row, 1:] = links[entity.span.start : entity.span.end].sum(axis=0).cumsum()
        starts = np.array([span.start for span in candidates], dtype=int)
        ends = np.array([span.end for span in candidates], dtype=int)
        lengths = np.array([len(entity.span) for entity in aligned.source_entities], dtype=float)[:, None]
        values = 2 * (counts[:, ends] - counts[:, starts]) / (lengths + (ends - starts))
        return ScoreMatrix.of({"alignment": ScorePart(values)})
