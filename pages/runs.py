"""Runs: describe one, start it, watch it, and see what it found."""

import streamlit as st

from ui.components.new_run import new_run
from ui.components.run_list import pick_run, show_run
from ui.components.views import pick_view
from ui.frame import errors_shown, page

_VIEWS = {"list": "Your runs", "new": "New run"}

page("runs")
st.header("Runs", anchor=False)
view = pick_view(_VIEWS, "show")
with errors_shown():
    if view == "new":
        new_run()
    else:
        chosen = pick_run()
        if chosen is not None:
            show_run(*chosen)
