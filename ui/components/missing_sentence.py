"""A pair of which one sentence is missing: what is there, and having the other one translated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from ui import state
from xner_core.config import Choice
from xner_core.content_store import content_key
from xner_core.errors import XnerError
from xner_core.languages import language_name
from xner_core.registry import COMPONENTS
from xner_core.translation.fill import fill_missing
from xner_core.translation.translator import Translator
from xner_core.types import Corpus, Sentence, SentencePair

_NONE = "none"


def completed(corpus: Corpus, pair: SentencePair) -> tuple[Corpus, SentencePair | None]:
    """Show a pair that lacks a sentence, and let that be translated.

    Returns:
        The corpus under a fingerprint of its own, so that nothing is mixed up that was made from
        different translations, and the pair; None where it still lacks a sentence.
    """
    there, _ = _sides(pair)
    with st.container(border=True, gap="xsmall"):
        st.text(f"{language_name(there.lang)} ({there.lang}): {' '.join(there.words)}")
        if there.entities is not None:
            named = ", ".join(f"{each.label} {there.surface(each.span)}" for each in there.entities)
            st.text(f"Gold entities: {named or 'none'}")
        name = pick_translator(pair)
    if name is None:
        return corpus, None
    whole = translated(pair, name)
    made = content_key(corpus.fingerprint, name, whole.source.words, whole.target.words)
    return replace(corpus, fingerprint=made), whole


def pick_translator(pair: SentencePair) -> str | None:
    """Let one of the translators that are here be chosen; None where none is."""
    there, missing = _sides(pair)
    side = "source" if pair.source.is_missing else "target"
    st.text(f"The {side} sentence ({language_name(missing.lang)}) is missing.")
    names = _available(there.lang, missing.lang)
    if not names:
        st.text(
            f"No translator from {language_name(there.lang)} to {language_name(missing.lang)} is installed. "
            "Install Apertium with this pair of languages (on Debian: apt install apertium, and the package "
            "that apt search apertium- names for it), or translate a whole corpus with xner run --translator."
        )
        return None
    state.follow_url("translator", _NONE, [_NONE, *names])
    name = st.segmented_control(
        "Missing sentence",
        [_NONE, *names],
        key="translator",
        required=True,
        format_func=lambda each: "Leave it missing" if each == _NONE else f"Translate with {each}",
        label_visibility="collapsed",
    )
    state.publish("translator", str(name), _NONE)
    return None if name == _NONE else str(name)


def translated(pair: SentencePair, name: str) -> SentencePair:
    """The pair with its missing sentence translated.

    Raises:
        XnerError: If it cannot be translated.
    """
    there, missing = _sides(pair)
    made = _translation(content_key(name, there.lang, there.words, there.text, missing.lang), name, pair)
    return replace(pair, source=made.source, target=made.target)


@st.cache_resource(max_entries=512, show_spinner="Translating …")
def _translation(key: str, name: str, _pair: SentencePair) -> SentencePair:
    translator: Translator = Choice(name=name).build("translator")
    try:
        [made] = fill_missing([_pair], translator)
    finally:
        translator.release()
    if not made.is_complete:
        raise XnerError(f"{name} gave no translation", hint="Choose another translator")
    return made


def _sides(pair: SentencePair) -> tuple[Sentence, Sentence]:
    """The sentence that is there, and the one that is not."""
    return (pair.target, pair.source) if pair.source.is_missing else (pair.source, pair.target)


def _available(source_lang: str, target_lang: str) -> list[str]:
    """The translators that can work at once between two languages."""
    return [
        name for name in COMPONENTS["translator"] if name != _NONE and _works(name, source_lang, target_lang)
    ]


def _works(name: str, source_lang: str, target_lang: str) -> bool:
    """Whether a translator needs neither an option nor a model that would have to be fetched."""
    translator: Any = Choice(name=name).build("translator")
    if translator.argument:
        value = getattr(translator.config, translator.argument)
        if value is None or (translator.argument == "model" and not _is_here(value)):
            return False
    return bool(translator.supports(source_lang, target_lang))


def _is_here(model: str) -> bool:
    from huggingface_hub import try_to_load_from_cache

    return Path(model).is_dir() or isinstance(try_to_load_from_cache(model, "config.json"), str)
