"""Alignment: which layer and extraction align best, and which links are least certain."""

import streamlit as st

from ui.components.corpus_picker import pick_corpus, pick_language, show_notices
from ui.components.sweep import show_sweep
from ui.components.sweep_picker import new_sweep, pick_run
from ui.components.uncertain_links import uncertain_links
from ui.components.views import pick_view
from ui.frame import errors_shown, page
from xner_core.runs.align_sweep import KIND
from xner_core.runs.saved import saved_runs

_VIEWS = {"sweep": "Layers and extractions", "links": "Least certain links"}

page("alignment")
st.header("Alignment", anchor=False)
with errors_shown():
    where, which = st.columns([3, 2])
    with where:
        corpus = pick_corpus()
    view = pick_view(_VIEWS)
    if view == "links":
        with which:
            lang = pick_language(corpus)
        uncertain_links(corpus, lang)
    else:
        saved = saved_runs(KIND)
        run = pick_run(saved)
        with st.expander("New sweep of this corpus", expanded=run is None, icon=":material/add:"):
            new_sweep(corpus, saved, run)
        if run is not None:
            show_sweep(run)
show_notices(corpus)
