"""Datasets of the Hugging Face hub, or of a folder in its layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import ContentIds, make_corpus
from xner_core.corpora.hub_columns import TaggedColumns, TextColumn, find_columns
from xner_core.corpora.hub_loading import open_dataset, revision_of
from xner_core.corpora.hub_names import HubName, language_of, parse_name
from xner_core.corpora.hub_rows import tagged_sentences, translated_sentences
from xner_core.corpora.one_sided import Side, checked_language, one_sided
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.languages import short_code
from xner_core.types import Corpus, Sentence, SentencePair

if TYPE_CHECKING:
    from datasets import Dataset


class HubConfig(ComponentConfig):
    """Options of a `hub:` spec."""

    config: str | None = Field(default=None, description="Configuration, where it is not part of the name.")
    split: str = Field(default="test", description="Split to read, such as validation or train[:100].")
    lang: str | None = Field(
        default=None, description="Language code, where the configuration's name is none."
    )
    side: Side = Field(
        default="target",
        description="What the sentences are: target (to be translated and compared with), or source.",
    )
    other_lang: str = Field(default="en", description="Language code of the other side.")
    parallel: str | None = Field(
        default=None, description="Configuration whose sentences, in the same order, are the other side."
    )
    tokens: str | None = Field(default=None, description="Column of words, where several may be it.")
    tags: str | None = Field(default=None, description="Column of tags, where several may be it.")
    labels: str | None = Field(
        default=None, description="Tags that numbers stand for, in order: O,B-PER,I-PER."
    )
    revision: str | None = Field(default=None, description="Branch, tag or commit on the hub.")


class HubLoader(Component[HubConfig]):
    """A dataset of the Hugging Face hub or a folder in its layout: words with tags, or texts in pairs.

    Words with tags are of one language, and a translator makes the other sentences, unless a
    configuration with the same sentences in the other language is known or named (`parallel`).
    Columns are found by what they hold. A dataset made by a script is read from the hub's conversion.
    """

    Config = HubConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read one split of one configuration."""
        name = parse_name(spec.where, self.config.config, spec.text)
        checked_language(self.config.other_lang, spec.text)
        if self.config.lang is not None:
            checked_language(self.config.lang, spec.text)
        notices: list[str] = []
        pairs = self._pairs(name, spec.text, notices)
        complete = [pair for pair in pairs if pair is not None]
        if not complete:
            raise CorpusError(
                f"the split {self.config.split!r} of {name} has no sentence",
                where=spec.text,
                hint="Choose another with split=",
            )
        if skipped := len(pairs) - len(complete):
            rows = "1 row was" if skipped == 1 else f"{skipped:,} rows were"
            notices.append(f"{name}: {rows} skipped, having no words (first: row {pairs.index(None)})")
        return make_corpus(spec.text, complete, notices)

    def _pairs(self, name: HubName, spec: str, notices: list[str]) -> list[SentencePair | None]:
        """One pair a row, None where it has no words."""
        dataset = open_dataset(name, self.config.split, self.config.revision, spec)
        revision = revision_of(name, dataset)
        notices.append(
            f"{name}: {len(dataset):,} rows of the split {self.config.split}"
            + (f", revision {revision}" if revision else "")
        )
        columns = find_columns(dataset, self.config.tokens, self.config.tags, self.config.labels, spec)
        if isinstance(columns, TextColumn):
            return self._paired(self._translations(dataset, columns, name, spec, notices))
        sentences = tagged_sentences(
            dataset, columns, self._language(name, spec, notices), spec, name, notices
        )
        parallel = self.config.parallel or name.known.parallel
        if parallel is None or parallel == name.config:
            return self._alone(sentences, spec)
        others = self._others(HubName(name.path, parallel, name.is_folder), spec, notices)
        if len(others) != len(sentences):
            raise CorpusError(
                f"{name} has {len(sentences):,} rows, {parallel} has {len(others):,}",
                where=spec,
                hint="Two configurations are parallel only row by row",
            )
        return self._paired(zip(others, sentences, strict=True))

    def _language(self, name: HubName, spec: str, notices: list[str]) -> str:
        told = language_of(name)
        lang = self.config.lang or told
        if lang is None:
            raise CorpusError(
                f"the name of {name} does not tell its language", where=spec, hint="Add lang=, as in lang=de"
            )
        if lang == told and name.config not in name.known.configs:
            notices.append(f"{name}: language {lang!r} taken from the configuration's name")
        return lang

    def _alone(self, sentences: list[Sentence], spec: str) -> list[SentencePair | None]:
        there = [sentence for sentence in sentences if not sentence.is_missing]
        pairs = iter(one_sided(there, self.config.side, self.config.other_lang, spec))
        return [None if sentence.is_missing else next(pairs) for sentence in sentences]

    def _others(self, name: HubName, spec: str, notices: list[str]) -> list[Sentence]:
        """The sentences of the parallel configuration."""
        dataset = open_dataset(name, self.config.split, self.config.revision, spec)
        columns = find_columns(dataset, self.config.tokens, self.config.tags, self.config.labels, spec)
        if not isinstance(columns, TaggedColumns):
            raise CorpusError(f"{name} has no tags", where=spec, hint="Name another with parallel=")
        lang = language_of(name) or self.config.other_lang
        return tagged_sentences(dataset, columns, lang, spec, name, notices)

    def _translations(
        self, dataset: Dataset, column: TextColumn, name: HubName, spec: str, notices: list[str]
    ) -> list[tuple[Sentence, Sentence]]:
        """Sentences of the other side and of the own: in the language given, or else not in `other_lang`."""
        first, second = (checked_language(key, spec) for key in column.languages)
        own = self.config.lang or (
            first if short_code(second) == short_code(self.config.other_lang) else second
        )
        if short_code(own) not in map(short_code, (first, second)):
            raise CorpusError(
                f"{name} has no sentences in {own!r}",
                where=spec,
                hint=f"Its languages are {first} and {second}; choose one with lang=",
            )
        both = translated_sentences(dataset, column, name, notices)
        return [(b, a) for a, b in both] if short_code(own) == short_code(first) else both

    def _paired(self, both: Iterable[tuple[Sentence, Sentence]]) -> list[SentencePair | None]:
        """Pairs of (other, own) sentences with their own on the side that was asked for."""
        ids = ContentIds()
        pairs: list[SentencePair | None] = []
        for other, own in both:
            source, target = (other, own) if self.config.side == "target" else (own, other)
            if source.is_missing or target.is_missing:
                pairs.append(None)
            else:
                pairs.append(SentencePair(ids.next(source.words, target.words), source, target))
        return pairs
