"""What a language code tells: its name, its writing direction.

Codes are BCP 47 or ISO 639-3 everywhere inside; the codes of data sets and
translation models are converted in their adapters.
"""

from __future__ import annotations

import re
from functools import lru_cache

UNKNOWN = "und"
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=512)
def is_language(code: str) -> bool:
    """Whether `code` is a valid BCP 47 tag of a registered language."""
    import langcodes

    return bool(_CODE.fullmatch(code)) and langcodes.tag_is_valid(code)


@lru_cache(maxsize=512)
def short_code(code: str) -> str:
    """The shortest code of a language without script and region: `eng` and `en-GB` are `en`."""
    import langcodes

    if code == UNKNOWN or not is_language(code):
        return code
    return str(langcodes.Language.get(langcodes.standardize_tag(code)).language)


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """The English name of a language, or the code itself where it has none."""
    import langcodes

    if code == UNKNOWN or not is_language(code):
        return "unknown language" if code == UNKNOWN else code
    return str(langcodes.Language.get(code).display_name("en"))


@lru_cache(maxsize=512)
def direction(code: str) -> str:
    """The writing direction of a language: `"rtl"`, `"ltr"`, or `"auto"` where it is unknown."""
    import langcodes

    if code == UNKNOWN or not is_language(code):
        return "auto"
    return "rtl" if langcodes.Language.get(code).maximize().script in _RTL_SCRIPTS else "ltr"
