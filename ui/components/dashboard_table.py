"""The figures of a picture as a table, one row for each of its marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui.components.dashboard_picture import draw_table
from ui.components.dashboard_save import save_table
from xner_core.language_facts import language_facts
from xner_core.viz.cells import Cell, Cells, MethodColumn, language_label
from xner_core.viz.figure_wording import HELP, against_best

_NUMBERS = {
    "F1": ("%.3f", "Harmonic mean of precision and recall; an entity counts where span and label are right."),
    "From": ("%.3f", "Lower end of the 95 % interval: how far F1 may move by chance of the sentences drawn."),
    "To": ("%.3f", "Upper end of the 95 % interval of F1."),
    "Precision": ("%.3f", "Share of the found entities that are right."),
    "Recall": ("%.3f", "Share of the gold entities that were found."),
    "Gold": ("%d", "How many entities there are to find: the fewer, the less a figure says."),
    "Sentences": ("%d", "How many sentences are behind the figures."),
}


def figure_table(
    parts: Sequence[Cells],
    key: str,
    file: str,
    *,
    first: str,
    name_of: Callable[[str], str] = language_label,
    part: str = "",
) -> None:
    """Draw the figures of one picture or several, and the button that saves them.

    Args:
        parts: The figures.
        key: Of the table.
        file: Name of the saved file, without its ending.
        first: Title of the column that names the rows.
        name_of: What the reader calls a row.
        part: Title of the column that names the parts; there is none where empty.
    """
    rows: list[dict[str, Any]] = []
    ids: list[str] = []
    for cells in parts:
        for row in cells.rows:
            for method in cells.methods:
                cell = cells.by_place.get((method.id, row))
                if cell is not None:
                    rows.append(_row(cells, row, method, cell, first, name_of(row), part))
                    ids.append("" if method.is_published else cell.id)
    table = pd.DataFrame(rows)
    if table.empty:
        return
    number = st.column_config.NumberColumn
    draw_table(
        table,
        ids,
        key,
        f"F1, its interval, precision and recall of each method by {first.lower()}",
        {
            first: st.column_config.TextColumn(pinned=True),
            "Against the best": st.column_config.TextColumn(help=HELP),
            **{name: number(format=form, help=help) for name, (form, help) in _NUMBERS.items()},
        },
    )
    save_table(table, file, f"save-{key}")


def _row(
    cells: Cells, row: str, method: MethodColumn, cell: Cell, first: str, name: str, part: str
) -> dict[str, Any]:
    facts = language_facts(cell.lang) if first == "Language" else None
    return {
        first: name,
        **({part: cell.part} if part else {}),
        "Method": method.name,
        "F1": cell.f1,
        "From": cell.low,
        "To": cell.high,
        "Precision": cell.precision,
        "Recall": cell.recall,
        "Gold": cell.n_gold,
        "Sentences": cell.n_sentences,
        "Against the best": "" if method.is_published else against_best(cells, row, cell),
        **(
            {"Family": facts.family, "Script": facts.script, "Resource class": facts.resources}
            if facts is not None
            else {}
        ),
    }
