"""What every aligner can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.types import SentencePair


class Aligner(Protocol):
    """Compares the words of sentence pairs."""

    model_id: str

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[SubwordSimilarity]:
        """Yield the similarities of each pair, in order."""
        ...

    def load(self) -> None:
        """Load the model now, rather than with the first pair."""
        ...

    def release(self) -> None:
        """Let go of the model's memory."""
        ...
