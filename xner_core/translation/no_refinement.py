"""Source sentences are aligned as they are."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.types import BackTranslation, Entity, Progress, SentencePair


class NoRefinementConfig(ComponentConfig):
    """There is nothing to choose."""


class NoRefinement(Component[NoRefinementConfig]):
    """Source and target sentence are aligned as they are."""

    Config = NoRefinementConfig
    model_ids: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def refine(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation | None]:
        """See `Refiner`."""
        return [None] * len(pairs)

    def carry(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation]:
        """See `Refiner`.

        Raises:
            ConfigError: If there is a pair: nothing translates here.
        """
        if not pairs:
            return []
        raise ConfigError(
            "the refinement 'none' does not translate",
            where=f"sentence {pairs[0].id!r}",
            hint="Choose back-translation:apertium or another translator",
        )

    def release(self) -> None:
        """Nothing is held."""
