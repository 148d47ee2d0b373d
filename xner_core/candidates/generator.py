"""What every candidate generator can do."""

from __future__ import annotations

from typing import Protocol

from xner_core.types import AlignedPair, Span


class CandidateGenerator(Protocol):
    """Proposes target spans."""

    def generate(self, aligned: AlignedPair) -> tuple[Span, ...]:
        """Propose spans, sorted and without repetition."""
        ...
