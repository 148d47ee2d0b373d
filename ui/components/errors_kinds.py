"""How many errors of each kind each stage is to blame for; a count leads to its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui import state
from ui.components.errors_rows import ALL
from xner_core.diagnosis.steps import STAGES
from xner_core.diagnosis.words import DETAIL_HELP, STAGE_HELP, STAGE_TITLES

_KIND, _DETAIL, _SUM = "Kind", "More precisely", "Errors"


def show_kinds(errors: Sequence[Mapping[str, Any]], key: str) -> None:
    """The table of counts; a cell that is selected sets the filters below it.

    Args:
        errors: Rows of `kind, detail, stage, n`.
        key: Of the table; another one for another result or language.
    """
    st.subheader("Kinds of error", anchor=False)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for row in errors:
        counts.setdefault((row["kind"], row["detail"]), {})[row["stage"]] = row["n"]
    kinds = sorted(counts, key=lambda kind: (-sum(counts[kind].values()), kind))
    stages = [stage for stage in STAGES if any(stage in each for each in counts.values())]
    table = pd.DataFrame(
        {
            _KIND: [kind for kind, _ in kinds],
            _DETAIL: [detail for _, detail in kinds],
            **{STAGE_TITLES[stage]: [counts[kind].get(stage) for kind in kinds] for stage in stages},
            _SUM: [sum(counts[kind].values()) for kind in kinds],
            "What it means": [DETAIL_HELP[detail] for _, detail in kinds],
        }
    )
    number = st.column_config.NumberColumn
    event = st.dataframe(
        table,
        key=key,
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(table), 500),
        on_select="rerun",
        selection_mode="single-cell",
        column_config={
            _KIND: st.column_config.TextColumn(width=185, help="How it compares with gold."),
            _DETAIL: st.column_config.TextColumn(help="What became of it; the last column explains."),
            **{STAGE_TITLES[stage]: number(format="%d", help=STAGE_HELP[stage]) for stage in stages},
            _SUM: number(format="%d", help="All stages together."),
        },
        alt="Number of errors of each kind and of each stage that they are owed to",
    )
    st.caption("Columns are stages. Select a count to list its errors, or a kind to list all of its row.")
    _follow(event.selection.cells, kinds, stages, key)


def _follow(cells: Any, kinds: Sequence[tuple[str, str]], stages: Sequence[str], key: str) -> None:
    """Let a newly selected cell set the filters; the lists below the table say them too."""
    by_title = {STAGE_TITLES[stage]: stage for stage in STAGES}
    for row, column in cells[:1]:
        # What the browser sends may be anything.
        if not (isinstance(row, int) and 0 <= row < len(kinds)):
            continue
        stage = by_title.get(column, ALL)
        kind, detail = kinds[row]
        chosen = {
            "ekind": kind,
            "edetail": ALL if column == _KIND else detail,
            "estage": stage if stage in stages else ALL,
        }
        if state.is_news(f"{key}-cell", tuple(chosen.values())):
            for name, value in chosen.items():
                state.set_widget_value(name, value)
