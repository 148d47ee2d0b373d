"""The alignment score of Politov et al. 2025 (arXiv 2501.18750), and its bounded variant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from numpy.typing import NDArray
from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.scoring.scorer import WithoutModel
from xner_core.scoring.sums import Bounds, block_sums, span_sums
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Span


class AlignmentScoreConfig(ComponentConfig):
    """Options of the alignment score."""

    count: Literal["links", "words"] = Field(
        default="links",
        description="What is counted: links, as published, or words that have one; then no score exceeds 1.",
    )


class AlignmentScore(WithoutModel, Component[AlignmentScoreConfig]):
    """Links between entity and candidate · 2 / (words of the entity + words of the candidate).

    It may exceed 1, because a word may have several links. With `count="words"` it
    is (words of the entity with a link into the candidate + words of the candidate
    with a link into the entity) / (words of both), which lies in [0, 1] and equals
    the former where no word has two links in the pair.
    """

    Config = AlignmentScoreConfig
    argument = "count"

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`."""
        entities = Bounds.of([entity.span for entity in aligned.source_entities])
        spans = Bounds.of(candidates)
        links = aligned.links
        if self.config.count == "links":
            counted = 2 * block_sums(links, entities, spans)
        else:
            counted = _linked_words(links, entities, spans) + _linked_words(links.T, spans, entities).T
        values = counted / (entities.lengths[:, None] + spans.lengths)
        return ScoreMatrix.of({"alignment": ScorePart(values)})


def _linked_words(links: NDArray[Any], inside: Bounds, into: Bounds) -> NDArray[Any]:
    """How many words of each span of rows have a link into each span of columns."""
    has_link = span_sums(links, into) > 0  # (words, into)
    return span_sums(has_link.T, inside).T
