"""Which errors are listed; every filter lives in the URL, and together they can be kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from ui import state
from ui.components.errors_rows import ALL, COLUMN_OF, FILTERS, SEARCH
from ui.components.popover_start import popover_start
from xner_core.diagnosis.details import DETAILS
from xner_core.diagnosis.steps import STAGES
from xner_core.diagnosis.words import STAGE_TITLES
from xner_core.errors import XnerError
from xner_core.evaluation.spans import KINDS
from xner_core.runs.slices import MOST_CHARACTERS, Slice, all_slices, delete_slice, save_slice


def pick_filters(rows: pd.DataFrame, lang: str) -> dict[str, str]:
    """Let the errors be filtered.

    Args:
        rows: All errors of the result; what does not occur is not offered.
        lang: The language that is chosen already.

    Returns:
        Parameter of the URL → value.
    """
    options: dict[str, tuple[str, Sequence[str], str]] = {
        "ekind": ("Kind", KINDS, "How an entity compares with gold."),
        "edetail": ("More precisely", DETAILS, "What became of it."),
        "estage": ("Owed to", STAGES, "The first stage that, done by gold, settles the error."),
        "elabel": ("Label", sorted(rows["label"].unique()), "The gold label; of a spurious entity its own."),
    }
    filters = {"elang": lang}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for key, (title, values, help) in options.items():
            there = set(rows[COLUMN_OF[key]].unique())
            filters[key] = _pick(key, title, [value for value in values if value in there], help)
        state.follow_url(SEARCH, "")
        filters[SEARCH] = st.text_input(
            "Search",
            key=SEARCH,
            width=190,
            placeholder="text or id",
            help="Only errors of sentences with this text on either side, or in their id.",
        )
        state.publish(SEARCH, filters[SEARCH], "")
        with st.popover("Saved filters", icon=":material/bookmark:"):
            popover_start("Saved filters", "saved-filters-start")
            only = {key: value for key, value in filters.items() if value not in (ALL, "")}
            if rows["lang"].nunique() == 1:
                only.pop("elang", None)  # it leaves nothing out
            _slices(only)
    return filters


def clear_filters() -> None:
    """Let every error be listed; the language stays."""
    for key in FILTERS:
        if key != "elang":
            state.set_widget_value(key, "" if key == SEARCH else ALL)


def _pick(key: str, title: str, values: Sequence[str], help: str) -> str:
    names = {ALL: "all", **(STAGE_TITLES if key == "estage" else {})}
    state.follow_url(key, ALL, [ALL, *values])
    chosen: str = st.selectbox(
        title, [ALL, *values], key=key, width=170, format_func=lambda one: names.get(one, one), help=help
    )
    state.publish(key, chosen, ALL)
    return chosen


def _slices(present: Mapping[str, str]) -> None:
    """Keep the present filters under a name, and find those that were kept."""
    kept = {one.id: one for one in all_slices()}
    if kept:
        chosen: str = st.selectbox("Filters", list(kept), format_func=lambda id: _told_apart(kept, id))
        st.text(_in_words(kept[chosen].filters))
        with st.container(horizontal=True, gap="small"):
            if st.button("Apply", key="eapply", type="primary"):
                state.look_at(**{key: kept[chosen].filters.get(key) for key in FILTERS})
            st.button("Delete", key="edelete", on_click=delete_slice, args=(chosen,))
    else:
        st.text("No filters were saved yet. Choose some, name them and save them.")
    name: str = st.text_input(
        "Save the present filters as",
        key="ename",
        max_chars=MOST_CHARACTERS,
        help="They can be applied to any result; whoever uses this app sees them.",
    )
    st.text(_in_words(present))
    if st.button("Save", key="esave", disabled=not present):
        try:
            save_slice(name, present)
        except XnerError as error:
            st.text(str(error))
        else:
            st.rerun()


def _told_apart(kept: Mapping[str, Slice], id: str) -> str:
    """A name; with its filters where another one is called the same."""
    one = kept[id]
    same = [other for other in kept.values() if other.name == one.name]
    return one.name if len(same) == 1 else f"{one.name} ({_in_words(one.filters)})"


def _in_words(filters: Mapping[str, str]) -> str:
    if not filters:
        return "No filter is chosen."
    shown = ((key, filters[key]) for key in FILTERS if key in filters)
    return " · ".join(STAGE_TITLES.get(value, value) if key == "estage" else value for key, value in shown)
