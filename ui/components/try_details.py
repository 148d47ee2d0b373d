"""What stands under the picture: its numbers in words, and the way on from the last step."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import state
from ui.components.inspect_link import inspect_link
from ui.components.try_pair import DEMO, Tried
from xner_core.corpora.added import KIND, PASTED, add_pasted
from xner_core.projection.what_if import Alternative
from xner_core.types import Projection, ProjectionProblem, Sentence, SentencePair
from xner_core.viz import steps_wording as wording

_STARTED = ("step", "marks", "src", "tgt")
"""What is forgotten where somebody starts again."""


def links(pair: SentencePair, problem: ProjectionProblem) -> None:
    """Where the links of each entity lead."""
    _say(wording.links_of_entities(pair, problem.source_entities, problem))


def candidates(pair: SentencePair, problem: ProjectionProblem, projection: Projection) -> None:
    """The candidates and their scores."""
    _table(wording.candidate_rows(pair, problem, projection, chosen=False))
    _say(wording.without_candidates(pair, problem))


def choice(
    pair: SentencePair, problem: ProjectionProblem, projection: Projection, runner_up: Alternative | None
) -> None:
    """What each entity became and why, and the second best choice."""
    _say(
        [
            *wording.choices(pair, problem, projection),
            wording.total(
                pair,
                problem,
                projection,
                runner_up.pairs if runner_up else None,
                runner_up.regret if runner_up else 0.0,
            ),
        ]
    )
    with st.expander("The candidates again, with their scores"):
        _table(wording.candidate_rows(pair, problem, projection, chosen=True))


def way_on(tried: Tried, source: Sentence | None) -> None:
    """Open the pair in Inspect, or start again.

    Args:
        tried: What was tried.
        source: The source sentence with the entities that were marked; None where none were.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if tried.pasted is None and source is None:
            lang = tried.pair.target.lang
            inspect_link("Open in Inspect", {"corpus": DEMO, "lang": lang, "sid": tried.pair.id})
        elif st.button("Open in Inspect", key="try-inspect", icon=":material/arrow_forward:"):
            _keep_and_open(tried, source)
        if st.button("Start again", key="try-again", icon=":material/replay:"):
            state.start_again(_STARTED)
    if tried.pasted is not None or source is not None:
        st.caption(
            "Inspect keeps the sentences in the corpus “Pasted sentences”, which all who use this app see."
        )


def _keep_and_open(tried: Tried, source: Sentence | None) -> None:
    pasted = tried.pasted or tried.pair
    added = add_pasted(source or pasted.source, pasted.target)
    parameters = {"corpus": f"{KIND}:{PASTED}", "lang": added.target.lang, "sid": added.id, "q": ""}
    if tried.translator and not added.is_complete:  # it is translated again where it is looked at
        parameters["translator"] = tried.translator
    st.switch_page("pages/inspect.py", query_params=parameters)


def _say(sentences: list[str]) -> None:
    if sentences:
        with st.container(border=True, gap="xxsmall"):
            for sentence in sentences:
                st.text(sentence)


def _table(rows: list[dict[str, object]]) -> None:
    if not rows:
        st.info("No entity has a candidate: no link leads from one to the translation.")
        return
    columns = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Entity": columns.TextColumn(help="The letter stands in the picture too."),
            "Score": columns.NumberColumn(
                format="%.2f", help="How well the candidate suits the entity; higher is better."
            ),
            "How it comes about": columns.TextColumn(
                help="Twice the links between the entity and the candidate, divided by the words of both."
            ),
        },
        alt="The best candidates of each entity with their scores",
    )
