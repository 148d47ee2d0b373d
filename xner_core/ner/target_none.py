"""Target sentences are not tagged: most scores and candidates need no tags."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.config import Component, ComponentConfig
from xner_core.types import SentencePair, TagProbabilities


class NoTargetTaggerConfig(ComponentConfig):
    """There is nothing to choose."""


class NoTargetTagger(Component[NoTargetTaggerConfig]):
    """No tagger looks at the target sentences."""

    Config = NoTargetTaggerConfig
    model_ids: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def probabilities(self, pairs: Sequence[SentencePair]) -> list[TagProbabilities | None]:
        """See `TargetTagger`."""
        return [None] * len(pairs)

    def release(self) -> None:
        """Nothing is held."""
