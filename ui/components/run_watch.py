"""Watching a run that works in a process of its own."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from xner_core.runs import background
from xner_core.runs.folder import RunFolder, runs_folder

_REFRESH_SECONDS = 1.0


@st.fragment(run_every=_REFRESH_SECONDS)
def watch_run(name: str, *, begun: bool) -> None:
    """Show how far a run is; the page is drawn anew when it begins or ends.

    Args:
        name: Of its folder in the data folder.
        begun: Whether it had a manifest when the page was drawn.
    """
    place = RunFolder(runs_folder() / name)
    manifest = place.manifest()
    if manifest is None:
        if background.is_starting(place):
            st.progress(0.0, "Starting: reading the corpus …")
            return
        st.error("The run could not begin:", icon=":material/error:")
        st.text(background.last_words(place) or "Its process ended without a word.")
        st.button("Remove it", key=f"run-remove-{name}", on_click=place.remove)
        return
    if not begun or place.status(manifest) != "running":
        st.rerun()
    told = background.progress_of(place)
    if told is None or not told.total:
        st.progress(0.0, "Loading the models …")
        return
    words = f"{told.done:,} of {told.total:,} sentences"
    if told.stage_total:
        words += f" · {told.stage}: {told.stage_done:,} of {told.stage_total:,}"
    if told.per_second is not None and told.seconds_left is not None:
        left = timedelta(seconds=round(told.seconds_left))
        words += f" · {told.per_second:.1f} a second · {left} left"
    st.progress(min(told.done / told.total, 1.0), words)
