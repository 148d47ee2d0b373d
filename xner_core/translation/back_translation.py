"""Back-translation: the labelled source sentence in the language of the target sentence.

Politov et al. 2025 (arXiv 2501.18750) align the target sentence with a translation of the
source sentence into the target's language, so that both sides of the alignment are one
language. The entities come along in marks (EasyProject, see `markers`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field, field_validator

from xner_core.config import Choice, Component
from xner_core.translation.marked import MarkedTranslation, MarkerConfig, translate_marked
from xner_core.translation.translator import Translator
from xner_core.types import BackTranslation, Entity, Progress, SentencePair

STAGE = "refinement"
"""What progress is told of."""


class BackTranslationConfig(MarkerConfig):
    """Options of back-translation."""

    translator: str = Field(
        default="apertium", description="What translates, as in transformers:facebook/nllb-200-3.3B."
    )
    translator_options: dict[str, Any] = Field(
        default={}, description='Its options that differ from their defaults, as in {"batch_size": 8}.'
    )

    @field_validator("translator_options", mode="before")
    @classmethod
    def _read_json(cls, value: Any) -> Any:
        """A form or a command line gives text."""
        return json.loads(value or "{}") if isinstance(value, str) else value


class BackTranslator(Component[BackTranslationConfig]):
    """Source sentences are translated into the target's language with their entities, then aligned.

    Target sentence and back-translated sentence are of one language, which is easier to
    align; what the translator loses, no projector can find. Pairs without source entities
    and pairs that lack a sentence stay as they are.
    """

    Config = BackTranslationConfig
    argument = "translator"
    requires = "a translator"

    def __init__(self, config: BackTranslationConfig | None = None) -> None:
        super().__init__(config)
        self._translator: Translator | None = None
        self._model_ids: tuple[str, ...] = ()
        self._entities = self._lost = self._doubled = self._searched = 0

    def refine(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation | None]:
        """See `Refiner`."""
        rows = list(zip(pairs, entities, strict=True))
        chosen = [index for index, (pair, found) in enumerate(rows) if found and pair.is_complete]
        refined: list[BackTranslation | None] = [None] * len(rows)
        carried = self.carry([pairs[i] for i in chosen], [entities[i] for i in chosen], progress)
        for index, one in zip(chosen, carried, strict=True):
            refined[index] = one
        return refined

    def carry(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation]:
        """See `Refiner`."""
        if not pairs:
            return []
        if self._translator is None:
            self._translator = self._built()
        translations = translate_marked(
            [pair.source for pair in pairs],
            entities,
            [pair.target.lang for pair in pairs],
            self._translator,
            self.config,
            None if progress is None else lambda _, done, total: progress(STAGE, done, total),
        )
        self._model_ids = (self._translator.model_id,)
        for translation in translations:
            self._count(translation)
        return [_back_translation(*row) for row in zip(pairs, translations, strict=True)]

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Refiner`: the translator's."""
        return self._model_ids

    @property
    def notices(self) -> tuple[str, ...]:
        """See `Refiner`."""
        counts = (
            (self._lost, "not found again in the back-translation"),
            (self._doubled, "found more than once in the back-translation; one place was taken"),
            (self._searched, "found in the back-translation without marks, by a translation of its own"),
        )
        own = tuple(
            f"{count} of {self._entities} source entities {'was' if count == 1 else 'were'} {what}."
            for count, what in counts
            if count
        )
        return own if self._translator is None else (*own, *self._translator.notices)

    def release(self) -> None:
        """See `Refiner`."""
        if self._translator is not None:
            self._translator.release()

    def _built(self) -> Translator:
        name, options = self.config.translator, self.config.translator_options
        translator: Translator = Choice(name=name, options=options).build("translator")
        return translator

    def _count(self, translation: MarkedTranslation) -> None:
        self._entities += len(translation.origins) + len(translation.lost)
        self._lost += len(translation.lost)
        self._doubled += len(translation.doubled)
        self._searched += len(translation.searched)


def _back_translation(pair: SentencePair, translation: MarkedTranslation) -> BackTranslation:
    return BackTranslation(
        replace(pair, source=replace(translation.sentence, entities=None), gold_alignment=None),
        translation.sentence.entities or (),
        translation.origins,
        translation.lost,
        translation.doubled,
    )
