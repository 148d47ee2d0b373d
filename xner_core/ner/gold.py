"""The entities that the corpus itself has."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.config import Component, ComponentConfig
from xner_core.errors import CorpusError
from xner_core.types import Entity, Sentence


class GoldConfig(ComponentConfig):
    """Gold has no options."""


class GoldTagger(Component[GoldConfig]):
    """The corpus's own source entities."""

    Config = GoldConfig
    model_ids: tuple[str, ...] = ()

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """Return the gold entities.

        Raises:
            CorpusError: If a sentence has none; an empty list of entities is fine.
        """
        for sentence in sentences:
            if sentence.entities is None:
                raise CorpusError(
                    f"the corpus has no source tags for {' '.join(sentence.words[:8])!r}",
                    hint="Choose the ner auto or spacy",
                )
        return [sentence.entities or () for sentence in sentences]

    def release(self) -> None:
        """Nothing is held."""
