"""Filters of languages: by family, by script, by how much data there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui import state
from ui.components.popover_start import popover_start
from xner_core.language_facts import SOURCES, LanguageFacts, language_facts
from xner_core.languages import short_code

_FILTERS: dict[str, tuple[str, Callable[[LanguageFacts], str]]] = {
    "d-family": ("Family", lambda facts: facts.family),
    "d-script": ("Script", lambda facts: facts.script),
    "d-level": ("Resource class", lambda facts: facts.resources),
}


def filter_languages(langs: Sequence[str]) -> list[str]:
    """Let languages be filtered; the choices live in the URL.

    Args:
        langs: Their codes.

    Returns:
        Those that pass all filters, in their order; all where nothing is chosen.
    """
    facts = {lang: language_facts(lang) for lang in langs}
    chosen: dict[str, list[str]] = {}
    for key, (_, fact_of) in _FILTERS.items():
        options = sorted({fact_of(each) for each in facts.values()})
        state.follow_list(key, (), options)
        chosen[key] = list(state.widget_value(key))
    left = [
        lang
        for lang in langs
        if all(not wanted or _FILTERS[key][1](facts[lang]) in wanted for key, wanted in chosen.items())
    ]
    n_all, n_left = (len({short_code(lang) for lang in group}) for group in (langs, left))
    label = f"Languages: {n_all}" if n_left == n_all else f"Languages: {n_left} of {n_all}"
    with st.popover(label, icon=":material/filter_alt:", help="Show only some languages", key="d-filter"):
        popover_start("Show only", "d-filter-start")
        for key, (title, fact_of) in _FILTERS.items():
            options = sorted({fact_of(each) for each in facts.values()})
            picked = st.multiselect(title, options, key=key, placeholder="any")
            state.publish_list(key, picked, ())
        st.caption(f"{SOURCES} Unknown: the source was not found to say it.")
    return left
