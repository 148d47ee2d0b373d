"""Compare: two runs or settings over a corpus, and the sentences in which they differ."""

import streamlit as st

from ui import cache
from ui.components.compared_counts import draw_counts, draw_differences, pick_rows, places
from ui.components.compared_sentences import list_sentences
from ui.components.corpus_picker import pick_corpus, show_notices
from ui.components.job_panel import JobWords, result_of
from ui.components.run_picker import pick_name, ready
from ui.frame import errors_shown, page
from xner_core.runs.jobs import RunComparisonJob
from xner_core.viz.compared_wording import conclusion

_WORDS = JobWords("The comparison", "Compare them", "Comparing")

page("compare")
st.header("Compare", anchor=False)
with errors_shown():
    where, first, second = st.columns([3, 2, 2])
    with where:
        corpus = pick_corpus()
    with first:
        a_name = pick_name(corpus, "a", "A", "ilp")
    with second:
        b_name = pick_name(corpus, "b", "B", "greedy")
    if not cache.has_gold(corpus):
        st.info(
            "This corpus has no gold target entities, so no result can be called better. Choose another "
            "corpus, or add one with tags of the translations on the page Corpora."
        )
        st.stop()
    results = ready(corpus, [a_name, b_name])
    compared = None
    if results is not None:
        a, b = results
        compared = result_of(RunComparisonJob(a.manifest, b.manifest), _WORDS, by_itself=True)
    if compared is not None:
        found = places(compared)
        with st.container(border=True):
            st.text(conclusion(compared["overall"], a.name, b.name, compared["level"]))
            for notice in compared["notices"]:
                st.text(notice)
        shown = pick_rows(found)
        draw_differences(shown)
        st.subheader("Who found what", anchor=False)
        st.caption("Select a count to list its sentences; the three lists below the table do the same.")
        draw_counts(shown, f"counts-{a.id}-{b.id}-{len(shown)}")
        st.subheader("Sentences", anchor=False)
        list_sentences(found, a, b)
        st.caption(
            f"Intervals: {compared['level']:.0%} of {compared['draws']:,} draws of the sentences with "
            f"replacement, both runs scored on the same draw (seed {compared['seed']})."
        )
show_notices(corpus)
