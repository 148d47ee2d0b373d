"""Gold entities where there are any, a model's elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.config import Component
from xner_core.ner.gold import GoldConfig, GoldTagger
from xner_core.ner.spacy_tagger import SpacyConfig, SpacyTagger
from xner_core.types import Entity, Sentence


class AutoTagger(Component[SpacyConfig]):
    """Gold entities where the corpus has them, spaCy's for the other sentences."""

    Config = SpacyConfig
    notices: tuple[str, ...] = ()

    def __init__(self, config: SpacyConfig | None = None) -> None:
        super().__init__(config)
        self._gold = GoldTagger(GoldConfig(leave_out=self.config.leave_out))
        self._spacy = SpacyTagger(self.config)

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """See `Tagger`."""
        untagged = iter(self._spacy.tag([s for s in sentences if s.entities is None]))
        return [next(untagged) if s.entities is None else self._gold.tag([s])[0] for s in sentences]

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Tagger`."""
        return self._spacy.model_ids

    def release(self) -> None:
        """See `Tagger`."""
        self._spacy.release()
