"""Try it: a sentence pair of one's own, or an example, carried through the chain one step at a time."""

import streamlit as st

from ui.components.try_chain import chain
from ui.components.try_pair import pick_pair
from ui.frame import errors_shown, page

page("try_it")
st.header("Try it", anchor=False)
st.text(
    "How do the names of a sentence get into its translation? Take an example, or your own sentences, and go "
    "through it in four steps."
)
with errors_shown():
    pair = pick_pair()
    if pair is not None:
        chain(pair)
