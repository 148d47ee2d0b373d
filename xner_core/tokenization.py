"""Cutting plain text into words with spaCy's rule-based tokenisers."""

from __future__ import annotations

from collections.abc import Iterable

from xner_core.languages import short_code

ANY_LANGUAGE = "xx"


def tokenize(lang: str, texts: Iterable[str]) -> tuple[list[tuple[str, ...]], str]:
    """Cut texts into words; white space is no word.

    Args:
        lang: BCP 47 code; a language that spaCy has no rules for gets the multilingual ones.
        texts: The texts.

    Returns:
        The words of each text, and the code of the rules that were used.
    """
    import spacy
    from spacy.util import get_lang_class

    code = short_code(lang)
    try:
        get_lang_class(code)
    except ImportError:
        code = ANY_LANGUAGE
    tokenizer = spacy.blank(code).tokenizer
    return [tuple(t.text for t in doc if not t.is_space) for doc in tokenizer.pipe(texts)], code
