"""Two projectors compared: totals, proof, margin and where they differ."""

from __future__ import annotations

import streamlit as st

from ui.components.chain_lines import chain_lines
from ui.components.projected import Shown
from xner_core.types import SentencePair
from xner_core.viz.glossary import explained
from xner_core.viz.palette import PROJECTOR_NAMES
from xner_core.viz.side_by_side_view import side_by_side_view

_EXACT = PROJECTOR_NAMES["ilp"]


def side_by_side(pair: SentencePair, shown: Shown, doc_id: str) -> None:
    """Say in words what each found, and what separates them."""
    one, other = shown.one, shown.other
    st.subheader(f"{one.name} and {other.name}", anchor=False, help=explained("margin", "tie rule", "regret"))
    if not shown.problem.source_entities:
        st.text("There is nothing to compare.")
        return
    view = side_by_side_view(pair, shown.problem, one, other, _EXACT, shown.alternatives.runner_up)
    chain_lines(view, doc_id, "side-by-side")
