"""Every n-gram is a candidate."""

from __future__ import annotations

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.types import AlignedPair, Span


class NgramConfig(ComponentConfig):
    """Options of n-gram candidates."""

    max_words: int = Field(default=10, ge=1, le=100, description="The longest candidate, in words.")


class Ngrams(Component[NgramConfig]):
    """All n-grams of the target sentence up to max_words."""

    Config = NgramConfig

    def generate(self, aligned: AlignedPair) -> tuple[Span, ...]:
        """See `CandidateGenerator`."""
        n = len(aligned.pair.target.words)
        longest = self.config.max_words
        return tuple(
            Span(start, end) for start in range(n) for end in range(start + 1, min(start + longest, n) + 1)
        )
