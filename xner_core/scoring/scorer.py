"""What every scorer can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import AlignedPair, ScoreMatrix, Span


class Scorer(Protocol):
    """Scores all entities against all candidates at once."""

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """Return scores of shape (source entities, candidates)."""
        ...
