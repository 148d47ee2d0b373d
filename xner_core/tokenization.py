"""Cutting text into words, and joining words into text.

Most languages are cut by spaCy's rules. Where words are written without spaces between them,
the dictionaries of ICU (International Components for Unicode) find them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from xner_core.graphemes import cluster_ends
from xner_core.languages import UNKNOWN, is_language, short_code
from xner_core.types import Sentence, Span

ANY_LANGUAGE = "xx"
_UNSPACED_SCRIPTS = frozenset({"Hani", "Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"})
_FIRST_UNSPACED = "\u0e00"
"""All scripts in which words are written without spaces come behind this character."""
_BETWEEN_SPACES = re.compile(r"\S+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_PLAIN_MARKS = {
    ord(mark): plain
    for plain, marks in {
        '"': "“”„‟«»",
        "'": "‘’",
        ",": "،፣",
        ";": "؛፤",
        ":": "፥",
        "?": "؟፧",
        ".": "۔।॥።…",
    }.items()
    for mark in marks
}
"""The detokeniser knows the marks of ASCII; these are put between words in the same way."""
_SPACE_IN_NEGATION = re.compile(r" (?=n't\b)")


def tokenize(lang: str, texts: Iterable[str]) -> tuple[list[tuple[str, ...]], str]:
    """Cut texts into words.

    White space always separates and is no word; nor is what cannot be seen, such as a zero-width
    space alone. No word ends within a grapheme cluster.

    Args:
        lang: BCP 47 code; a language that spaCy has no rules for gets the multilingual ones.
        texts: The texts, without lone surrogates.

    Returns:
        The words of each text, and the code of the rules that were used (see `tokenizer_name`).
    """
    texts = list(texts)
    code = _rules(lang)
    offsets = _offsets(lang, code, texts)
    return [
        tuple(text[start:end] for start, end in words) for text, words in zip(texts, offsets, strict=True)
    ], code


def words_with_offsets(lang: str, text: str) -> list[tuple[int, int]]:
    """Where the words are that `tokenize` finds in a text: their ranges of code points, in order."""
    return _offsets(lang, _rules(lang), [text])[0]


def span_of_characters(offsets: Sequence[tuple[int, int]], start: int, end: int) -> Span | None:
    """The words that a range of characters touches.

    Args:
        offsets: Where the words are, from `words_with_offsets`.
        start: The range's first code point.
        end: The code point behind its last one.

    Returns:
        The words, or None where there is none between the two, as in white space.
    """
    touched = [index for index, (first, last) in enumerate(offsets) if first < end and start < last]
    return Span(touched[0], touched[-1] + 1) if touched else None


def tokenizer_name(lang: str) -> str:
    """What cuts the words of a language, for the reader: `spaCy's en tokeniser`, `ICU's th dictionary`."""
    return f"ICU's {_rules(lang)} dictionary" if is_unspaced(lang) else f"spaCy's {_rules(lang)} tokeniser"


@lru_cache(maxsize=512)
def is_unspaced(lang: str) -> bool:
    """Whether a language is written without spaces between words, as Chinese, Japanese or Thai is."""
    import langcodes

    if lang == UNKNOWN or not is_language(lang):
        return False
    return langcodes.Language.get(lang).maximize().script in _UNSPACED_SCRIPTS


def running_text(sentence: Sentence) -> str:
    """A sentence as a writer would have put it, for a translator.

    It is the sentence's own text where it has one. Otherwise the words are joined with the spaces
    that are usual in its language around punctuation; all their characters are kept.
    """
    if sentence.text is not None:
        return sentence.text
    words = sentence.words
    if is_unspaced(sentence.lang):
        return _unspaced(words)
    return _detokenized(words, short_code(sentence.lang))


@lru_cache(maxsize=512)
def _rules(lang: str) -> str:
    code = short_code(lang)
    if is_unspaced(lang):
        return code
    from spacy.util import get_lang_class

    try:
        get_lang_class(code)
    except ImportError:
        return ANY_LANGUAGE
    return code


def _offsets(lang: str, code: str, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    cuts = map(_icu_cuts, texts) if is_unspaced(lang) else _spacy_cuts(code, texts)
    return [_words(text, allowed) for text, allowed in zip(texts, cuts, strict=True)]


def _words(text: str, cuts: set[int]) -> list[tuple[int, int]]:
    """Ranges between white space and those cuts that are not within a grapheme cluster."""
    words = []
    for piece in _BETWEEN_SPACES.finditer(text):
        start = piece.start()
        for length in cluster_ends(piece.group()):
            end = piece.start() + length
            if end in cuts or end == piece.end():
                if _can_be_seen(text[start:end]):
                    words.append((start, end))
                start = end
    return words


def _can_be_seen(word: str) -> bool:
    return any(unicodedata.category(character) not in {"Cc", "Cf"} for character in word)


def _spacy_cuts(code: str, texts: Sequence[str]) -> Iterable[set[int]]:
    for tokens in _spacy_tokenizer(code).pipe(texts):
        yield {edge for token in tokens for edge in (token.idx, token.idx + len(token))}


@lru_cache(maxsize=8)
def _spacy_tokenizer(code: str) -> Any:
    import spacy

    # By name: the tokenisers that Korean and Vietnamese have by default need packages of their own.
    rule_based = {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}}
    return spacy.blank(code, config=rule_based).tokenizer


def _icu_cuts(text: str) -> set[int]:
    from icu4py.breakers import WordBreaker

    # The script of the text, not the locale, tells ICU which dictionary to look into.
    cuts = accumulate(map(len, WordBreaker(text, "und")))
    return {cut for cut in cuts if not _is_within_katakana(text, cut)}


def _is_within_katakana(text: str, cut: int) -> bool:
    """Rule WB13 of UAX #29, which ICU's dictionary overrules: it cuts foreign names into syllables."""
    return bool(_KATAKANA.match(text, cut - 1) and _KATAKANA.match(text, cut))


def _unspaced(words: Sequence[str]) -> str:
    """Join words; those of other scripts, which stand between spaces, are kept apart."""
    text = ""
    for word in words:
        apart = text and all(c.isalnum() and c < _FIRST_UNSPACED for c in (text[-1], word[0]))
        text += f" {word}" if apart else word
    return text


def _detokenized(words: Sequence[str], code: str) -> str:
    from sacremoses import MosesDetokenizer

    marks = _PLAIN_MARKS if code != "fr" else {k: v for k, v in _PLAIN_MARKS.items() if chr(k) not in "«»"}
    plain = [word.translate(marks) for word in words]
    text: str = MosesDetokenizer(lang=code).detokenize(plain, unescape=False)
    if code == "en":
        text = _SPACE_IN_NEGATION.sub("", text)
    if _squeezed(text) != _squeezed("".join(plain)):
        # It changes a few words on purpose, such as @-@, which machine translation once used.
        return " ".join(words)
    characters = iter(_squeezed("".join(words)))
    return "".join(character if character.isspace() else next(characters) for character in text)


def _squeezed(text: str) -> str:
    return "".join(text.split())
