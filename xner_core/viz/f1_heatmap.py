"""F1 as a heatmap: languages × methods, with the figures in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xner_core.viz.cell_marks import HIT_WITHIN, cell_marks
from xner_core.viz.cells import Cells, MethodColumn, language_label, plain
from xner_core.viz.f1_chart import spoken

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW_HEIGHT = 28
_DARK = "#0F172A"
_SCALE = [[0, "#FFFFFF"], [0.5, "#E4EEF6"], [0.75, "#A9D0EC"], [1, "#4BA3DC"]]
"""Dark figures are at least 6:1 against all of it. The upper half, where figures lie, changes most."""


def f1_heatmap(cells: Cells, name_of: Callable[[str], str] = language_label) -> go.Figure:
    """Draw one row per language and one column per method, coloured from 0 to 1 whatever the figures.

    A heatmap of plotly cannot be clicked in Streamlit, so marks that cannot be seen lie over the
    cells and lead to them by `customdata`.

    Args:
        cells: The figures.
        name_of: What the reader calls a row.
    """
    import plotly.graph_objects as go

    columns = list(range(len(cells.methods)))
    rows = list(range(len(cells.rows)))
    by_method = [cells.of(method) for method in cells.methods]
    values = [[cell.f1 if (cell := of[row]) is not None else None for of in by_method] for row in rows]
    best = [max((value for value in row if value is not None), default=None) for row in values]
    figure = go.Figure(
        go.Heatmap(
            x=columns,
            y=rows,
            z=values,
            zmin=0,
            zmax=1,
            text=[[_text(value, best[row]) for value in values[row]] for row in rows],
            texttemplate="%{text}",
            textfont={"color": _DARK, "size": 12},
            colorscale=_SCALE,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
            colorbar={
                "title": "F1",
                "thickness": 10,
                "len": 200,
                "lenmode": "pixels",
                "y": 1,
                "yanchor": "top",
            },
        )
    )
    places = [
        (column, row, cell)
        for column, of in zip(columns, by_method, strict=True)
        for row, cell in enumerate(of)
        if cell is not None
    ]
    figure.add_trace(
        cell_marks(
            x=[column for column, _, _ in places],
            y=[row for _, row, _ in places],
            ids=[cell.id for _, _, cell in places],
            texts=[
                f"{plain(name_of(cells.rows[row]))}<br>{plain(cells.methods[column].name)}<br>{spoken(cell)}"
                for column, row, cell in places
            ],
            template="%{text}<extra></extra>",
        )
    )
    longest = max((len(_column_name(method)) for method in cells.methods), default=0)
    figure.update_layout(
        height=60 + 6 * longest + _ROW_HEIGHT * max(len(rows), 1),
        margin={"l": 10, "r": 10, "t": 30 + 6 * longest, "b": 10},
        hovermode="closest",
        hoverdistance=HIT_WITHIN,
        xaxis={
            "side": "top",
            "tickmode": "array",
            "tickvals": columns,
            "ticktext": [_column_name(method) for method in cells.methods],
            "tickangle": -45,
            "fixedrange": True,
            "showgrid": False,
            "ticks": "",
            "zeroline": False,
        },
        yaxis={
            "tickmode": "array",
            "tickvals": rows,
            "ticktext": [plain(name_of(row)) for row in cells.rows],
            "range": [len(rows) - 0.5, -0.5],
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "ticks": "",
            "zeroline": False,
        },
    )
    return figure


def _text(value: float | None, best: float | None) -> str:
    """The figure, the best of its row bold."""
    if value is None:
        return ""
    return f"<b>{value:.3f}</b>" if value == best else f"{value:.3f}"


def _column_name(method: MethodColumn) -> str:
    return f"☆ {plain(method.name)}" if method.is_published else plain(method.name)
