"""Corpora of one language: pairs of which one sentence is still to be translated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from xner_core.corpora.build import ContentIds
from xner_core.errors import CorpusError
from xner_core.languages import UNKNOWN, is_language, language_name, short_code
from xner_core.types import Sentence, SentencePair

Side = Literal["source", "target"]


def one_sided(
    sentences: Iterable[Sentence], side: Side, other_lang: str, where: str, ids: ContentIds | None = None
) -> list[SentencePair]:
    """Pair each sentence with a missing one of the other language.

    Args:
        sentences: The sentences that there are.
        side: Which side of the pairs they are.
        other_lang: BCP 47 code of the missing sentences.
        where: The corpus spec, for errors.
        ids: Makes the ids of the pairs, from the words.

    Raises:
        CorpusError: If the other language is none, or that of a sentence.
    """
    checked_language(other_lang, where)
    ids = ids or ContentIds()
    pairs = []
    for sentence in sentences:
        if sentence.lang != UNKNOWN and short_code(sentence.lang) == short_code(other_lang):
            raise CorpusError(
                f"both sides would be {language_name(other_lang)}",
                where=where,
                hint="Name the language to translate into, or from, with other_lang=",
            )
        missing = Sentence((), other_lang)
        source, target = (sentence, missing) if side == "source" else (missing, sentence)
        pairs.append(SentencePair(ids.next(source.words, target.words), source, target))
    return pairs


def checked_language(code: str, where: str) -> str:
    """Return the code if it is one.

    Raises:
        CorpusError: If it is not a BCP 47 or ISO 639-3 code.
    """
    if code != UNKNOWN and not is_language(code):
        raise CorpusError(
            f"{code!r} is not a language code", where=where, hint="Use BCP 47 or ISO 639-3: de, twi"
        )
    return code
