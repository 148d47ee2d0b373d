"""A sweep over layers and extractions: in words, as a heatmap and as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.components.inspect_link import alignment_parameters, corpus_parameter, inspect_link, selected_row
from xner_core.runs.saved import SavedRun
from xner_core.viz.sweep_chart import sweep_chart
from xner_core.viz.sweep_wording import BETTER, MEASURE_NAMES, best_in_words

_HELP = {
    "AER": "Alignment error rate: the share of links that are wrong or missed; lower is better.",
    "Links": "How many links were made.",
    "Gold": "How many entities there are to find.",
}
_COLUMNS = {"precision": "Precision", "recall": "Recall", "links": "Links", "support": "Gold"}


def show_sweep(run: SavedRun) -> None:
    """Draw a saved sweep."""
    sweep = run.result
    measure = MEASURE_NAMES[sweep["measure"]]
    with st.container(border=True):
        st.text(best_in_words(sweep))
    chart, figures = st.columns([3, 2], gap="medium")
    with chart:
        st.plotly_chart(
            sweep_chart(sweep),
            key="sweep",
            alt=f"{measure} of every layer with every extraction; the table beside it has the same figures",
        )
        frames = "Solid frame: the best." + (" Dotted frame: the default." if sweep["default"] else "")
        st.caption(
            f"{measure}, {BETTER[sweep['measure']]}: the stronger the colour, the better; "
            f"the worst quarter is pale. {frames}"
        )
    with figures:
        _table(run)
    made = sweep["provenance"]
    st.caption(f"{made['mode']} · {sweep['n_pairs']:,} sentences · computed {made['time']}")


def _table(run: SavedRun) -> None:
    """The same figures, the best first; a row leads to Inspect."""
    sweep = run.result
    measure = sweep["measure"]
    rows = sorted(sweep["rows"], key=lambda row: row[measure], reverse=measure == "f1")
    marks = [" ".join(name for name in ("best", "default") if row == sweep[name]) for row in rows]
    table = pd.DataFrame(
        {
            "Layer": [row["layer"] for row in rows],
            "Extraction": [row["extraction"] for row in rows],
            MEASURE_NAMES[measure]: [row[measure] for row in rows],
            "Note": marks,
            **{title: [row[key] for row in rows] for key, title in _COLUMNS.items() if key in rows[0]},
        }
    )
    number = st.column_config.NumberColumn
    event = st.dataframe(
        table,
        key=f"sweep-{run.id}",
        hide_index=True,
        height=min(38 + 35 * len(table), 560),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: number(format="%d" if name in {"Layer", "Links", "Gold"} else "%.3f", help=_HELP.get(name))
            for name in table.columns
            if name not in {"Extraction", "Note"}
        },
        alt=f"{MEASURE_NAMES[measure]}, precision and recall of every layer with every extraction",
    )
    made = sweep["provenance"]
    chosen = selected_row(event, len(rows))
    row = sweep["best"] if chosen is None else rows[chosen]
    parameters = alignment_parameters(made["components"]["aligner"]["name"], row["layer"], row["extraction"])
    if parameters is not None:
        what = "the best" if chosen is None else "the selected row"
        parameters |= corpus_parameter(made["corpus"]["spec"])
        inspect_link(f"Inspect with {what}: layer {row['layer']}, {row['extraction']}", parameters)
        st.caption("Select a row to inspect sentences with its layer and extraction.")
