"""The codes that a translation model's tokenizer has for languages.

M2M100 writes `de`, NLLB `deu_Latn`, mBART-50 `de_DE`; Marian and T5 have none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from xner_core.languages import UNKNOWN, is_language

_CODE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_SAME = {"nb": "no"}
"""What most corpora call Norwegian is Bokmål."""


def codes_of(tokenizer: Any) -> tuple[str, ...]:
    """The language codes that a tokenizer's `src_lang` and `tgt_lang` take, if it has any."""
    if not hasattr(tokenizer, "src_lang"):
        return ()
    listed = getattr(tokenizer, "lang_code_to_token", None) or tokenizer.extra_special_tokens
    return tuple(code for code in map(str, listed) if _CODE.fullmatch(code))


def token_id(tokenizer: Any, code: str) -> int:
    """The token that stands for a language code."""
    tokens: dict[str, str] = getattr(tokenizer, "lang_code_to_token", None) or {}
    found: int = tokenizer.convert_tokens_to_ids(tokens.get(code, code))
    return found


@lru_cache(maxsize=1024)
def closest_code(lang: str, codes: tuple[str, ...]) -> str | None:
    """The code of a language, or None where there is none.

    Of several codes one with the same script, country and name is preferred: for
    zh-TW `zho_Hant`, for fa `pes_Arab` to `prs_Arab`, for tw `twi_Latn` to `aka_Latn`.

    Args:
        lang: A BCP 47 code.
        codes: The codes to choose from.
    """
    if lang == UNKNOWN or not is_language(lang):
        return None
    wanted = _identity(lang)
    ranked = []
    for position, code in enumerate(codes):
        found = _identity(code)
        if found.broad == wanted.broad:
            unlike = (found.script != wanted.script, found.place != wanted.place, found.name != wanted.name)
            ranked.append((unlike, position, code))
    return min(ranked)[-1] if ranked else None


class _Identity(NamedTuple):
    """A language, the macrolanguage it counts as, and the script and country where it is mostly written."""

    name: str | None
    broad: str | None
    script: str | None
    place: str | None


@lru_cache(maxsize=1024)
def _identity(code: str) -> _Identity:
    import langcodes

    name = langcodes.Language.get(langcodes.standardize_tag(code)).language
    broad = langcodes.Language.get(langcodes.standardize_tag(code, macro=True)).maximize()
    return _Identity(name, _SAME.get(broad.language, broad.language), broad.script, broad.territory)
