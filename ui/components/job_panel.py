"""Starting a comparison and watching it, without holding anybody's page up."""

from __future__ import annotations

from typing import Any

import streamlit as st

from xner_core.runs.jobs import ComparisonJob, JobState
from xner_core.types import Corpus

_SMALL_CORPUS = 1000
"""Up to here a comparison takes seconds, so it starts by itself."""


def comparison(corpus: Corpus) -> dict[str, Any] | None:
    """Show the way to the comparison of all projectors; return it once it is there."""
    job = ComparisonJob(corpus)
    state = job.state()
    if state.status == "done":
        return state.result
    n = len(corpus.pairs)
    if state.status == "new" and n <= _SMALL_CORPUS:
        job.start()
    elif state.status == "failed":
        st.error("The comparison failed:", icon=":material/error:")
        st.text(state.error)
    elif state.status == "stopped":
        st.warning(f"The comparison ended without a result. Its log: {job.folder / 'log.txt'}")
    if state.status not in {"new", "running"} or (state.status == "new" and n > _SMALL_CORPUS):
        st.button(f"Compute F1 of {n:,} sentences", type="primary", key="start", on_click=job.start)
        return None
    _watch(job)
    return None


@st.fragment(run_every=0.5)
def _watch(job: ComparisonJob) -> None:
    state = job.state()
    if state.status != "running":
        st.rerun()
    _progress(state)


def _progress(state: JobState) -> None:
    if state.total:
        st.progress(state.done / state.total, f"Projecting: {state.done:,} of {state.total:,} sentences")
    else:
        st.progress(0.0, "Reading the corpus and loading the encoder …")
