"""Errors: what is wrong with a result, of which kind, and which stage it is owed to."""

import streamlit as st

from ui import cache
from ui.components.corpus_picker import pick_corpus, show_notices
from ui.components.errors_filters import pick_filters
from ui.components.errors_kinds import show_kinds
from ui.components.errors_list import list_errors
from ui.components.errors_rows import ALL, filtered, rows_of
from ui.components.errors_stages import pick_lang, show_stages
from ui.components.job_panel import JobWords, result_of
from ui.components.run_picker import SMALL_CORPUS, pick_name, ready
from ui.frame import errors_shown, page
from xner_core.runs.diagnose import ERRORS
from xner_core.runs.jobs import DiagnosisJob

_WORDS = JobWords("The diagnosis", "Find the errors and what they are owed to", "Projecting again")

page("errors")
st.header("Errors", anchor=False)
with errors_shown():
    where, which, language = st.columns([3, 2, 2])
    with where:
        corpus = pick_corpus()
    if not cache.has_gold(corpus):
        st.info(
            "This corpus has no gold target entities, so nothing can be called an error. Choose another "
            "corpus, or add one with tags of the translations on the page Corpora."
        )
        st.stop()
    with which:
        name = pick_name(corpus, "erun", "Result", "ilp")
    results, found = ready(corpus, [name]), None
    if results is not None:
        [result] = results
        job = DiagnosisJob(result.place, result.manifest)
        found = result_of(job, _WORDS, by_itself=len(corpus.pairs) <= SMALL_CORPUS)
    if found is not None:
        with language:
            lang = pick_lang(found)
        show_stages(found, lang)
        counted = found["overall"] if lang == ALL else found["per_language"][lang]
        if not counted["errors"]:
            st.success("Every entity is right: there is no error to list.")
        elif not (job.folder / ERRORS).exists():
            st.warning("The list of errors was deleted.")
            st.button("Find them again", on_click=lambda: job.start(again=True))
        else:
            show_kinds(counted["errors"], f"ekinds-{result.id}-{lang}")
            st.subheader("Errors", anchor=False)
            rows = rows_of(job.folder / ERRORS)
            filters = pick_filters(rows, lang)
            list_errors(filtered(rows, corpus, filters), found["n_errors"], corpus, result, filters)
        st.caption(f"Computed {found['provenance']['time']} · {found['provenance']['mode']}")
show_notices(corpus)
