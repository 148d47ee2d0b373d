"""A sweep over layers and extractions: in words, as a heatmap and as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.components.dashboard_picture import draw_picture, draw_table, follow_pick, picked, publish_pick
from ui.components.inspect_link import alignment_parameters, corpus_parameter, inspect_link
from xner_core.runs.saved import SavedRun
from xner_core.viz.sweep_chart import cell_id, sweep_chart
from xner_core.viz.sweep_wording import BETTER, MEASURE_NAMES, best_in_words

_PICK = "a-pick"
_MOST_HIGH = 560
"""Of the table in pixels; about as high as the picture beside it."""
_HELP = {
    "AER": "Alignment error rate: the share of links that are wrong or missed; lower is better.",
    "Links": "How many links were made.",
    "Gold": "How many entities there are to find.",
}
_COLUMNS = {"precision": "Precision", "recall": "Recall", "links": "Links", "support": "Gold"}


def show_sweep(run: SavedRun) -> None:
    """Draw a saved sweep; a cell of the picture and a row of the table lead to Inspect."""
    sweep = run.result
    measure = MEASURE_NAMES[sweep["measure"]]
    with st.container(border=True):
        st.text(best_in_words(sweep))
    follow_pick(_PICK)
    chart, figures = st.columns([3, 2], gap="medium")
    with chart:
        draw_picture(
            sweep_chart(sweep),
            key=f"sweep-picture-{run.id}",
            alt=f"{measure} of every layer with every extraction; the table beside it has the same figures",
            file="sweep",
            pick=_PICK,
        )
        frames = "Solid frame: the best." + (" Dotted frame: the default." if sweep["default"] else "")
        st.caption(
            f"{measure}, {BETTER[sweep['measure']]}: the stronger the colour, the better; "
            f"the worst quarter is pale. {frames}"
        )
        way_on = st.container()
    with figures:
        _table(run)
    with way_on:
        _way_on(run)
    publish_pick(_PICK)
    made = sweep["provenance"]
    st.caption(f"{made['mode']} · {sweep['n_pairs']:,} sentences · computed {made['time']}")


def _table(run: SavedRun) -> None:
    """The same figures, the best first."""
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
    draw_table(
        table,
        [cell_id(row) for row in rows],
        key=f"sweep-{run.id}",
        alt=f"{MEASURE_NAMES[measure]}, precision and recall of every layer with every extraction",
        columns={
            name: number(format="%d" if name in {"Layer", "Links", "Gold"} else "%.3f", help=_HELP.get(name))
            for name in table.columns
            if name not in {"Extraction", "Note"}
        },
        pick=_PICK,
        most_high=_MOST_HIGH,
    )


def _way_on(run: SavedRun) -> None:
    """To Inspect with what was picked, or with the best."""
    sweep = run.result
    made = sweep["provenance"]
    chosen = next((row for row in sweep["rows"] if cell_id(row) == picked(_PICK)), None)
    row = sweep["best"] if chosen is None else chosen
    parameters = alignment_parameters(made["components"]["aligner"]["name"], row["layer"], row["extraction"])
    if parameters is None:
        return
    parameters |= corpus_parameter(made["corpus"]["spec"])
    what = "the best" if chosen is None else "your choice"
    inspect_link(f"Inspect with {what}: layer {row['layer']}, {row['extraction']}", parameters)
    st.caption("Click a cell, or select a row, to inspect sentences with its layer and extraction.")
