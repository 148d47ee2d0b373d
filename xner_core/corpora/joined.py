"""Entities from one corpus, translations from another, joined on the text of the target sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import make_corpus
from xner_core.corpora.spec import CorpusSpec, load
from xner_core.errors import CorpusError
from xner_core.languages import short_code
from xner_core.registry import COMPONENTS
from xner_core.types import Corpus, Sentence, SentencePair, WordAlignment

_APOSTROPHES = frozenset("ʹʼʻʽˈ\ua78b\ua78c")
"""Letters by Unicode's classes that are written where others write an apostrophe."""
_LONGEST_EXAMPLE = 60


class JoinedConfig(ComponentConfig):
    """A `joined:` spec has no options of its own: each of its two specs has its own."""


class JoinedLoader(Component[JoinedConfig]):
    """A corpus with entities and a parallel one with translations, joined on the target text.

    Texts are alike if they are without case, punctuation, symbols and white space, in Unicode's
    normal form NFKC. Words and entities are those of the first corpus.
    """

    Config = JoinedConfig
    nested: ClassVar[bool] = True

    def load(self, spec: CorpusSpec) -> Corpus:
        """Load both corpora and join them."""
        tagged, parallel = (load(part) for part in _parts(spec))
        lang = _tagged_language(tagged, spec)
        notices = [*tagged.notices, *parallel.notices]
        turned = _turned(parallel, lang, spec)
        translations: dict[str, SentencePair] = {}
        for pair in turned:
            translations.setdefault(text_key(pair.target), pair)
        if repeated := len(turned) - len(translations):
            times = "1 sentence" if repeated == 1 else f"{repeated:,} sentences"
            notices.append(f"{parallel.spec}: {times} left out, having the same text as one before")
        found = [(pair, translations.get(text_key(pair.target))) for pair in tagged.pairs]
        pairs = [_joined(pair, translation) for pair, translation in found if translation is not None]
        lost = [pair for pair, translation in found if translation is None]
        if not pairs:
            raise CorpusError(
                f"no sentence of {tagged.spec} is in {parallel.spec}",
                where=spec.text,
                hint=f"Both must hold the same sentences; their first ones are {_example(tagged.pairs)} and "
                f"{_example(turned)}",
            )
        notices.append(
            f"{len(pairs):,} of {len(found):,} sentences of {tagged.spec} were found in {parallel.spec}"
        )
        if lost:
            notices.append(f"{len(lost):,} left out, first {lost[0].id}: {_example(lost)}")
        return make_corpus(spec.text, pairs, notices)


def text_key(sentence: Sentence) -> str:
    """What is compared of a sentence: its letters, digits and combining marks, without case.

    A sentence of nothing else is compared by all its characters but white space.
    """
    folded = _normal(_normal("".join(sentence.words)).casefold())
    letters = [c for c in folded if unicodedata.category(c)[0] in "LNM" and c not in _APOSTROPHES]
    # Once more: a mark may stand behind another letter now.
    return _normal("".join(letters)) or "".join(folded.split())


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _parts(spec: CorpusSpec) -> list[str]:
    kinds = "|".join(map(re.escape, COMPONENTS["corpus"]))
    parts = re.split(rf"\|(?=\s*(?:{kinds})(?::|\s*$))", spec.where)
    if len(parts) != 2 or not all(parts) or any(part.strip().startswith("joined:") for part in parts):
        raise CorpusError(
            f"{spec.where!r} is not two corpus specs with a bar between them",
            where=spec.text,
            hint="Write joined:TAGGED_SPEC|PARALLEL_SPEC, each with its own options",
        )
    return parts


def _tagged_language(tagged: Corpus, spec: CorpusSpec) -> str:
    if any(pair.target.entities is None for pair in tagged.pairs):
        raise CorpusError(
            f"{tagged.spec} has target sentences without entities",
            where=spec.text,
            hint="The spec before the bar needs gold entities on its target side",
        )
    if len(tagged.languages) != 1:
        raise CorpusError(
            f"{tagged.spec} has the target languages {', '.join(tagged.languages)}",
            where=spec.text,
            hint="Join one language at a time",
        )
    return short_code(tagged.languages[0])


def _turned(parallel: Corpus, lang: str, spec: CorpusSpec) -> list[SentencePair]:
    """The complete pairs, each with the side in that language as its target."""
    turned = []
    for pair in parallel.pairs:
        if pair.source.is_missing or pair.target.is_missing:
            continue
        match short_code(pair.source.lang) == lang, short_code(pair.target.lang) == lang:
            case False, True:
                turned.append(pair)
            case True, False:
                turned.append(_swapped(pair))
    if not turned:
        langs = sorted({sentence.lang for pair in parallel.pairs for sentence in (pair.source, pair.target)})
        raise CorpusError(
            f"one side of {parallel.spec} must be in {lang!r}, its languages are {', '.join(langs)}",
            where=spec.text,
            hint="Name the languages in the options of both specs, such as lang=, source_lang=, target_lang=",
        )
    return turned


def _swapped(pair: SentencePair) -> SentencePair:
    gold = pair.gold_alignment
    if gold is not None:
        gold = WordAlignment.of(((j, i) for i, j in gold.sure), ((j, i) for i, j in gold.possible))
    return SentencePair(pair.id, pair.target, pair.source, gold, pair.note)


def _joined(tagged: SentencePair, translation: SentencePair) -> SentencePair:
    # Gold links count words, so they hold only for the same words.
    links = translation.gold_alignment if tagged.target.words == translation.target.words else None
    return SentencePair(tagged.id, translation.source, tagged.target, links, tagged.note or translation.note)


def _example(pairs: Sequence[SentencePair]) -> str:
    text = " ".join(pairs[0].target.words)
    return repr(text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…")
