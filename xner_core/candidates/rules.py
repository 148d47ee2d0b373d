"""Which spans may be candidates at all: the same rules for every generator."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from pydantic import Field

from xner_core.candidates.stop_words import stop_words
from xner_core.config import ComponentConfig
from xner_core.types import Sentence, Span


class SpanRules(ComponentConfig):
    """Options of every candidate generator.

    By default nothing is forbidden. Measured on the demonstration corpus and MasakhaNER2 (lug,
    twi, ewe): leaving punctuation at the edges out changes F1 by .001 at most, forbidding it
    everywhere costs .02 and more in Twi, and stop words belong to names more often than spaCy's lists
    let one think (.004 to .012 of F1 on the demonstration corpus).
    """

    max_words: int = Field(default=10, ge=1, le=100, description="The longest candidate, in words.")
    punctuation: Literal["allowed", "not at edges", "never"] = Field(
        default="allowed",
        description="Where a candidate may have words that are punctuation or symbols only.",
    )
    stop_words: Literal["allowed", "not alone", "not at edges"] = Field(
        default="allowed",
        description="Where a candidate may have stop words of the target language, by spaCy's lists; a "
        "language without a list has none. Not alone: not every word is one.",
    )

    def keep(self, spans: Iterable[Span], sentence: Sentence) -> tuple[Span, ...]:
        """The spans that the rules allow, sorted and without repetition."""
        # In the order given, not as a set: most generators propose in order, and sorting is then quick.
        chosen = [span for span in dict.fromkeys(spans) if len(span) <= self.max_words]
        if self.punctuation != "allowed":
            marks = [is_punctuation(word) for word in sentence.words]
            everywhere = self.punctuation == "never"
            chosen = [
                s for s in chosen if not (any(marks[s.start : s.end]) if everywhere else _edge(marks, s))
            ]
        if self.stop_words != "allowed":
            known = stop_words(sentence.lang)
            stops = [word.lower() in known for word in sentence.words]  # as spaCy looks them up
            alone = self.stop_words == "not alone"
            chosen = [s for s in chosen if not (all(stops[s.start : s.end]) if alone else _edge(stops, s))]
        return tuple(sorted(chosen))


@lru_cache(maxsize=65536)
def is_punctuation(word: str) -> bool:
    """Whether all characters of a word are punctuation or symbols: Unicode's categories P and S.

    Symbols too, for corpora write quotation marks as accents and bullets as geometric shapes.
    """
    return all(unicodedata.category(character)[0] in "PS" for character in word)


def _edge(marked: list[bool], span: Span) -> bool:
    return marked[span.start] or marked[span.end - 1]
