"""Choosing a language by its code."""

from __future__ import annotations

import streamlit as st

from xner_core.languages import is_language, language_name

_COMMON = (
    "af am ar as az be bem bg bn bs ca cs cy da de ee el en es et eu fa fi fon fr ga gl gu ha he hi hr hu hy "
    "id ig is it ja ka kk km kn ko ky lg lo lt luo lv mk ml mn mr ms mt my nb ne nl nn nso ny or pa pl ps pt "
    "ro ru rw sd si sk sl sn so sq sr st sv sw ta te tg th ti tk tl tn tr tw ug uk ur uz vi wo xh yo zh zu"
)
"""Shown in the list; any other code can be typed."""


def pick_language_code(label: str, key: str, default: str | None = None, help: str = "") -> str | None:
    """Let a language be chosen, or its code or name be typed; None where there is none yet."""
    codes = sorted(_COMMON.split(), key=language_name)
    code: str | None = st.selectbox(
        label,
        codes,
        index=None if default is None else codes.index(default),
        key=key,
        accept_new_options=True,
        format_func=lambda code: f"{language_name(code)} ({code})" if is_language(code) else code,
        placeholder="choose, or type a code",
        help=f"{help} Any BCP 47 or ISO 639-3 code can be typed: gsw, pt-BR.".strip(),
    )
    if code is None or not code.strip():
        return None
    found = language_code(code)
    if found is None:
        st.text(f"{code!r} is no language that is known. Type a BCP 47 or ISO 639-3 code: de, twi")
    return found


def language_code(text: str) -> str | None:
    """The code that is meant by a code or by a language's name, in any language; None where it is neither."""
    import langcodes

    text = text.strip()
    if is_language(text):
        return text
    try:
        return str(langcodes.find(text))
    except LookupError:
        return None
