"""Entities by any installed spaCy pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field

from xner_core.config import Component
from xner_core.errors import ModelUnavailableError
from xner_core.languages import short_code
from xner_core.ner.labels import LabelledConfig, LabelMap
from xner_core.ner.trimming import trim
from xner_core.types import Entity, Sentence, Span

ONTONOTES_TO_CONLL = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "DATE": "DATE",
    "MISC": "MISC",
}
_SIZES = ("trf", "lg", "md", "sm")
_UNUSED = ("parser", "lemmatizer", "morphologizer", "attribute_ruler", "tagger", "senter")


class SpacyConfig(LabelledConfig):
    """Options of spaCy taggers."""

    model: str | None = Field(
        default=None,
        description="An installed pipeline; where empty, the largest of the sentence's language.",
    )
    labels: LabelMap = Field(
        default=ONTONOTES_TO_CONLL,
        description="The pipeline's labels → ours, as in PERSON=PER,GPE=LOC; others are left out. Where "
        "empty, all as they are.",
    )
    trim_articles: bool = Field(default=True, description="Cut a leading article off: the Netherlands.")
    trim_possessive: bool = Field(default=True, description="Cut a trailing 's off: Sofia's.")


class SpacyTagger(Component[SpacyConfig]):
    """A spaCy pipeline: spacy:en_core_web_sm, or the largest installed one of the language."""

    Config = SpacyConfig
    argument = "model"
    notices: tuple[str, ...] = ()

    def __init__(self, config: SpacyConfig | None = None) -> None:
        super().__init__(config)
        self._pipelines: dict[str, Any] = {}

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """See `Tagger`.

        Raises:
            ModelUnavailableError: If no pipeline is installed for a language.
        """
        found: list[tuple[Entity, ...]] = [()] * len(sentences)
        for lang in dict.fromkeys(sentence.lang for sentence in sentences):
            nlp = self._pipeline(self.config.model or pipeline_for(lang))
            chosen = [i for i, sentence in enumerate(sentences) if sentence.lang == lang]
            docs = nlp.pipe(_docs(nlp, [sentences[i] for i in chosen]))
            for index, doc in zip(chosen, docs, strict=True):
                found[index] = self.config.kept(self._entities(doc, sentences[index]))
        return found

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Tagger`."""
        return tuple(f"{name} {nlp.meta['version']}" for name, nlp in sorted(self._pipelines.items()))

    def release(self) -> None:
        """See `Tagger`."""
        self._pipelines.clear()

    def _pipeline(self, name: str) -> Any:
        import spacy

        if name not in self._pipelines:
            try:
                self._pipelines[name] = spacy.load(name, exclude=_UNUSED)
            except OSError:
                installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
                raise ModelUnavailableError(
                    f"the spaCy pipeline {name!r} is not installed",
                    hint=f"Run python -m spacy download {name}, or choose an installed one: {installed}",
                ) from None
        return self._pipelines[name]

    def _entities(self, doc: Any, sentence: Sentence) -> Iterable[Entity]:
        for entity in doc.ents:
            labels = self.config.labels
            label = entity.label_ if labels is None else labels.get(entity.label_)
            if not label:
                continue
            span = trim(
                Span(entity.start, entity.end),
                sentence,
                articles=self.config.trim_articles,
                possessive=self.config.trim_possessive,
            )
            if span is not None:
                yield Entity(span, label)


def pipeline_for(lang: str) -> str:
    """The largest installed pipeline of a language.

    Raises:
        ModelUnavailableError: If there is none.
    """
    import spacy.util

    code = short_code(lang)
    installed: list[str] = [name for name in spacy.util.get_installed_models() if name.startswith(f"{code}_")]
    if not installed:
        raise ModelUnavailableError(
            f"no spaCy pipeline for the language {lang!r} is installed",
            hint="Install one (python -m spacy download …), take another ner such as transformers:MODEL, or "
            "use a corpus with tags",
        )

    def rank(name: str) -> tuple[int, str]:
        sizes = [i for i, size in enumerate(_SIZES) if size in name.split("_")]
        return (sizes[0] if sizes else len(_SIZES), name)

    return min(installed, key=rank)


def _docs(nlp: Any, sentences: Iterable[Sentence]) -> Iterable[Any]:
    from spacy.tokens import Doc

    # The corpus's own words, so that spans need no mapping back.
    return (Doc(nlp.vocab, words=list(sentence.words)) for sentence in sentences)
