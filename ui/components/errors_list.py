"""The errors that the filters leave, each with its sentence and its way to Inspect."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ui import cache, state
from ui.components.errors_filters import clear_filters
from ui.components.errors_rows import ALL, FILTERS
from ui.components.inspect_link import inspect_link, inspect_parameters, not_on_inspect, selected_row
from ui.components.run_picker import Result
from xner_core.diagnosis.words import STAGE_TITLES, sentence_of
from xner_core.languages import language_name
from xner_core.runs.diagnose import error_of
from xner_core.types import Corpus, SentencePair
from xner_core.viz.csv_text import csv_text
from xner_core.viz.text import visible

_PER_PART = 2000
"""More rows than that are slow to send to a browser, and nobody scrolls further."""
_HELP = {
    "Kind": "How the entity compares with gold.",
    "More precisely": "What became of it.",
    "Owed to": "The first stage that, done by gold, settles the error for good.",
    "Gold": "What would be right; empty where nothing is.",
    "Predicted": "What the run made; empty where it made nothing.",
    "Id": "Names the sentence in its corpus.",
}


def list_errors(
    rows: pd.DataFrame, n_all: int, corpus: Corpus, result: Result, filters: Mapping[str, str]
) -> None:
    """List errors, let one be read and inspected, and all of them be downloaded.

    Args:
        rows: The errors that the filters leave.
        n_all: How many there are without filters.
        corpus: The corpus.
        result: The run.
        filters: Parameter of the URL → value.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text(f"{len(rows):,} of {n_all:,} errors", width="content")
        if any(filters[key] not in (ALL, "") for key in FILTERS if key != "elang"):
            st.button("Show all", key="eclear", icon=":material/filter_alt_off:", on_click=clear_filters)
        st.download_button(
            "CSV",
            data=partial(_csv, rows),
            file_name=f"errors-{result.id}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            disabled=rows.empty,
            help="The errors listed here, all parts, as a table for a spreadsheet.",
        )
    if rows.empty:
        st.info("No error is left by these filters. Choose others, or show all.")
        return
    part = _part(len(rows))
    shown = rows.iloc[part * _PER_PART : (part + 1) * _PER_PART]
    event = st.dataframe(
        _table(shown),
        key="errors-" + "-".join([result.id, str(part), *(filters[key] for key in FILTERS)]),
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(shown), 460),
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: st.column_config.TextColumn(help=text) for name, text in _HELP.items()},
        alt="The errors with their kind, the stage they are owed to, the gold and the predicted entity",
    )
    chosen = selected_row(event, len(shown))
    if chosen is None:
        st.caption("Select a row to read its sentence and to inspect it. A click on a title sorts.")
        return
    row = shown.iloc[chosen].replace({float("nan"): None}).to_dict()
    pair = cache.pairs_by_id(corpus).get(row["id"])
    if pair is not None:
        _one(row, pair, result)


def _part(n: int) -> int:
    """Which part of a long list is shown, counted from 0."""
    last = -(-n // _PER_PART)
    if last == 1:
        return 0
    state.follow_url("epart", "1", [str(one + 1) for one in range(last)], int)
    part: int = st.number_input(
        f"Part of {last:,}", 1, last, key="epart", width=140, help=f"{_PER_PART:,} errors a part."
    )
    state.publish("epart", str(part), "1")
    return part - 1


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Language": [language_name(lang) for lang in rows["lang"]],
            "Kind": rows["kind"].astype(str),
            "More precisely": rows["detail"].astype(str),
            "Owed to": [STAGE_TITLES[stage] for stage in rows["stage"]],
            "Label": rows["label"].astype(str),
            "Gold": [_shown(text) for text in rows["gold_text"]],
            "Predicted": [
                _shown(text) if predicted == label or not _shown(text) else f"{_shown(text)} ({predicted})"
                for text, predicted, label in zip(
                    rows["predicted_text"], rows["predicted_label"], rows["label"], strict=True
                )
            ],
            "Id": rows["id"],
        }
    )
    return table if rows["lang"].nunique() > 1 else table.drop(columns="Language")


def _one(row: dict[Hashable, Any], pair: SentencePair, result: Result) -> None:
    """One error: its sentences, what is wrong, and the way to Inspect."""
    with st.container(border=True, gap="xsmall"):
        spans = ("gold_start", "gold_end", "predicted_start", "predicted_end")
        whole = {str(name): value for name, value in row.items()}
        whole |= {name: int(whole[name]) for name in spans if whole[name] is not None}
        st.text(sentence_of(error_of(whole), pair))
        st.text(" ".join(map(visible, pair.source.words)))
        st.text(" ".join(map(visible, pair.target.words)))
        lacking = not_on_inspect(result.config)
        if lacking:
            st.caption(f"Inspect cannot show all that the run did: it has no {', no '.join(lacking)}.")
        parameters = inspect_parameters(result.config, pair.target.lang, pair.id)
        inspect_link("Inspect under the settings of the run", parameters)


def _shown(text: object) -> str:
    """The words of an entity; nothing where there is none."""
    return " ".join(map(visible, text.split(" "))) if isinstance(text, str) else ""


def _csv(rows: pd.DataFrame) -> str:
    return csv_text(list(rows.columns), rows.itertuples(index=False))
