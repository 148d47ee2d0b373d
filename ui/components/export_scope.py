"""Which sentences are exported, with live counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import streamlit as st

from ui import cache, corrections, state
from xner_core.languages import language_name
from xner_core.review.scope import NO_FILTER, SCOPES, WHAT, Filter, Scope, ScopePicker
from xner_core.types import Corpus, ReviewStatus
from xner_core.viz.event_wording import STATUSES

_ALL = "all"
_TITLES: Mapping[Scope, str] = {
    "all": "All",
    "filtered": "Filtered",
    "reviewed": "Reviewed",
    "edited": "Edited",
    "created": "Not reviewed",
    "approved": "Approved",
    "rejected": "Rejected",
    "needsReview": "Needs review",
}


@dataclass(frozen=True, slots=True)
class PickedScope:
    """The sentences that were chosen.

    Attributes:
        scope: Which.
        lang: Only this target language; all where None.
        looked_for: What the filter finds.
        n: How many there are.
        why_empty: Why there is none; empty where there are some.
    """

    scope: Scope
    lang: str | None
    looked_for: Filter
    n: int
    why_empty: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same for a command of `xner`."""
        told = [f"--scope={self.scope}"]
        told += [] if self.lang is None else [f"--lang={self.lang}"]
        if self.scope == "filtered":
            told += [f"--search={self.looked_for.text}"] if self.looked_for.text else []
            told += [] if self.looked_for.status is None else [f"--status={self.looked_for.status}"]
        return tuple(told)


def pick_scope(corpus: Corpus) -> PickedScope:
    """Let language, scope and filter be chosen; the choices live in the URL."""
    lang = pick_export_language(corpus)
    state.follow_url("scope", "all", SCOPES)
    looked_for = NO_FILTER
    place = st.container()
    if state.widget_value("scope") == "filtered":
        looked_for = _pick_filter()
    picker = _picker(corpus, lang)
    counts = picker.counts(looked_for)
    if state.is_news("scope-counts", str(counts)):  # at other words the browser would take the first one
        state.set_widget_value("scope", state.widget_value("scope"))
    with place:
        scope = st.radio(
            "Sentences",
            SCOPES,
            key="scope",
            format_func=lambda each: f"{_TITLES[each]} ({counts[each]:,})",
            captions=[WHAT[each] for each in SCOPES],
        )
    state.publish("scope", scope, "all")
    n = counts[scope]
    return PickedScope(scope, lang, looked_for, n, "" if n else picker.why_empty(scope, looked_for))


def pick_export_language(corpus: Corpus) -> str | None:
    """Let a target language be chosen, or all."""
    languages = [_ALL, *sorted(corpus.languages, key=language_name)]
    state.follow_url("xlang", _ALL, languages)
    lang: str = st.selectbox(
        "Target language",
        languages,
        key="xlang",
        format_func=lambda code: "all" if code == _ALL else f"{language_name(code)} ({code})",
    )
    state.publish("xlang", lang, _ALL)
    return None if lang == _ALL else lang


def say_empty(picked: PickedScope) -> None:
    """Say why there is nothing to export, and what to do."""
    st.info("There is nothing to export.")
    st.text(f"{picked.why_empty[:1].upper()}{picked.why_empty[1:]}.")
    if picked.scope == "filtered":
        st.text("Search for something else, or choose another status or language.")
    elif picked.scope != "all":
        st.text("Correct or review sentences on the page Inspect, or export all of them.")


def _pick_filter() -> Filter:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        state.follow_url("xq", "")
        text: str = st.text_input(
            "Search",
            key="xq",
            width=190,
            placeholder="text or id",
            help="Only pairs with this text in either sentence or in their id.",
        )
        state.publish("xq", text, "")
        statuses = {_ALL: "all"} | {str(key): name for key, name in STATUSES.items()}
        state.follow_url("xstatus", _ALL, list(statuses))
        status: str = st.selectbox(
            "Status",
            list(statuses),
            key="xstatus",
            width=160,
            format_func=lambda each: statuses.get(each, each),
        )
        state.publish("xstatus", status, _ALL)
    return Filter(text, None if status == _ALL else cast(ReviewStatus, status))


def _picker(corpus: Corpus, lang: str | None) -> ScopePicker:
    store = corrections.store()
    return _made(id(corpus.pairs), str(store.address), store.version(), lang, corpus)


@st.cache_resource(max_entries=8, show_spinner=False)
def _made(number: int, address: str, version: int, lang: str | None, _corpus: Corpus) -> ScopePicker:
    states = corrections.store().states()
    return ScopePicker(cache.index(_corpus), states, lang, corrections.pair_keys(_corpus))
