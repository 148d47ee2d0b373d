"""Corpora: what was added, uploads with their problems line by line, and pasted sentences."""

import streamlit as st

from ui import state
from ui.components.corpora_list import list_corpora
from ui.components.corpora_paste import paste
from ui.components.corpora_upload import upload
from ui.frame import errors_shown, page

_VIEWS = {"list": "Your corpora", "upload": "Upload", "paste": "Paste"}

page("corpora")
st.header("Corpora", anchor=False)
state.follow_url("do", "list", _VIEWS)
view = st.segmented_control(
    "Show",
    list(_VIEWS),
    required=True,
    key="do",
    format_func=_VIEWS.__getitem__,
    label_visibility="collapsed",
)
state.publish("do", str(view), "list")
with errors_shown():
    if view == "upload":
        upload()
    elif view == "paste":
        paste()
    else:
        list_corpora()
