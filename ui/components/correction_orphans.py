"""Corrected sentences whose words are no longer in the corpus: shown, kept, applied to nothing."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from ui import corrections
from ui.components.correction_done import words_of
from ui.components.correction_history import show_history
from ui.components.inspect_link import selected_row
from xner_core.corrections.store import CorrectionStore
from xner_core.review.orphans import Orphan, orphans_file
from xner_core.types import Corpus
from xner_core.viz.event_wording import STATUSES

_WHY = {"other words": "its id has other words now", "no such id": "its id is no more in the corpus"}


def show_orphans(corpus: Corpus) -> None:
    """List them with what was said; let them be downloaded."""
    store = corrections.store()
    found = corrections.orphans_of(corpus)
    if not found:
        st.info(
            "Every sentence that was corrected here is still in the corpus as it was. When a sentence of the "
            "corpus changes, what was said of its old words is listed here and never applied to the new ones."
        )
        return
    st.text(
        f"{len(found):,} corrected {'sentence is' if len(found) == 1 else 'sentences are'} no longer in the "
        "corpus. What was said of them is kept, and applied to nothing."
    )
    st.download_button(
        "Download as JSON lines",
        data=partial(_file, store, found),
        file_name="orphans.jsonl",
        mime="application/jsonl",
        icon=":material/download:",
        on_click="ignore",
        help="With their words, entities, links and the whole history, in the format that loses nothing. "
        "Load it as a corpus, or import it into one that has these sentences.",
    )
    event = st.dataframe(
        pd.DataFrame([_cells(each) for each in found]),
        key=f"orphans-{hash(tuple(each.stored.key for each in found))}",
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(found), 420),
        on_select="rerun",
        selection_mode="single-row",
        alt="Corrected sentences that are no longer in the corpus, with why, status and authors",
    )
    chosen = selected_row(event, len(found))
    if chosen is None:
        st.caption("Select a row to read what was said of it.")
        return
    pair = found[chosen].stored.pair
    with st.container(border=True, gap="xsmall"):
        for side in ("source", "target"):
            st.text(words_of(pair, side))
        show_history(store.history(found[chosen].stored.key))


def _cells(orphan: Orphan) -> dict[str, str]:
    state, pair = orphan.state, orphan.stored.pair
    return {
        "Id": pair.id,
        "Why": _WHY[orphan.why],
        "Status": STATUSES[state.status],
        "By": ", ".join(state.authors),
        "Last (UTC)": "" if state.updated is None else f"{state.updated:%Y-%m-%d %H:%M}",
        "Source": words_of(pair, "source"),
        "Target": words_of(pair, "target"),
        "Note": state.note,
    }


def _file(store: CorrectionStore, found: list[Orphan]) -> bytes:
    return orphans_file(found, store.histories([each.stored.key for each in found]))
