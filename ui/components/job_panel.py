"""Starting work in a process of its own and watching it, without holding anybody's page up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from xner_core.runs.jobs import Job, JobState
from xner_core.types import Corpus


@dataclass(frozen=True, slots=True)
class JobWords:
    """What a job is called on the page.

    Attributes:
        name: With its article, at the beginning of a sentence.
        start: On the button that starts it.
        doing: What it does to sentences.
    """

    name: str
    start: str
    doing: str


def result_of(
    job: Job, words: JobWords, *, by_itself: bool, on_start: Callable[[], None] | None = None
) -> dict[str, Any] | None:
    """Show the way to a job's result; return it once it is there.

    Args:
        job: The job.
        words: What it is called.
        by_itself: Whether a job that was never started begins without a click.
        on_start: What a click does; it starts the job where None.
    """
    state = job.state()
    if state.status == "done":
        return state.result
    if state.status == "new" and by_itself:
        job.start()
    elif state.status == "failed":
        st.error(f"{words.name} failed:", icon=":material/error:")
        st.text(state.error)
    elif state.status == "stopped":
        st.warning(f"{words.name} ended without a result. Its log: {job.folder / 'log.txt'}")
    if state.status not in {"new", "running"} or (state.status == "new" and not by_itself):
        st.button(words.start, key="start", on_click=on_start or job.start)
        return None
    _watch(job, words.doing)
    return None


def news(notices: Sequence[str], corpus: Corpus) -> list[str]:
    """What a job says that the corpus does not say of itself already."""
    return [notice for notice in notices if notice not in corpus.notices]


@st.fragment(run_every=0.5)
def _watch(job: Job, doing: str) -> None:
    state = job.state()
    if state.status != "running":
        st.rerun()
    _progress(state, doing)


def _progress(state: JobState, doing: str) -> None:
    if state.total:
        st.progress(state.done / state.total, f"{doing}: {state.done:,} of {state.total:,} sentences")
    else:
        st.progress(0.0, "Reading the corpus and loading the encoder …")
