"""Translation models of Hugging Face's form, and how each is told the languages.

M2M100, NLLB and mBART-50 take a code on each side, Marian models of several languages and
MADLAD-400 a mark before the source text, T5 words before it; Marian models of one pair nothing.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from xner_core.errors import ConfigError
from xner_core.languages import UNKNOWN, is_language, language_name, short_code
from xner_core.pretrained.language_codes import closest_code, codes_of
from xner_core.pretrained.loading import ModelKind

TRANSLATOR = ModelKind(
    auto_class="AutoModelForSeq2SeqLM",
    noun="translation model",
    ability="translate",
    example="seq2seq model such as facebook/m2m100_418M",
)
_MADLAD_MARK = re.compile(r"<2([a-z]{2,3}(?:_[A-Z][a-z]{3})?)>")
_MARIAN_MARK = re.compile(r">>([a-z]{2,3}(?:_[A-Za-z]{2,4})?)<<")


class Telling(NamedTuple):
    """What tells a model the languages of a translation.

    Attributes:
        source: Its code of the source language, None where it takes none.
        target: Its code of the target language, None where it takes none.
        prefix: What stands before each source text.
    """

    source: str | None
    target: str | None
    prefix: str


def telling(name: str, tokenizer: Any, source_lang: str, target_lang: str, prefix: str = "") -> Telling:
    """How a model is told to translate between two languages.

    Args:
        name: The model's, for errors.
        tokenizer: The model's.
        source_lang: BCP 47 code.
        target_lang: BCP 47 code.
        prefix: See `filled`; where it is empty, the mark that the model knows for the target
            language, if it knows marks.

    Raises:
        ConfigError: If the model does not know one of the languages.
    """
    codes = codes_of(tokenizer)
    if codes:
        source, target = (known_code(name, lang, codes) for lang in (source_lang, target_lang))
        return Telling(source, target, filled(prefix, source_lang, target_lang))
    if prefix:
        return Telling(None, None, filled(prefix, source_lang, target_lang))
    _check_pair(name, tokenizer, source_lang, target_lang)
    marks = _marks(tokenizer)
    if not marks:
        return Telling(None, None, "")
    return Telling(None, None, marks[known_code(name, target_lang, tuple(marks))] + " ")


def known_code(name: str, lang: str, codes: tuple[str, ...]) -> str:
    """The model's code of a language.

    Raises:
        ConfigError: If it has none.
    """
    code = closest_code(lang, codes)
    if code is None:
        raise ConfigError(
            f"the model {name!r} does not know the language {lang!r}",
            hint="Choose a model that does, such as facebook/nllb-200-distilled-600M, or correct the "
            "language in the corpus",
        )
    return code


def filled(prefix: str, source_lang: str, target_lang: str) -> str:
    """A prefix of source texts for two languages.

    {source} and {target} become the languages' English names, {source_code} and
    {target_code} their codes.
    """
    if "{" not in prefix:
        return prefix
    for place, text in (
        ("{source}", language_name(source_lang)),
        ("{target}", language_name(target_lang)),
        ("{source_code}", source_lang),
        ("{target_code}", target_lang),
    ):
        prefix = prefix.replace(place, text)
    return prefix


def _marks(tokenizer: Any) -> dict[str, str]:
    """The marks that name a target language before a text, by the language's code."""
    tokens = getattr(tokenizer, "supported_language_codes", None) or tokenizer.get_vocab()
    found = {
        match[1]: token
        for token in tokens
        if (match := _MARIAN_MARK.fullmatch(token) or _MADLAD_MARK.fullmatch(token))
    }
    return dict(sorted(found.items()))


def _check_pair(name: str, tokenizer: Any, source_lang: str, target_lang: str) -> None:
    """Refuse other languages than those of a model that says its own, as Marian models do."""
    for side, lang in (("source", source_lang), ("target", target_lang)):
        own = short_code(str(getattr(tokenizer, f"{side}_lang", None) or UNKNOWN))
        # Longer codes may be groups of languages: `gem`, `roa`, `mul`.
        if len(own) == 2 and is_language(own) and closest_code(lang, (own,)) is None:
            raise ConfigError(
                f"the model {name!r} has the {side} language {own!r}, not {lang!r}",
                hint="Choose a model of this pair of languages",
            )
