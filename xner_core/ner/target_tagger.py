"""What every tagger of target sentences can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import SentencePair, TagProbabilities


class TargetTagger(Protocol):
    """Says how probable each tag is for each word of the target sentences."""

    def probabilities(self, pairs: Sequence[SentencePair]) -> list[TagProbabilities | None]:
        """Look at the target sentence of each pair, in order; None where none was looked at."""
        ...

    @property
    def model_ids(self) -> tuple[str, ...]:
        """Names and versions of the models used so far."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What could not be looked at so far, one sentence each."""
        ...

    def release(self) -> None:
        """Let go of the models' memory."""
        ...
