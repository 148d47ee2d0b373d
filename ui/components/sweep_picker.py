"""Choosing a saved sweep, or starting a new one."""

from __future__ import annotations

import streamlit as st

from ui import state
from ui.components.job_panel import JobWords, result_of
from xner_core.errors import ConfigError
from xner_core.registry import COMPONENTS
from xner_core.runs.align_sweep import layers_of
from xner_core.runs.jobs import SweepJob
from xner_core.runs.saved import SavedRun, SavedRuns
from xner_core.types import Corpus
from xner_core.viz.sweep_wording import MEASURE_NAMES

_LATEST = ""
_E5 = "e5-small"
_SIZES = (100, 300, 1000, 0)
"""Numbers of sentences to choose from; 0 is all."""
_MEASURES = {"aer": "AER against gold links", "f1": "F1 of the projection"}
_WORDS = JobWords("The sweep", "Start", "Aligning by every layer")


def pick_run(saved: SavedRuns) -> SavedRun | None:
    """Let one of the saved sweeps be chosen; the latest where none is, None where there is none."""
    for notice in saved.notices:
        st.text(notice)
    if not saved.runs:
        st.info("No sweep has been saved yet. Start one here, or with xner align-sweep.")
        return None
    by_id = {run.id: run for run in saved.runs}
    state.follow_url("run", _LATEST, [_LATEST, *by_id])
    chosen: str = st.selectbox(
        "Saved sweep",
        [_LATEST, *by_id],
        key="run",
        format_func=lambda id: _title(by_id[id]) if id else f"The latest: {_title(saved.runs[0])}",
        help="What the command xner align-sweep, or this page, has measured and saved.",
    )
    state.publish("run", chosen, _LATEST)
    return by_id[chosen] if chosen else saved.runs[0]


def new_sweep(corpus: Corpus, saved: SavedRuns, shown: SavedRun | None) -> None:
    """Let a sweep of a corpus be started, and watched while it runs.

    Args:
        corpus: The corpus.
        saved: The sweeps that are there already.
        shown: The one of them that the page shows.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        measure = st.segmented_control(
            "Measure",
            list(_MEASURES),
            default="aer",
            required=True,
            key="sweep-measure",
            format_func=_MEASURES.__getitem__,
            help="AER needs gold links in the corpus, F1 gold target entities.",
        )
        aligner = st.selectbox(
            "Aligner",
            [_E5],
            key="sweep-aligner",
            accept_new_options=True,
            width=240,
            help="e5-small, or type encoder:MODEL with a model's name on the Hugging Face hub or a folder.",
        )
        layers = st.text_input(
            "Layers", key="sweep-layers", placeholder="all", width=120, help="As 7, 6,8 or 0-12."
        )
        limit = st.selectbox(
            "Sentences",
            _SIZES,
            key="sweep-limit",
            width=140,
            format_func=lambda n: f"the first {n:,}" if n else f"all {len(corpus.pairs):,}",
        )
    extractions = st.multiselect(
        "Extractions", list(COMPONENTS["extraction"]), key="sweep-extractions", placeholder="all"
    )
    if layers:
        try:
            layers_of(layers)
        except ConfigError as error:
            st.text(str(error))
            return
    job = SweepJob(
        corpus,
        aligner=aligner or _E5,
        measure=measure,
        layers=layers,
        extractions=extractions,
        limit=limit or None,
    )
    result = result_of(job, _WORDS, by_itself=False, on_start=lambda: _start(job))
    if result is not None:
        _done(job, str(result["run"]), saved, shown)


def _start(job: SweepJob) -> None:
    job.start(again=True)
    state.set_widget_value("run", _LATEST)  # which it is, once it is done


def _done(job: SweepJob, run: str, saved: SavedRuns, shown: SavedRun | None) -> None:
    """Lead to a sweep that was saved; it may have been deleted since."""
    if shown is not None and run == shown.id:
        st.text("This is the sweep that is shown.")
    elif run in {each.id for each in saved.runs}:
        st.text("This sweep is among those that are saved.")
        st.button("Show it", key="show", on_click=state.set_widget_value, args=("run", run))
    else:
        st.button("Start again", key="start", on_click=_start, args=(job,))


def _title(run: SavedRun) -> str:
    result = run.result
    time = result["provenance"]["time"][:16].replace("T", " ")
    return f"{run.name} · {MEASURE_NAMES[result['measure']]} · {result['n_pairs']:,} sentences · {time}"
