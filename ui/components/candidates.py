"""The candidates of a sentence, explained."""

from __future__ import annotations

import streamlit as st

from ui import cache, state
from ui.cache import ByHand
from ui.components.candidate_panel import candidate_panel
from ui.components.projected import Shown
from xner_core.types import Corpus, SentencePair
from xner_core.viz.candidate_view import candidate_view

_KEY = "candidate-panel"


def candidates(corpus: Corpus, pair: SentencePair, shown: Shown, by_hand: ByHand, doc_id: str) -> None:
    """Show the candidates by source entity, the best first."""
    reasoned = {name: cache.reasons(corpus, pair, config, by_hand) for name, config in shown.configs.items()}
    if not any(reasoned.values()):
        st.info("There is nothing to list: no source entity has a candidate with a score.")
        return

    def regret(entity: int, candidate: int) -> float | None:
        forced = shown.alternatives.forced(entity, candidate)
        return None if forced is None else forced.regret

    view = candidate_view(pair, shown.problem, reasoned, regret, everything_of=_everything_of(doc_id))
    candidate_panel(view, doc_id, _KEY)


def _everything_of(doc_id: str) -> int | None:
    """The entity of which all candidates are asked for, in this sentence."""
    wanted = (state.widget_value(_KEY) or {}).get("everything")
    if not isinstance(wanted, dict) or wanted.get("doc") != doc_id:
        return None
    entity = wanted.get("entity")
    return entity if type(entity) is int else None
