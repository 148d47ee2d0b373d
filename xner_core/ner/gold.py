"""The entities that the corpus itself has."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.config import Component
from xner_core.errors import CorpusError
from xner_core.ner.labels import LabelledConfig
from xner_core.types import Entity, Sentence


class GoldConfig(LabelledConfig):
    """Options of gold entities."""


class GoldTagger(Component[GoldConfig]):
    """The corpus's own entities."""

    Config = GoldConfig
    model_ids: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """Return the gold entities.

        Raises:
            CorpusError: If a sentence has none; an empty list of entities is fine.
        """
        for sentence in sentences:
            if sentence.entities is None:
                raise CorpusError(
                    f"the corpus has no tags for {' '.join(sentence.words[:8])!r}",
                    hint="Choose the ner auto or spacy",
                )
        return [self.config.kept(sentence.entities or ()) for sentence in sentences]

    def release(self) -> None:
        """Nothing is held."""
