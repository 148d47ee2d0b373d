"""Cutting from entity spans what corpora do not count as part of the name."""

from __future__ import annotations

from xner_core.languages import short_code
from xner_core.types import Sentence, Span

ARTICLES = {
    "en": frozenset({"the", "a", "an"}),
    "fr": frozenset({"le", "la", "les", "l'", "l’", "un", "une"}),
}
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


def trim(span: Span, sentence: Sentence, *, articles: bool, possessive: bool) -> Span | None:
    """Cut a leading article and a trailing possessive off; None where nothing is left."""
    start, end = span.start, span.end
    language = short_code(sentence.lang)
    if articles and sentence.words[start].casefold() in ARTICLES.get(language, ()):
        start += 1
    if possessive and start < end and sentence.words[end - 1].casefold() in POSSESSIVES:
        end -= 1
    return Span(start, end) if start < end else None
