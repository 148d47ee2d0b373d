"""Pasting one pair, or one sentence whose partner is missing."""

from __future__ import annotations

import streamlit as st

from ui.components.corpora_languages import pick_language_code
from ui.components.missing_sentence import pick_translator, translated
from ui.frame import errors_shown
from xner_core.corpora.added import KIND, PASTED, add_pasted
from xner_core.tokenization import tokenize
from xner_core.types import Sentence, SentencePair

_LONGEST = 5_000
_ID = "pasted"


def paste() -> None:
    """Let a pair be pasted, looked at and added."""
    st.text("Give a sentence and its translation, or one of the two.")
    sides = []
    for column, side, default in zip(
        st.columns(2, gap="medium"), ("Source", "Target"), ("en", None), strict=True
    ):
        with column:
            lang = pick_language_code(f"{side} language", f"paste-{side.lower()}-lang", default)
            text = st.text_area(
                f"{side} sentence",
                key=f"paste-{side.lower()}",
                max_chars=_LONGEST,
                placeholder="may be left empty where the other one is there",
            )
            sides.append((lang, " ".join(text.split())))
    (source_lang, source_text), (target_lang, target_text) = sides
    if not (source_text or target_text):
        return
    if source_lang is None or target_lang is None:
        st.text("Choose both languages.")
        return
    with errors_shown():
        pair = SentencePair(_ID, _sentence(source_text, source_lang), _sentence(target_text, target_lang))
        shown, parameters = pair, {"corpus": f"{KIND}:{PASTED}", "lang": target_lang, "q": ""}
        if not pair.is_complete:
            translator = pick_translator(pair)
            if translator is not None:
                shown = translated(pair, translator)
                parameters["translator"] = translator
        _show_words(shown)
        if st.button("Add and inspect", key="paste-add", icon=":material/arrow_forward:"):
            # A translation is made again where it is looked at; what is kept is what was pasted.
            parameters["sid"] = add_pasted(pair.source, pair.target).id
            st.switch_page("pages/inspect.py", query_params=parameters)


def _sentence(text: str, lang: str) -> Sentence:
    [words], _ = tokenize(lang, [text])
    return Sentence(words, lang, text=text if words else None)


def _show_words(pair: SentencePair) -> None:
    with st.container(border=True, gap="xsmall"):
        for side, sentence in (("Source", pair.source), ("Target", pair.target)):
            words = " · ".join(sentence.words) if sentence.words else "missing"
            st.text(f"{side} ({len(sentence.words)} words): {words}")
