"""Every n-gram is a candidate."""

from __future__ import annotations

from collections.abc import Iterator

from xner_core.candidates.generator import RuledGenerator
from xner_core.candidates.rules import SpanRules
from xner_core.types import AlignedPair, Span


class Ngrams(RuledGenerator[SpanRules]):
    """All n-grams of the target sentence up to max_words."""

    Config = SpanRules

    def propose(self, aligned: AlignedPair) -> Iterator[Span]:
        """See `RuledGenerator`."""
        n = len(aligned.pair.target.words)
        longest = self.config.max_words
        for start in range(n):
            for end in range(start + 1, min(start + longest, n) + 1):
                yield Span(start, end)
