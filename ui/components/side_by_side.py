"""Two projectors compared: totals, proof, margin and where they differ."""

from __future__ import annotations

import streamlit as st

from ui.cache import Alternatives
from ui.components.projected import Shown
from xner_core.types import Entity, ProjectionProblem, SentencePair
from xner_core.viz import wording
from xner_core.viz.changes import Projected
from xner_core.viz.difference_wording import difference
from xner_core.viz.glossary import explained
from xner_core.viz.palette import PROJECTOR_NAMES

_EXACT = PROJECTOR_NAMES["ilp"]


def side_by_side(pair: SentencePair, shown: Shown) -> None:
    """Say in words what each found, and what separates them."""
    one, other = shown.one, shown.other
    st.subheader(f"{one.name} and {other.name}", anchor=False, help=explained("margin", "tie rule", "regret"))
    if not shown.problem.source_entities:
        st.text("There is nothing to compare.")
        return
    differ = difference(pair, shown.problem, one, other)
    both = [one, other] if differ else [one if one.name == _EXACT else other]
    for each in both:
        with st.container(gap="xxsmall", border=True):
            for sentence in _says(pair, shown, each):
                st.text(sentence)
    same = next(each for each in (one, other) if each is not both[-1])
    for sentence in differ or [f"{same.name} chooses the same."]:
        st.text(sentence)


def _says(pair: SentencePair, shown: Shown, projected: Projected) -> list[str]:
    projection = projected.projection
    says = [
        wording.total(projection, projected.name),
        *wording.chosen(pair, shown.problem, projection),
        *wording.unprojected(pair, shown.problem, projection),
        *wording.unmet(pair, shown.problem, projection),
    ]
    if projected.name == _EXACT:
        says.append(_margin(pair, shown.problem, projected, shown.alternatives))
    return says


def _margin(
    pair: SentencePair, problem: ProjectionProblem, ilp: Projected, alternatives: Alternatives
) -> str:
    best, next_best = ilp.projection.target_entities, alternatives.runner_up
    if next_best is None:
        return wording.margin(pair, best, None)
    targets = sorted(
        Entity(problem.candidates[candidate], problem.source_entities[entity].label)
        for entity, candidate in next_best.pairs
    )
    return wording.margin(pair, best, targets, next_best.regret, next_best.missing)
