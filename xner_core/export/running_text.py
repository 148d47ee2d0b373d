"""The text of a sentence and where its words stand in it, for formats that count characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xner_core.errors import ExportError
from xner_core.tokenization import is_unspaced, running_text
from xner_core.types import Sentence, Span


@dataclass(frozen=True, slots=True)
class RunningText:
    """A text and its words.

    Attributes:
        text: The text.
        offsets: First code point of each word and the one behind its last, in order; the words
            share no character.
    """

    text: str
    offsets: tuple[tuple[int, int], ...]

    def characters(self, span: Span) -> tuple[int, int]:
        """Where a span stands: `text[start:end]` is its surface."""
        return self.offsets[span.start][0], self.offsets[span.end - 1][1]

    def surface(self, span: Span) -> str:
        """The text of a span."""
        start, end = self.characters(span)
        return self.text[start:end]


def text_of(sentence: Sentence) -> RunningText:
    """The sentence's own text where all its words stand in it, otherwise its words joined.

    Words are joined by single spaces; in languages written without spaces, as these do it.
    """
    if sentence.text is not None:
        offsets = find_words(sentence.text, sentence.words)
        if offsets is not None:
            return RunningText(sentence.text, offsets)
    if is_unspaced(sentence.lang):
        joined = running_text(Sentence(sentence.words, sentence.lang))
        offsets = find_words(joined, sentence.words)
        if offsets is not None:
            return RunningText(joined, offsets)
    joined = " ".join(sentence.words)
    places, at = [], 0
    for word in sentence.words:
        places.append((at, at + len(word)))
        at += len(word) + 1
    return RunningText(joined, tuple(places))


def located(running: RunningText, words: Sequence[str], span: Span) -> tuple[int, int, str]:
    """Where a span stands, and its surface; seen to be the span's words.

    Args:
        running: The text.
        words: All words of the sentence.
        span: Some of them.

    Returns:
        The first code point, the one behind the last, and the text between the two.

    Raises:
        ExportError: If that text is not the words of the span.
    """
    start, end = running.characters(span)
    surface = running.text[start:end]
    if find_words(surface, words[span.start : span.end]) != tuple(
        (first - start, last - start) for first, last in running.offsets[span.start : span.end]
    ):
        raise ExportError(
            f"characters {start} to {end} are {surface!r}, not the words {words[span.start : span.end]!r}"
        )
    return start, end, surface


def find_words(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...] | None:
    """Where words stand in a text, each behind the one before; None where one is not found.

    Only white space may stand between them: a word found further on would be another one.
    """
    offsets, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word)
        offsets.append((start, at))
    return None if text[at:].strip() else tuple(offsets)
