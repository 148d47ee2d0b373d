"""Translating sentences together with their entities, which are marked before and found again after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.tokenization import running_text, words_with_offsets
from xner_core.translation.finding import find_again, spelling_similarity, to_words, trimmed, word_ranges
from xner_core.translation.markers import (
    Form,
    MarkedRange,
    Marks,
    choose_marks,
    read_marks,
    write_marks,
)
from xner_core.translation.translator import STAGE, Translator
from xner_core.types import Entity, Progress, Sentence, Span


class MarkerConfig(ComponentConfig):
    """How entities are marked and found again."""

    markers: Form = Field(
        default="brackets",
        description="Marks around entities: brackets [ ], tags <a> </a>, or slots for models that know them.",
    )
    threshold: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="How alike a marked text and the translation of an entity have to be spelled to match.",
    )
    search_lost: bool = Field(
        default=False,
        description="Look for an entity whose marks were lost by its own translation, word by word.",
    )


@dataclass(frozen=True, slots=True)
class MarkedTranslation:
    """A sentence that was translated with its entities.

    Attributes:
        sentence: The translation; its entities are those that were found again, in order.
        origins: Of each of them, its index among the entities that were to be translated.
        lost: Indices of the entities that were not found again.
        doubled: Indices of the entities that were found more than once; one place was taken.
        searched: Indices of the entities whose marks were lost, but whose translation was there.
    """

    sentence: Sentence
    origins: tuple[int, ...]
    lost: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    searched: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sentence ready to be translated.

    Attributes:
        entities: Indices of the marked entities, in order of the text.
        originals: Their texts.
    """

    text: str
    marks: Marks
    entities: tuple[int, ...]
    originals: tuple[str, ...]


def translate_marked(
    sentences: Sequence[Sentence],
    entities: Sequence[tuple[Entity, ...]],
    target_langs: Sequence[str],
    translator: Translator,
    config: MarkerConfig | None = None,
    progress: Progress | None = None,
) -> list[MarkedTranslation]:
    """Translate sentences with their entities, by marks alone (EasyProject, CROP; see `markers`).

    Brackets do not tell which entity they hold. So every entity is also translated on its own, and
    each marked text belongs to the entity whose translation it resembles (see `find_again`).

    Args:
        sentences: The sentences.
        entities: The entities of each; one that shares a word with an entity before it cannot be
            marked and counts as lost.
        target_langs: The language that each is translated into.
        translator: Translates texts.
        config: How entities are marked and found again.
        progress: Told of the texts translated so far, as the stage `translation`. Entities that need
            not be translated on their own count as done at the end.

    Raises:
        ModelUnavailableError: If the translator is not on this machine.
        ConfigError: If it cannot translate between two of the languages.
    """
    config = config or MarkerConfig()
    marked = [_mark(*pair, config.markers) for pair in zip(sentences, entities, strict=True)]
    groups = _by_languages(sentences, target_langs)
    all_texts = {
        languages: {text for index in indices for text in (marked[index].text, *marked[index].originals)}
        for languages, indices in groups.items()
    }
    total, done = sum(map(len, all_texts.values())), 0
    result: dict[int, MarkedTranslation] = {}
    for languages, indices in groups.items():
        tell = None if progress is None else partial(_tell, progress, total, done)
        translations = _Translations(translator, *languages, tell)
        chosen = [marked[index] for index in indices]
        texts = [one.text for one in chosen]
        alone = [text for one in chosen if not one.marks.numbered for text in one.originals]
        translations.make([*texts, *alone])
        read = [read_marks(translations[one.text], one.marks) for one in chosen]
        translations.make(
            text
            for one, (_, ranges) in zip(chosen, read, strict=True)
            if config.search_lost or any(found.number is None for found in ranges)
            for text in one.originals
        )
        done += len(all_texts[languages])
        if progress is not None and len(translations) < len(all_texts[languages]):
            progress(STAGE, done, total)
        for index, one, (text, ranges) in zip(indices, chosen, read, strict=True):
            result[index] = _found(one, entities[index], text, ranges, languages[1], translations, config)
    return [result[index] for index in range(len(sentences))]


def _tell(progress: Progress, total: int, before: int, done: int) -> None:
    progress(STAGE, before + done, total)


class _Translations:
    """Texts of one language and their translations into another; each is made once."""

    def __init__(
        self, translator: Translator, source_lang: str, target_lang: str, tell: Callable[[int], None] | None
    ) -> None:
        self._translator, self._tell = translator, tell
        self._source_lang, self._target_lang = source_lang, target_lang
        self._made: dict[str, str] = {}

    def make(self, texts: Iterable[str]) -> None:
        missing = [text for text in dict.fromkeys(texts) if text not in self._made]
        if missing:
            found = self._translator.translate(
                missing, self._source_lang, self._target_lang, self._progress()
            )
            self._made.update(zip(missing, found, strict=True))

    def __getitem__(self, text: str) -> str:
        return self._made[text]

    def __len__(self) -> int:
        return len(self._made)

    def _progress(self) -> Progress | None:
        tell, before = self._tell, len(self._made)
        return None if tell is None else lambda _, done, __: tell(before + done)


def _by_languages(
    sentences: Sequence[Sentence], target_langs: Sequence[str]
) -> dict[tuple[str, str], list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for index, (sentence, lang) in enumerate(zip(sentences, target_langs, strict=True)):
        groups.setdefault((sentence.lang, lang), []).append(index)
    return groups


def _mark(sentence: Sentence, entities: Sequence[Entity], form: Form) -> _Marked:
    chosen: list[int] = []
    for index in sorted(range(len(entities)), key=lambda index: entities[index].span):
        if not chosen or entities[chosen[-1]].span.end <= entities[index].span.start:
            chosen.append(index)
    text = running_text(sentence)
    words = word_ranges(sentence.words, text)
    if words is None:  # the text has other words than the sentence
        text = " ".join(sentence.words)
        words = word_ranges(sentence.words, text) or []
    spans = [entities[index].span for index in chosen]
    ranges = [(words[span.start][0], words[span.end - 1][1]) for span in spans]
    marks = choose_marks(form, text, len(ranges))
    originals = tuple(text[start:end] for start, end in ranges)
    return _Marked(write_marks(text, ranges, marks), marks, tuple(chosen), originals)


def _found(
    marked: _Marked,
    entities: Sequence[Entity],
    text: str,
    ranges: Sequence[MarkedRange],
    lang: str,
    translations: _Translations,
    config: MarkerConfig,
) -> MarkedTranslation:
    n = len(marked.entities)
    similarity = np.zeros((n, len(ranges)))
    if n and any(found.number is None for found in ranges):
        alone = [translations[original] for original in marked.originals]
        held = [text[found.start : found.end] for found in ranges]
        similarity = spelling_similarity(held, alone, marked.originals)
    found = find_again(ranges, n, similarity, config.threshold)
    offsets = words_with_offsets(lang, text)
    words = tuple(text[start:end] for start, end in offsets)
    spans = {
        number: trimmed(span, words, marked.originals[number])
        for number, span in to_words(found.places, offsets).items()
    }
    searched = []
    for number in range(n) if config.search_lost else ():
        if number not in spans:
            span = _search(translations[marked.originals[number]], words, lang, spans.values())
            if span is not None:
                spans[number] = span
                searched.append(marked.entities[number])
    ordered = sorted((span, marked.entities[number]) for number, span in spans.items())
    origins = tuple(index for _, index in ordered)
    return MarkedTranslation(
        Sentence(words, lang, tuple(Entity(span, entities[index].label) for span, index in ordered), text),
        origins,
        tuple(index for index in range(len(entities)) if index not in origins),
        tuple(sorted(marked.entities[number] for number in found.doubled if number in spans)),
        tuple(sorted(searched)),
    )


def _search(translation: str, words: Sequence[str], lang: str, taken: Iterable[Span]) -> Span | None:
    """The first place of a translation, word by word and without regard to case, that is not taken."""
    wanted = [translation[start:end].casefold() for start, end in words_with_offsets(lang, translation)]
    present = [word.casefold() for word in words]
    taken = tuple(taken)
    for start in range(len(words) - len(wanted) + 1) if wanted else ():
        span = Span(start, start + len(wanted))
        if present[span.start : span.end] == wanted and not any(map(span.overlaps, taken)):
            return span
    return None
