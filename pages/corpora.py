"""Corpora: what was added, uploads with their problems line by line, and pasted sentences."""

import streamlit as st

from ui.components.corpora_list import list_corpora
from ui.components.corpora_paste import paste
from ui.components.corpora_upload import upload
from ui.components.views import pick_view
from ui.frame import errors_shown, page

_VIEWS = {"list": "Your corpora", "upload": "Upload", "paste": "Paste"}

page("corpora")
st.header("Corpora", anchor=False)
view = pick_view(_VIEWS, "do")
with errors_shown():
    if view == "upload":
        upload()
    elif view == "paste":
        paste()
    else:
        list_corpora()
