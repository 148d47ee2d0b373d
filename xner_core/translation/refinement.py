"""What every refinement can do: make the source sentence easier to align before it is aligned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import BackTranslation, Entity, Progress, SentencePair


class Refiner(Protocol):
    """Puts another sentence with the same entities in the place of the source sentence."""

    def refine(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation | None]:
        """Refine each pair, in order; None where it is projected over as it is.

        Args:
            pairs: The sentence pairs.
            entities: The source entities of each pair.
            progress: Told of the texts translated so far, as the stage `refinement`.

        Raises:
            ModelUnavailableError: If the engine or its model is not on this machine.
            ConfigError: If there is no such translator, or it does not know the languages.
        """
        ...

    def carry(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation]:
        """Translate each source sentence with its entities, whether or not there is a target sentence.

        Args:
            pairs: The sentence pairs; of the target only the language is looked at.
            entities: The source entities of each pair; there may be none.
            progress: Told of the texts translated so far, as the stage `refinement`.

        Raises:
            ModelUnavailableError: If the engine or its model is not on this machine.
            ConfigError: If it does not translate, or does not know the languages.
        """
        ...

    @property
    def model_ids(self) -> tuple[str, ...]:
        """Names and versions of the models used so far."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What happened to the entities of all pairs refined so far, one sentence each."""
        ...

    def release(self) -> None:
        """Let go of the models' memory."""
        ...
