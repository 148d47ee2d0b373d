"""Sentences that a corpus lacks are translated from those that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from xner_core.errors import ConfigError, CorpusError
from xner_core.languages import UNKNOWN
from xner_core.tokenization import running_text, tokenize
from xner_core.translation.translator import Translator
from xner_core.types import Progress, Sentence, SentencePair


class _Task(NamedTuple):
    """A sentence to translate.

    Attributes:
        pair: Which pair it is of.
        text: What is there.
    """

    pair: int
    text: str


def fill_missing(
    pairs: Sequence[SentencePair], translator: Translator, progress: Progress | None = None
) -> list[SentencePair]:
    """Translate the sentences that are missing and cut them into words; other pairs stay as they are.

    A sentence stays missing where the translator gives nothing for it: see `still_missing`.

    Args:
        pairs: The pairs, in order.
        translator: What translates.
        progress: Told of the missing sentences done so far, as the stage `translation`.

    Raises:
        CorpusError: If both sentences of a pair are missing, or the language of one that is missing or to
            be translated is not known.
        XnerError: If the translator cannot do it; an error of the config names the first sentence.
    """
    tasks: dict[tuple[str, str], list[_Task]] = {}
    for index, pair in enumerate(pairs):
        if pair.source.is_missing or pair.target.is_missing:
            there, missing = _sides(pair)
            tasks.setdefault((there.lang, missing.lang), []).append(_Task(index, running_text(there)))
    total = sum(map(len, tasks.values()))
    filled, done = list(pairs), 0
    for (source_lang, target_lang), group in tasks.items():
        told = _shifted(progress, done, total)
        found = _translated(pairs, group, translator, source_lang, target_lang, told)
        done += len(group)
        words, _ = tokenize(target_lang, found)
        for task, text, tokens in zip(group, found, words, strict=True):
            if tokens:
                sentence = Sentence(tokens, target_lang, text=text)
                pair = pairs[task.pair]
                filled[task.pair] = (
                    replace(pair, source=sentence)
                    if pair.source.is_missing
                    else replace(pair, target=sentence)
                )
    return filled


def back_translate(
    pairs: Sequence[SentencePair], translator: Translator, progress: Progress | None = None
) -> list[SentencePair]:
    """Put in place of each source sentence its translation into the target's language.

    Args:
        pairs: Complete pairs.
        translator: What translates.
        progress: See `fill_missing`.

    Raises:
        CorpusError: If a source sentence is missing or a language is not known.
        XnerError: See `fill_missing`.
    """
    emptied = [replace(pair, target=Sentence((), pair.target.lang)) for pair in pairs]
    filled = fill_missing(emptied, translator, progress)
    return [
        replace(pair, source=back.target, gold_alignment=None)
        for pair, back in zip(pairs, filled, strict=True)
    ]


def still_missing(pairs: Sequence[SentencePair]) -> list[str]:
    """What to say of pairs that lack a sentence after translation, one sentence each."""
    ids = [pair.id for pair in pairs if pair.source.is_missing or pair.target.is_missing]
    if not ids:
        return []
    who = "1 sentence has" if len(ids) == 1 else f"{len(ids)} sentences have"
    return [f"{who} no translation, because the translator gave none (first: sentence {ids[0]!r})."]


def _sides(pair: SentencePair) -> tuple[Sentence, Sentence]:
    """The sentence that is there and the one that is missing."""
    where = f"sentence {pair.id!r}"
    if pair.source.is_missing and pair.target.is_missing:
        raise CorpusError("both sentences are missing", where=where, hint="A pair needs one of the two")
    there, missing = (pair.target, pair.source) if pair.source.is_missing else (pair.source, pair.target)
    for sentence, what in ((there, "to translate from"), (missing, "to translate into")):
        if sentence.lang == UNKNOWN:
            raise CorpusError(f"the language {what} is not known", where=where, hint="Name it in the corpus")
    return there, missing


def _translated(
    pairs: Sequence[SentencePair],
    group: Sequence[_Task],
    translator: Translator,
    source_lang: str,
    target_lang: str,
    progress: Progress | None,
) -> list[str]:
    texts = [task.text for task in group]
    try:
        return translator.translate(texts, source_lang, target_lang, progress)
    except ConfigError as error:
        where = error.where or f"sentence {pairs[group[0].pair].id!r}"
        raise ConfigError(error.what, where=where, hint=error.hint) from None


def _shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    """Progress of one pair of languages as progress of all."""
    if progress is None:
        return None
    return lambda stage, here, _: progress(stage, done + here, total)
