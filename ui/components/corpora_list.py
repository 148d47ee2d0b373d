"""The corpora that were added: what they hold, the way to Inspect, and removing one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import state
from ui.components.inspect_link import inspect_link, selected_row
from ui.components.popover_start import popover_start
from xner_core.corpora.added import AddedCorpus, added_corpora, remove_corpus
from xner_core.languages import language_name

_MOST_NAMED = 3
_HELP = {
    "Source gold": "Source sentences whose entities the corpus tells.",
    "Target gold": "Target sentences whose entities the corpus tells: what a projection is compared with.",
    "Links": "Pairs whose word links the corpus tells.",
    "Missing": "Pairs of which one sentence is missing; a translator can make it.",
}


def list_corpora() -> None:
    """Show the added corpora; one is selected."""
    place = state.widget_value(_removed())
    if place is not None:
        st.text(f"Removed. Its sentences are kept in {place}")
    found = added_corpora()
    for notice in found.notices:
        st.text(notice)
    if not found.corpora:
        st.info("No corpus has been added yet. Upload a file, or paste a sentence.")
        return
    event = st.dataframe(
        pd.DataFrame([_row(corpus) for corpus in found.corpora]),
        key="corpora-table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: st.column_config.NumberColumn(help=text) for name, text in _HELP.items()},
        alt="The added corpora with their languages and numbers of sentences",
    )
    row = selected_row(event, len(found.corpora))
    if row is None and len(found.corpora) > 1:
        st.text("Select a row to open or remove a corpus.")
    else:
        _actions(found.corpora[row or 0])


def _row(corpus: AddedCorpus) -> dict[str, object]:
    return {
        "Name": corpus.title,
        "Source": _languages(corpus.source_languages),
        "Target": _languages(corpus.target_languages),
        "Sentences": corpus.n_pairs,
        "Source gold": corpus.n_source_gold,
        "Target gold": corpus.n_target_gold,
        "Links": corpus.n_linked,
        "Missing": corpus.n_pairs - corpus.n_complete,
        "Added": corpus.time.strftime("%Y-%m-%d %H:%M UTC"),
        "From": corpus.origin,
        "Spec": corpus.spec,
    }


def _languages(codes: tuple[str, ...]) -> str:
    named = [f"{language_name(code)} ({code})" for code in codes[:_MOST_NAMED]]
    more = len(codes) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _actions(corpus: AddedCorpus) -> None:
    with st.container(border=True, gap="small"):
        st.text(corpus.title)
        with st.container(horizontal=True, vertical_alignment="center"):
            inspect_link("Open in Inspect", {"corpus": corpus.spec})
            with st.popover("Remove", icon=":material/delete:"):
                popover_start(f"Remove {corpus.title}?", f"remove-start-{corpus.name}")
                st.text("It leaves the list of all who use this app.")
                st.text("Its file is moved to the folder removed/ beside it; nothing is deleted.")
                st.button(
                    "Yes, remove it",
                    key=f"remove-{corpus.name}",
                    on_click=_remove,
                    args=(corpus.name,),
                )


def _remove(name: str) -> None:
    if any(corpus.name == name for corpus in added_corpora().corpora):  # nobody else was quicker
        state.set_widget_value(_removed(), str(remove_corpus(name)))


def _removed() -> str:
    """Where it is remembered what was removed: until the page is left, as a rerun may come at any time."""
    return f"corpora-removed:{state.visits()}"
