"""What was done on a corpus: counts, by whom, and each sentence with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from ui import corrections
from ui.components.as_of import tell_later
from ui.components.correction_history import show_history
from ui.components.correction_rows import (
    ALL,
    FILTERS,
    KIND_NAMES,
    Row,
    clear_filters,
    filtered,
    pick_filters,
    rows_of,
)
from ui.components.inspect_link import corpus_parameter, inspect_link, selected_row
from xner_core.corrections.events import SentenceKey, SentenceState
from xner_core.languages import language_name
from xner_core.types import Corpus, SentencePair
from xner_core.viz.event_wording import STATUSES
from xner_core.viz.text import visible

_MOST = 1000
"""More rows than that are slow to send to a browser."""
_HELP = {
    "Status": "What the last reviewer thinks.",
    "Changed": "What anybody changed, even if it was taken back.",
    "By": "Who changed anything, in order of their first change.",
    "Last (UTC)": "When the last change was made.",
}


def show_done(corpus: Corpus) -> None:
    """Draw the counts, the list and the history of a sentence."""
    tell_later(corpus)
    rows = rows_of(corrections.states(corpus))
    if not rows:
        st.info(
            "Nobody has corrected or reviewed a sentence of this corpus yet. Open a sentence on the page "
            "Inspect, or take one from the review queue; what you change there is listed here."
        )
        inspect_link("Open the corpus in Inspect", corpus_parameter(corpus.spec))
        return
    _counts({row.id: row.said for row in rows}, len(corpus.pairs))
    _authors(rows)
    st.subheader("Sentences", anchor=False)
    filters = pick_filters(rows)
    kept = filtered(rows, corpus, filters)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text(f"{len(kept):,} of {len(rows):,} sentences", width="content")
        if any(filters[key] not in (ALL, "") for key in FILTERS):
            st.button("Show all", key="cclear", icon=":material/filter_alt_off:", on_click=clear_filters)
    if not kept:
        st.info("No sentence is left by these filters. Choose others, or show all.")
        return
    if len(kept) > _MOST:
        st.caption(f"The {_MOST:,} that were changed last are listed; filter to see others.")
        kept = kept[:_MOST]
    _list(kept, corpus)


def _counts(states: Mapping[str, SentenceState], n_pairs: int) -> None:
    statuses = Counter(said.status for said in states.values())
    edited = sum(said.is_edited for said in states.values())
    figures = (
        ("Approved", statuses["approved"], "Somebody says that all of it is right."),
        ("Rejected", statuses["rejected"], "Somebody says that the sentence is of no use."),
        ("Needs review", statuses["needsReview"], "Somebody wants another look at it."),
        ("Edited", edited, "Somebody's entities or links hold, whatever the status is."),
        (
            "Not reviewed",
            n_pairs - sum(statuses[each] for each in ("approved", "rejected", "needsReview")),
            "No status was set, in all sentences of the corpus.",
        ),
    )
    with st.container(horizontal=True, gap="medium"):
        for name, n, help in figures:
            st.metric(name, f"{n:,}", help=help, width=130)


def _authors(rows: Sequence[Row]) -> None:
    counts = Counter(name for row in rows for name in row.said.authors)
    with st.expander(f"By whom ({len(counts):,})"):
        st.dataframe(
            pd.DataFrame({"Author": list(counts), "Sentences": list(counts.values())}),
            hide_index=True,
            placeholder="",
            width=420,
            column_config={
                "Sentences": st.column_config.NumberColumn(help="In which they changed anything.")
            },
            alt="Authors and the number of sentences in which each changed anything",
        )


def _list(rows: Sequence[Row], corpus: Corpus) -> None:
    pairs = corrections.pairs_of(corpus, [row.id for row in rows])
    event = st.dataframe(
        pd.DataFrame([_cells(row, pair) for row, pair in zip(rows, pairs, strict=True)]),
        key=f"corrected-{hash(tuple(row.id for row in rows))}",
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(rows), 420),
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: st.column_config.TextColumn(help=text) for name, text in _HELP.items()},
        alt="The sentences that somebody changed, with status, what was changed, by whom and when",
    )
    chosen = selected_row(event, len(rows))
    if chosen is None:
        st.caption("Select a row to read its history and to open it in Inspect. A click on a title sorts.")
    else:
        _one(rows[chosen], pairs[chosen], corpus)


def _cells(row: Row, pair: SentencePair) -> dict[str, str]:
    said = row.said
    return {
        "Id": row.id,
        "Status": STATUSES[said.status],
        "Changed": ", ".join(KIND_NAMES[kind] for kind in row.kinds),
        "By": ", ".join(said.authors),
        "Last (UTC)": "" if said.updated is None else f"{said.updated:%Y-%m-%d %H:%M}",
        "Source": words_of(pair, "source"),
        "Target": words_of(pair, "target"),
        "Note": said.note,
        "Language": language_name(pair.target.lang),
    }


def words_of(pair: SentencePair, side: str) -> str:
    """The words of a sentence as a line."""
    return " ".join(map(visible, (pair.source if side == "source" else pair.target).words))


def _one(row: Row, pair: SentencePair, corpus: Corpus) -> None:
    with st.container(border=True, gap="xsmall"):
        st.text(words_of(pair, "source"))
        st.text(words_of(pair, "target"))
        if row.said.note:
            st.text(f"Note: {row.said.note}")
        key = SentenceKey.of(pair)
        if not pair.is_complete:  # it is translated, so its words are those that were corrected
            key = next((each for each in corrections.store().states() if each.id == pair.id), key)
        show_history(corrections.store().history(key))
        st.caption("Any of these states can be restored on the page Inspect, under History.")
        inspect_link(
            "Open in Inspect", {**corpus_parameter(corpus.spec), "lang": pair.target.lang, "sid": pair.id}
        )
