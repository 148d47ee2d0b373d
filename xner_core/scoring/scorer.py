"""What every scorer can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import AlignedPair, ScoreMatrix, Span


class Scorer(Protocol):
    """Scores all entities against all candidates at once."""

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """Return finite scores of shape (source entities, candidates) and the parts they are made of.

        Raises:
            ConfigError: If the pair lacks what the score is computed from.
        """
        ...

    @property
    def model_ids(self) -> tuple[str, ...]:
        """Names of the models used so far."""
        ...

    def release(self) -> None:
        """Let go of the models' memory."""
        ...


class WithoutModel:
    """The part of `Scorer` that is the same for all scores that need no model of their own."""

    model_ids: tuple[str, ...] = ()

    def release(self) -> None:
        """Nothing is held."""
