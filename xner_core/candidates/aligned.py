"""The n-grams that can matter for the alignment score."""

from __future__ import annotations

from xner_core.candidates.ngrams import NgramConfig
from xner_core.config import Component
from xner_core.types import AlignedPair, Span


class AlignedRanges(Component[NgramConfig]):
    """Only the n-grams that begin and end with words linked to one and the same entity.

    Any other n-gram scores less for every entity than the part of it that does, and
    blocks more words, so under the alignment score and at most n projections an
    entity the optimum stays the same. With other scores or with = and >= this is a
    heuristic.
    """

    Config = NgramConfig

    def generate(self, aligned: AlignedPair) -> tuple[Span, ...]:
        """See `CandidateGenerator`."""
        spans = set()
        for entity in aligned.source_entities:
            linked = sorted(
                {
                    target
                    for source, target in aligned.alignment.links
                    if entity.span.start <= source < entity.span.end
                }
            )
            spans |= {
                Span(first, last + 1)
                for i, first in enumerate(linked)
                for last in linked[i:]
                if last - first < self.config.max_words
            }
        return tuple(sorted(spans))
