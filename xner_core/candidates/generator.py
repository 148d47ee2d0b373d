"""What every candidate generator can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import Entity, SentencePair, Span, WordAlignment


class CandidateGenerator(Protocol):
    """Proposes target spans."""

    def generate(
        self, pair: SentencePair, source_entities: Sequence[Entity], alignment: WordAlignment
    ) -> tuple[Span, ...]:
        """Propose spans, sorted and without repetition."""
        ...
