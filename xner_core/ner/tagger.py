"""What every tagger can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import Entity, Sentence


class Tagger(Protocol):
    """Finds entities, in source and in target sentences."""

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """Find the entities of each sentence, in order and without overlap."""
        ...

    @property
    def model_ids(self) -> tuple[str, ...]:
        """Names and versions of the models used so far."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What could not be read so far, one sentence each."""
        ...

    def release(self) -> None:
        """Let go of the models' memory."""
        ...
