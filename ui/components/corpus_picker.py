"""Choosing what to look at; every choice lives in the URL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ui import cache, state
from xner_core.corpora.added import KIND, added_corpora
from xner_core.corpora.index import FoundPairs
from xner_core.languages import language_name
from xner_core.types import Corpus, SentencePair

DEMO = "demo"
_STEPS = (
    ("Previous", -1, ":material/chevron_left:", "Shift+Left"),
    ("Next", 1, ":material/chevron_right:", "Shift+Right"),
)
_MAX_LISTED = 100
"""A longer list slows every step down; searching narrows it."""


def pick_corpus() -> Corpus:
    """Let a corpus be chosen or typed in.

    Raises:
        CorpusError: If the typed spec is bad.
    """
    state.follow_url("corpus", DEMO)
    current = str(state.widget_value("corpus"))
    titles = {DEMO: "Demonstration corpus", **_added_titles()}
    typed = [spec for spec in state.remembered_specs() if not spec.startswith(f"{KIND}:")]
    chosen: str | None = st.selectbox(
        "Corpus",
        list(dict.fromkeys([*titles, *typed, current])),
        key="corpus",
        accept_new_options=True,
        format_func=lambda text: titles.get(text, text),
        help="Pick the demonstration corpus or one that was added on the page Corpora, or type a spec: "
        "jsonl:FILE or conll:SOURCE_FILE,TARGET_FILE?source_lang=en&target_lang=de",
    )
    spec = (chosen or DEMO).strip() or DEMO
    state.publish("corpus", spec, DEMO)
    corpus = cache.corpus(spec)
    state.remember_spec(spec)
    return corpus


def pick_language(corpus: Corpus) -> str:
    """Let one of the corpus's target languages be chosen."""
    languages = sorted(corpus.languages, key=language_name)
    state.follow_url("lang", languages[0], languages)
    lang: str = st.selectbox(
        "Target language",
        languages,
        key="lang",
        format_func=lambda code: f"{language_name(code)} ({code})",
    )
    state.publish("lang", lang, languages[0])
    return lang


def search_sentences(corpus: Corpus, lang: str) -> FoundPairs:
    """Let the sentences of a language be searched; what was found, by id."""
    state.follow_url("q", "")
    wanted: str = st.text_input(
        "Search",
        key="q",
        placeholder="text or id",
        help="Shows only the pairs with this text in either sentence, or in their id.",
    )
    state.publish("q", wanted, "")
    return cache.find(corpus, lang, wanted)


def step_on(found: FoundPairs, after: Sequence[str]) -> None:
    """Choose the sentence that follows on the one that is shown, if that is among these; before it is drawn.

    Args:
        found: The sentences.
        after: Ids of those on which the next one is asked for.
    """
    shown = str(state.widget_value("sid"))
    place = found.place(shown) if shown in after else None
    if place is not None and place + 1 < len(found):
        state.set_widget_value("sid", found.id_at(place + 1))


def pick_sentence(corpus: Corpus, lang: str, found: FoundPairs) -> SentencePair | None:
    """Let one of the found sentences be chosen, from a list or step by step; None where there is none."""
    if not found:
        st.info("No sentence has that text. Clear the search to see all.")
        return None
    # The default does not depend on the search: a sentence that was found stays when the search is cleared.
    default = cache.find(corpus, lang).id_at(0)
    state.follow_url("sid", default)
    place = found.place(str(state.widget_value("sid")))
    if place is None:
        place = 0
        state.set_widget_value("sid", found.id_at(0))
    first, last = _listed(len(found), place)
    titles = {
        pair.id: f"{number} · {_first_words(pair)}"
        for number, pair in enumerate(found.stretch(first, last), first + 1)
    }
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sid: str = st.selectbox(
            f"Sentence ({len(found):,})",
            list(titles),
            key="sid",
            format_func=titles.__getitem__,
        )
        for name, step, icon, keys in _STEPS:
            there = place + step
            st.button(
                name,
                key=f"step{step}",
                icon=icon,
                icon_position="left" if step < 0 else "right",
                shortcut=keys,
                width="content",
                disabled=not 0 <= there < len(found),
                on_click=state.set_widget_value,
                args=("sid", found.id_at(max(0, min(there, len(found) - 1)))),
            )
    state.publish("sid", sid, default, drops="entity")
    return found[sid]


def show_notices(corpus: Corpus) -> None:
    """Say what was repaired or guessed while the corpus was read."""
    if corpus.notices:
        with st.expander(f"About this corpus ({len(corpus.notices)})", icon=":material/info:"):
            for notice in corpus.notices:
                st.text(notice)


def _added_titles() -> dict[str, str]:
    """The titles of the added corpora by spec; a title that several have is told apart."""
    corpora = added_corpora().corpora
    often = {title for title, n in Counter(corpus.title for corpus in corpora).items() if n > 1}
    return {
        corpus.spec: f"{corpus.title} ({corpus.name})" if corpus.title in often else corpus.title
        for corpus in corpora
    }


def _first_words(pair: SentencePair) -> str:
    """The beginning of the source sentence, or of the target sentence where that is missing."""
    return " ".join(pair.source.words or pair.target.words)[:100]


def _listed(n: int, place: int) -> tuple[int, int]:
    """The places `[first, last)` that are listed, a quarter of them or more on either side of this one.

    Stepping on leaves the list as it is for half its length, so that it need not be sent and drawn anew.
    """
    half = _MAX_LISTED // 2
    first = max(0, min(place // half * half - half // 2, n - _MAX_LISTED))
    return first, min(n, first + _MAX_LISTED)
