"""Words that are frequent and say little, by language."""

from __future__ import annotations

from functools import lru_cache

from xner_core.languages import UNKNOWN, is_language, short_code


@lru_cache(maxsize=512)
def stop_words(lang: str) -> frozenset[str]:
    """Stop words of a language by spaCy's list, in lower case; none where it has no list."""
    import spacy.util

    if lang == UNKNOWN or not is_language(lang):
        return frozenset()
    try:
        language = spacy.util.get_lang_class(short_code(lang))
    except ImportError:
        return frozenset()
    return frozenset(word.lower() for word in language.Defaults.stop_words)
