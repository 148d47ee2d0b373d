"""The table of candidates: each with its score, and why it was or was not chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xner_core.projection.reasons import ReasonedPair, explain
from xner_core.types import Projection, ProjectionProblem, SentencePair


def candidate_table(pair: SentencePair, problem: ProjectionProblem, projection: Projection, key: str) -> None:
    """Show all candidates with a score, by entity, the best first."""
    rows = [_row(reasoned, pair, problem) for reasoned in explain(problem, projection)]
    if not rows:
        st.info("There is nothing to list: no source entity is linked to a target word.")
        return
    st.dataframe(
        pd.DataFrame(rows),
        key=key,
        hide_index=True,
        height=min(36 + 35 * len(rows), 610),
        column_config={
            "✓": st.column_config.TextColumn(width=26, help="The candidate that was chosen."),
            "Entity": st.column_config.TextColumn(width=120),
            "Candidate": st.column_config.TextColumn(width=130),
            "Score": st.column_config.NumberColumn(
                width=52, format="%.2f", help="Links · 2 / (words of the entity + words of the candidate)."
            ),
            "Words": st.column_config.TextColumn(width=52, help="Target words from–to, counted from 0."),
            "Why": st.column_config.TextColumn(width="large"),
        },
        alt="Candidates of each source entity with their scores and the reason each was or was not chosen",
    )


def _row(reasoned: ReasonedPair, pair: SentencePair, problem: ProjectionProblem) -> dict[str, object]:
    entity = problem.source_entities[reasoned.entity]
    span = reasoned.candidate
    return {
        "✓": "✓" if reasoned.reason == "chosen" else "",
        "Entity": f"{pair.source.surface(entity.span)} · {entity.label}",
        "Candidate": pair.target.surface(span),
        "Words": str(span.start) if len(span) == 1 else f"{span.start}–{span.end - 1}",
        "Score": reasoned.score,
        "Why": _why(reasoned, pair, problem),
    }


def _why(reasoned: ReasonedPair, pair: SentencePair, problem: ProjectionProblem) -> str:
    if reasoned.blocker is None:
        return "chosen" if reasoned.reason == "chosen" else "not chosen"
    blocker = pair.target.surface(reasoned.blocker.target.span)
    if reasoned.reason == "overlap":
        owner = pair.source.surface(problem.source_entities[reasoned.blocker.entity].span)
        return f"overlaps “{blocker}”, chosen for “{owner}”"
    if reasoned.reason == "tie":
        return f"ties with “{blocker}”, which the tie rule prefers"
    if reasoned.reason == "worse":
        return f"less than “{blocker}”"
    return f"more than “{blocker}”, which was chosen"
