"""What every tagger can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import Entity, Sentence


class Tagger(Protocol):
    """Finds entities."""

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """Find the entities of each sentence, in order and without overlap."""
        ...

    @property
    def model_ids(self) -> tuple[str, ...]:
        """Names and versions of the models used so far."""
        ...

    def release(self) -> None:
        """Let go of the models' memory."""
        ...
