"""Greedy and exact matching compared: totals, proof, margin and where they differ."""

from __future__ import annotations

import streamlit as st

from ui.cache import Alternatives
from xner_core.types import Entity, Projection, ProjectionProblem, SentencePair
from xner_core.viz import wording


def side_by_side(
    pair: SentencePair,
    problem: ProjectionProblem,
    greedy: Projection,
    ilp: Projection,
    alternatives: Alternatives,
) -> None:
    """Say in words what each found, and what separates them."""
    differ = wording.difference(pair, problem, greedy, ilp)
    if not problem.source_entities:
        st.text("There is nothing to compare.")
        return
    shown = {"Greedy": greedy, "ILP": ilp} if differ else {"ILP": ilp}
    for name, projection in shown.items():
        with st.container(gap="xxsmall", border=True):
            says = [
                wording.total(projection, name),
                *wording.chosen(pair, problem, projection),
                *wording.unprojected(pair, problem, projection),
                *wording.unmet(pair, problem, projection),
            ]
            if projection is ilp:
                says.append(_margin(pair, problem, ilp, alternatives))
            for sentence in says:
                st.text(sentence)
    for sentence in differ or ["Greedy chooses the same."]:
        st.text(sentence)


def _margin(
    pair: SentencePair, problem: ProjectionProblem, ilp: Projection, alternatives: Alternatives
) -> str:
    next_best = alternatives.runner_up
    if next_best is None:
        return wording.margin(pair, ilp.target_entities, None)
    targets = sorted(
        Entity(problem.candidates[candidate], problem.source_entities[entity].label)
        for entity, candidate in next_best.pairs
    )
    return wording.margin(pair, ilp.target_entities, targets, next_best.regret, next_best.missing)
