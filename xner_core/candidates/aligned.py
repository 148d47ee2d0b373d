"""The n-grams that can matter for the alignment score."""

from __future__ import annotations

from collections.abc import Iterator

from xner_core.candidates.generator import RuledGenerator
from xner_core.candidates.rules import SpanRules
from xner_core.types import AlignedPair, Span


class AlignedRanges(RuledGenerator[SpanRules]):
    """N-grams between words linked to one entity; proven safe only for the alignment score with ≤ n_proj.

    Any other n-gram scores less for every entity than the part of it that begins and
    ends with linked words, and blocks more words, so under the alignment score and at
    most n projections an entity the optimum stays the same. With other scores, with =
    and >=, or with rules that forbid that part, leaving the others out may cost.
    """

    Config = SpanRules

    def propose(self, aligned: AlignedPair) -> Iterator[Span]:
        """See `RuledGenerator`."""
        for entity in aligned.source_entities:
            linked = sorted(
                {
                    target
                    for source, target in aligned.alignment.links
                    if entity.span.start <= source < entity.span.end
                }
            )
            for i, first in enumerate(linked):
                for last in linked[i:]:
                    if last - first < self.config.max_words:
                        yield Span(first, last + 1)
