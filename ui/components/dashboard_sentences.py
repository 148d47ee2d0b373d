"""The sentences behind a figure of the dashboard, those with errors first, each a way to Inspect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st

from ui import state
from ui.components.dashboard_methods import Method
from ui.components.inspect_link import inspect_link, inspect_parameters, not_on_inspect, selected_row
from xner_core.evaluation.bootstrap import Counts
from xner_core.runs.buckets import errors_first
from xner_core.runs.rows import Row
from xner_core.runs.scored import Ints
from xner_core.viz.text import visible

_MOST = 200
"""Sentences listed; whoever wants more narrows the figure down."""
_FIELDS = ("start", "end", "label")


def list_sentences(method: Method, title: str, sentences: Ints, counts: Counts, key: str) -> None:
    """List sentences of a run; a row that is selected is shown with its way to Inspect.

    Args:
        method: The method.
        title: What the sentences are behind.
        sentences: Their indices in the run.
        counts: Of all sentences of the run, shape (sentences, 3): the errors that put one first.
        key: Of what they are behind.
    """
    errors = counts[:, 1] + counts[:, 2]
    n_wrong = int(np.count_nonzero(errors[sentences]))
    with st.container(border=True, gap="small"):
        st.text(title)
        st.caption(
            f"{len(sentences):,} sentences, {n_wrong:,} with errors that count here; these come first."
        )
        state.follow_url("d-errors", "False", ["False", "True"], lambda text: text == "True")
        only: bool = st.toggle("Only sentences with errors", key="d-errors")
        state.publish("d-errors", str(only), "False")
        shown = errors_first(method.run, sentences, counts)
        shown = shown[errors[shown] > 0] if only else shown
        if not len(shown):
            st.info("None of these sentences has an error. Switch the toggle off to see them all.")
            return
        _table(method, shown[:_MOST], errors, f"{key}-{only}")
        if len(shown) > _MOST:
            st.caption(f"The first {_MOST} of {len(shown):,} are listed.")


def _table(method: Method, shown: Ints, errors: Ints, key: str) -> None:
    rows = method.run.sentences(shown.tolist())
    config = method.result.config
    links = [inspect_parameters(config, row["target_lang"], row["id"]) for row in rows]
    labels = method.run.labels
    table = pd.DataFrame(
        {
            "Inspect": [f"./?{urlencode({'q': '', **link})}" for link in links],
            "Errors": errors[shown],
            "Wrong": [wrong_in_words(row, labels) for row in rows],
            "Target sentence": [_text(row["target_words"]) for row in rows],
            "Source sentence": [_text(row["source_words"]) for row in rows],
            "Id": [row["id"] for row in rows],
        }
    )
    event = st.dataframe(
        table,
        key=f"sentences-{method.result.id}-{key}",
        hide_index=True,
        height=min(40 + 35 * len(table), 420),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Inspect": st.column_config.LinkColumn(
                display_text="Inspect ↗", width=90, help="Opens the sentence under the settings of this run."
            ),
            "Errors": st.column_config.NumberColumn(
                width=70,
                help="Missed gold entities and found ones that are not right, of those that count here.",
            ),
            "Wrong": st.column_config.TextColumn(
                width=260, help="− was missed, + was found and is not right, whether it counts here or not."
            ),
            "Target sentence": st.column_config.TextColumn(width=420),
            "Source sentence": st.column_config.TextColumn(width=420),
        },
        alt="Sentences with what is wrong in them",
    )
    chosen = selected_row(event, len(rows))
    if chosen is None:
        st.caption("Select a row to read its sentence and to inspect it.")
        return
    row = rows[chosen]
    st.text(_text(row["source_words"]))
    st.text(_text(row["target_words"]))
    st.text(wrong_in_words(row, labels) or "Nothing is wrong.")
    lacking = not_on_inspect(config)
    if lacking:
        st.caption(f"Inspect cannot show all that this run did: it has no {', no '.join(lacking)}.")
    inspect_link("Inspect this sentence", links[chosen])


def wrong_in_words(row: Row, labels: Sequence[str]) -> str:
    """The missed and the spurious entities of a sentence: `− LOC Bonn · + ORG Bonn`.

    Args:
        row: Of the run.
        labels: Those that count.
    """
    gold, found = (
        {tuple(each[name] for name in _FIELDS) for each in row[column] or () if each["label"] in labels}
        for column in ("gold_entities", "target_entities")
    )
    wrong = sorted([(*each, "−") for each in gold - found] + [(*each, "+") for each in found - gold])
    return " · ".join(_entity(row, *each) for each in wrong)


def _entity(row: Row, start: int, end: int, label: str, sign: str) -> str:
    # The label first: from it a table takes that the line runs from left to right.
    return f"{sign} {label} \u2068{_text(row['target_words'][start:end])}\u2069"


def _text(words: Any) -> str:
    return " ".join(map(visible, words or ()))
