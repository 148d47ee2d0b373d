"""Dashboard: how good methods are in each language, of each label, and where they fail."""

import streamlit as st

from ui.components.corpus_picker import DEMO, pick_corpus, show_notices
from ui.components.dashboard_buckets import show_buckets
from ui.components.dashboard_f1 import show_f1
from ui.components.dashboard_labels import show_labels
from ui.components.dashboard_methods import languages_of, pick_methods, pick_published
from ui.components.published_table import published_table
from ui.components.views import pick_view
from ui.frame import errors_shown, page

_VIEWS = {"f1": "F1", "labels": "Labels", "buckets": "Buckets", "published": "Published figures"}

page("dashboard")
st.header("Dashboard", anchor=False)
view = pick_view(_VIEWS, "show")
with errors_shown():
    if view == "published":
        published_table()
        st.stop()
    where, which, beside = st.columns([2, 3, 2], gap="medium")
    with where:
        corpus = pick_corpus()
    with which:
        methods = pick_methods(corpus)
    if corpus.spec.startswith(DEMO):
        st.caption("A demonstration of 24 sentences a language: its figures say nothing about a language.")
    if methods is not None:
        if view == "buckets":
            show_buckets(methods)
        else:
            with beside:
                published = pick_published(languages_of(methods))
            (show_f1 if view == "f1" else show_labels)(methods, published)
        made = methods[0].result.manifest.provenance
        n = methods[0].run.n
        st.caption(
            f"{made['mode']} · {n:,} sentences · intervals: 95 % of 1,000 draws of the sentences with "
            f"replacement (seed 0) · first run of {made['time']}"
        )
show_notices(corpus)
