"""Corrections: what was done, what to look at next, and how far people agree."""

import streamlit as st

from ui.components.corpus_picker import pick_corpus, show_notices
from ui.components.correction_agreement import show_agreement
from ui.components.correction_done import show_done
from ui.components.correction_orphans import show_orphans
from ui.components.correction_queue import show_queue
from ui.components.correction_similar import show_similar
from ui.components.correction_store import show_store
from ui.components.views import pick_view
from ui.frame import errors_shown, page

_VIEWS = {
    "done": "What was done",
    "queue": "Review queue",
    "similar": "Apply to similar",
    "agreement": "Agreement",
    "orphans": "Orphans",
    "store": "Where it is kept",
}

page("corrections")
st.header("Corrections", anchor=False)
view = pick_view(_VIEWS, "cview")
with errors_shown():
    if view == "store":
        show_store()
        st.stop()
    corpus = pick_corpus()
    {
        "done": show_done,
        "queue": show_queue,
        "similar": show_similar,
        "agreement": show_agreement,
        "orphans": show_orphans,
    }[view](corpus)
show_notices(corpus)
