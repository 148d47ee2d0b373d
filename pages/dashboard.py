"""Dashboard: F1 per language of the projectors."""

import pandas as pd
import streamlit as st

from ui.components.corpus_picker import DEMO, pick_corpus, show_notices
from ui.components.job_panel import comparison
from ui.components.published_table import published_table
from ui.components.views import pick_view
from ui.frame import errors_shown, page
from xner_core.languages import language_name
from xner_core.runs.evaluate import scored_pairs
from xner_core.viz.f1_chart import f1_chart
from xner_core.viz.palette import PROJECTOR_NAMES

_HELP = {
    "F1": "Harmonic mean of precision and recall; an entity counts where span and label are both right.",
    "Precision": "Share of the projected entities that are right.",
    "Recall": "Share of the gold entities that were found.",
    "Gold": "How many entities there are to find: the fewer, the less a figure says.",
}

_VIEWS = {"projectors": "Projectors", "published": "Published figures"}

page("dashboard")
st.header("Dashboard", anchor=False)
view = pick_view(_VIEWS, "show")
if view == "published":
    with errors_shown():
        published_table()
    st.stop()
with errors_shown():
    corpus = pick_corpus()
    scored_pairs(corpus, None)
    result = comparison(corpus)
if result is not None:
    rows = result["rows"]
    if corpus.spec.startswith(DEMO):
        st.caption("A demonstration of 24 sentences a language: its figures say nothing about a language.")
    table = pd.DataFrame(
        {
            "Language": [f"{language_name(row['lang'])} ({row['lang']})" for row in rows],
            "Projector": [PROJECTOR_NAMES[row["projector"]] for row in rows],
            "F1": [row["f1"] for row in rows],
            "Precision": [row["precision"] for row in rows],
            "Recall": [row["recall"] for row in rows],
            "Gold": [row["support"] for row in rows],
            "Sentences": [row["n_sentences"] for row in rows],
        }
    ).sort_values(["Language", "F1"], ascending=[True, False])
    chart, figures = st.columns([3, 2], gap="medium")
    with chart:
        st.plotly_chart(f1_chart(rows), key="f1", alt="F1 per language of heuristic, greedy and ILP")
    with figures:
        st.dataframe(
            table,
            key="figures",
            hide_index=True,
            height=min(40 + 35 * len(table), 700),
            column_config={
                name: st.column_config.NumberColumn(format="%.3f" if name != "Gold" else "%d", help=text)
                for name, text in _HELP.items()
            },
            alt="Precision, recall and F1 of each projector in each language",
        )
    made = result["provenance"]
    st.caption(f"{made['mode']} · {result['n_sentences']} sentences · computed {made['time']}")
show_notices(corpus)
