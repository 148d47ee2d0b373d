"""The table of candidates: scores and their parts, the cost of forcing each, why it was chosen or not."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ui.cache import Alternatives
from xner_core.projection.reasons import ReasonedPair, explain
from xner_core.types import Projection, ProjectionProblem, ScorePart, SentencePair
from xner_core.viz.palette import PROJECTOR_NAMES

MOST_PER_ENTITY = 12
"""Candidates shown of one entity; scores that need no link give every n-gram some score."""


def candidate_table(
    pair: SentencePair,
    problem: ProjectionProblem,
    projections: Mapping[str, Projection],
    alternatives: Alternatives,
    key: str,
) -> None:
    """Show the candidates by entity, the best first.

    Args:
        pair: The sentence pair.
        problem: Its problem.
        projections: By projector; the first one is marked.
        alternatives: To the exact one.
        key: Of the table.
    """
    reasoned = {name: _by_pair(problem, projection) for name, projection in projections.items()}
    marked, *_ = projections
    # What another projector chose is listed too, though it may have no score.
    listed = {place: found for by_pair in reversed(reasoned.values()) for place, found in by_pair.items()}
    ranked = sorted(listed.values(), key=lambda p: (p.entity, -(p.score or 0.0), p.candidate))
    shown = _best(ranked, reasoned)
    if not shown:
        st.info("There is nothing to list: no source entity has a candidate with a score.")
        return
    rows = []
    for found in shown:
        place = (found.entity, found.candidate)
        row = _row(found, pair, problem, alternatives)
        row["✓"] = "✓" if _is_chosen(reasoned[marked].get(place)) else ""
        for name, by_pair in reasoned.items():
            row[PROJECTOR_NAMES[name]] = _why(by_pair.get(place), pair, problem)
        rows.append(row)
    _draw(pd.DataFrame(rows), problem, key)
    if len(shown) < len(ranked):
        st.text(f"The best {MOST_PER_ENTITY} of each entity; {len(ranked)} have a score.")


def _draw(table: pd.DataFrame, problem: ProjectionProblem, key: str) -> None:
    number = st.column_config.NumberColumn
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=min(36 + 35 * len(table), 610),
        column_config={
            "✓": st.column_config.TextColumn(width=26, help="The candidate that was chosen."),
            "Entity": st.column_config.TextColumn(width=120),
            "Candidate": st.column_config.TextColumn(width=130),
            "Words": st.column_config.TextColumn(width=52, help="Target words from–to, counted from 0."),
            "Score": number(width=52, format="%.2f", help="The matching score; higher is better."),
            **{
                name: number(
                    width=80,
                    format="%.2f",
                    help=f"What {name} adds: {part.weight:g} · its score"
                    + (f", where that is at least {part.threshold:g}." if part.threshold else "."),
                )
                for name, part in _parts(problem).items()
            },
            "Regret": number(
                width=58,
                format="%.2f",
                help="How much the largest total falls if this pair is forced; 0.00 and not chosen is a tie.",
            ),
            **{
                name: st.column_config.TextColumn(width=230, help=f"Why {name} chose it, or not.")
                for name in PROJECTOR_NAMES.values()
            },
        },
        alt="Candidates of each source entity with scores, their parts, regrets and reasons",
    )


def _parts(problem: ProjectionProblem) -> dict[str, ScorePart]:
    """The parts worth a column: of a score with one part the sum says it all."""
    parts = problem.scores.parts
    return dict(parts) if len(parts) > 1 else {}


def _by_pair(problem: ProjectionProblem, projection: Projection) -> dict[tuple[int, object], ReasonedPair]:
    return {(pair.entity, pair.candidate): pair for pair in explain(problem, projection)}


def _best(
    ranked: list[ReasonedPair], reasoned: Mapping[str, dict[tuple[int, object], ReasonedPair]]
) -> list[ReasonedPair]:
    """The first ones of each entity, and whatever was chosen."""
    shown, counts = [], dict[int, int]()
    for found in ranked:
        counts[found.entity] = counts.get(found.entity, 0) + 1
        chosen = any(
            _is_chosen(by_pair.get((found.entity, found.candidate))) for by_pair in reasoned.values()
        )
        if counts[found.entity] <= MOST_PER_ENTITY or chosen:
            shown.append(found)
    return shown


def _row(
    found: ReasonedPair, pair: SentencePair, problem: ProjectionProblem, alternatives: Alternatives
) -> dict[str, object]:
    entity = problem.source_entities[found.entity]
    span = found.candidate
    index = found.index
    forced = None if index is None else alternatives.forced(found.entity, index)
    return {
        "✓": "",
        "Entity": f"{pair.source.surface(entity.span)} · {entity.label}",
        "Candidate": pair.target.surface(span),
        "Words": str(span.start) if len(span) == 1 else f"{span.start}–{span.end - 1}",
        "Score": found.score,
        **{
            name: None if index is None else float(part.contribution[found.entity, index])
            for name, part in _parts(problem).items()
        },
        "Regret": None if forced is None else abs(round(forced.regret, 9)),
    }


def _is_chosen(reasoned: ReasonedPair | None) -> bool:
    return reasoned is not None and reasoned.reason == "chosen"


def _why(reasoned: ReasonedPair | None, pair: SentencePair, problem: ProjectionProblem) -> str:
    if reasoned is None:
        return "no score"
    if reasoned.blocker is None:
        return "✓ chosen" if reasoned.reason == "chosen" else reasoned.reason
    blocker = pair.target.surface(reasoned.blocker.target.span)
    if reasoned.reason == "overlap":
        owner = pair.source.surface(problem.source_entities[reasoned.blocker.entity].span)
        return f"overlaps “{blocker}”, chosen for “{owner}”"
    if reasoned.reason == "tie":
        return f"ties with “{blocker}”, which the tie rule prefers"
    if reasoned.reason == "worse":
        return f"{reasoned.difference:.2f} less than “{blocker}”"
    return f"more than “{blocker}”, which was chosen"
