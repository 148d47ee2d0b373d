"""The NER score of Politov et al. 2025 (arXiv 2501.18750)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.scoring.scorer import WithoutModel
from xner_core.scoring.sums import Bounds, span_sums
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Span, TagProbabilities


class NerScoreConfig(ComponentConfig):
    """Options of the NER score; the defaults are the published ones."""

    alpha: float = Field(
        default=1.15, ge=1, le=2, description="Longer candidates are favoured by this factor a word."
    )
    threshold: float = Field(default=0.05, ge=0, description="Scores below it count as 0.")
    labels: Literal["own", "any"] = Field(
        default="own",
        description="Whose probability counts: the entity's own label's, or the most probable label's.",
    )


class NerScore(WithoutModel, Component[NerScoreConfig]):
    """How sure a tagger of the target sentence is that the candidate is an entity; ner:any for any label.

    alpha^(words - 1) · mean of P(B-label) at the first word and P(I-label) at the
    others. It may exceed 1. `labels="any"` takes the maximum over the tagger's
    labels (published as *ner_spans*); with `"own"` an entity whose label the tagger
    does not know scores 0.
    """

    Config = NerScoreConfig
    argument = "labels"
    requires = "tag probabilities of the target sentence (target_ner)"

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`.

        Raises:
            ConfigError: If the target sentence was not tagged.
        """
        if aligned.target_tags is None:
            raise ConfigError(
                "the NER score needs a tagger's probabilities for the target sentence, and there are none",
                where=f"sentence {aligned.pair.id!r}",
                hint="Choose a target_ner: transformers:MODEL or file:PATH",
            )
        by_label = self._by_label(aligned.target_tags, Bounds.of(candidates))
        none = np.zeros(len(candidates))
        if self.config.labels == "any":
            best = np.max(list(by_label.values()), axis=0) if by_label else none
            rows = [best for _ in aligned.source_entities]
        else:
            rows = [by_label.get(entity.label, none) for entity in aligned.source_entities]
        values = np.array(rows, dtype=np.float64).reshape(len(rows), len(candidates))
        return ScoreMatrix.of({"ner": ScorePart(values, threshold=self.config.threshold)})

    def _by_label(self, tags: TagProbabilities, spans: Bounds) -> dict[str, NDArray[np.float64]]:
        """Label → its score of every candidate, shape (candidates,)."""
        columns = dict(zip(tags.tags, tags.values.T.astype(np.float64), strict=True))
        labels = sorted({tag[2:] for tag in tags.tags if tag[:2] in ("B-", "I-")})
        if not labels:
            return {}
        missing = np.zeros(len(tags.values))  # a tagger may know I-PER without B-PER
        first = np.array([columns.get(f"B-{label}", missing) for label in labels])
        inside = np.array([columns.get(f"I-{label}", missing) for label in labels])
        sums = first[:, spans.starts] + span_sums(inside, Bounds(spans.starts + 1, spans.ends))
        scores = self.config.alpha ** (spans.lengths - 1.0) * sums / spans.lengths
        return dict(zip(labels, scores.clip(0), strict=True))
