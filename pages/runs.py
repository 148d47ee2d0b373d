"""Runs: describe one, start it, watch it, and see what it found."""

import streamlit as st

from ui import state
from ui.components.new_run import new_run
from ui.components.run_list import pick_run, show_run
from ui.frame import errors_shown, page

_VIEWS = {"list": "Your runs", "new": "New run"}

page("runs")
st.header("Runs", anchor=False)
state.follow_url("view", "list", _VIEWS)
view = st.segmented_control(
    "Show",
    list(_VIEWS),
    required=True,
    key="view",
    format_func=_VIEWS.__getitem__,
    label_visibility="collapsed",
)
state.publish("view", str(view), "list")
with errors_shown():
    if view == "new":
        new_run()
    else:
        chosen = pick_run()
        if chosen is not None:
            show_run(*chosen)
