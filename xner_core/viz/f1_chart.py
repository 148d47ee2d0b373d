"""F1 as dots with their intervals: a row for each language or part, a mark for each method."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import TYPE_CHECKING

from xner_core.viz.cells import Cell, Cells, MethodColumn, language_label, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW_HEIGHT, _MARK_HEIGHT = 20, 15
"""Of a row, and of each method in it: marks that stand above each other do not hide each other."""
_FRAME_HEIGHT = 120
_HEIGHT_PER_LEGEND_LINE = 22


def f1_chart(
    cells: Cells,
    *,
    lowest: float | None = None,
    title: str = "",
    name_of: Callable[[str], str] = language_label,
) -> go.Figure:
    """Draw the rows in their order, the first on top; every mark leads to its cell by `customdata`.

    Args:
        cells: The figures.
        lowest: Where the axis begins; just below the lowest figure where None.
        title: Over the picture.
        name_of: What the reader calls a row.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    for index, method in enumerate(cells.methods):
        figure.add_trace(_trace(cells, method, _offset(index, len(cells.methods)), name_of))
    row_height = _ROW_HEIGHT + _MARK_HEIGHT * len(cells.methods)
    legend = _HEIGHT_PER_LEGEND_LINE * len(cells.methods)
    begins = axis_start(cells.lowest()) if lowest is None else lowest
    figure.update_layout(
        title={
            "text": plain(title),
            "font": {"size": 15},
            "x": 0,
            "y": 1,
            "yref": "container",
            "pad": {"t": 8},
        }
        if title
        else None,
        height=_FRAME_HEIGHT + legend + row_height * max(len(cells.rows), 1),
        margin={"l": 10, "r": 15, "t": legend + (34 if title else 10), "b": 50},
        legend={"orientation": "v", "y": 1, "yanchor": "bottom", "x": 0, "xanchor": "left"},
        hovermode="closest",
        xaxis={
            "title": "F1 (entity level, strict)",
            "range": [begins, 1.02],
            "dtick": 0.1 if begins < 0.7 else 0.05,
            "fixedrange": True,
            "showgrid": True,
            "zeroline": False,
        },
        yaxis={
            "tickmode": "array",
            "tickvals": list(range(len(cells.rows))),
            "ticktext": [_row_name(cells, row, name_of) for row in cells.rows],
            "range": [len(cells.rows) - 0.5, -0.5],
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
    )
    for edge in range(1, len(cells.rows)):
        line = {"width": 1, "color": "rgba(128,128,128,0.25)"}
        figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=edge - 0.5, y1=edge - 0.5, line=line)
    return figure


def axis_start(lowest: float) -> float:
    """Where an axis of F1 begins: the tenth below the lowest figure."""
    return max(0.0, (floor(lowest * 10 - 1e-9)) / 10)


def spoken(cell: Cell) -> str:
    """A cell's figures in a line, for a tip."""
    if cell.f1 is None:
        return "nothing to score"
    words = f"F1 {cell.f1:.3f}"
    if cell.low is not None and cell.high is not None:
        words += f" ({cell.low:.3f} to {cell.high:.3f})"
    if cell.precision is not None and cell.recall is not None:
        words += f"<br>precision {cell.precision:.3f} · recall {cell.recall:.3f}"
    if cell.n_gold is not None:
        words += f"<br>{cell.n_gold:,} gold entities"
    if cell.n_sentences is not None:
        words += f" in {cell.n_sentences:,} sentences"
    return words


def _trace(cells: Cells, method: MethodColumn, offset: float, name_of: Callable[[str], str]) -> go.Scatter:
    import plotly.graph_objects as go

    shown = [
        (index, cell)
        for index, cell in enumerate(cells.of(method))
        if cell is not None and cell.f1 is not None
    ]
    ends = [cell.ends for _, cell in shown]
    values = [cell.f1 or 0.0 for _, cell in shown]
    return go.Scatter(
        name=plain(method.name),
        x=values,
        y=[index + offset for index, _ in shown],
        customdata=[cell.id for _, cell in shown],
        text=[f"{plain(name_of(cells.rows[index]))}<br>{spoken(cell)}" for index, cell in shown],
        mode="markers",
        marker={
            "symbol": method.symbol,
            "size": 11,
            "color": method.colour,
            "line": {"width": 2, "color": method.colour},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - value for (_, high), value in zip(ends, values, strict=True)],
            "arrayminus": [value - low for (low, _), value in zip(ends, values, strict=True)],
            "color": method.colour,
            "thickness": 1.5,
            "width": 3,
            "visible": not method.is_published,
        },
        hovertemplate=f"{plain(method.name)}<br>%{{text}}<extra></extra>",
    )


def _offset(index: int, n: int) -> float:
    """How far below the middle of its row a method's mark stands, in rows."""
    return (index - (n - 1) / 2) * _MARK_HEIGHT / (_ROW_HEIGHT + _MARK_HEIGHT * n)


def _row_name(cells: Cells, row: str, name_of: Callable[[str], str]) -> str:
    """The row's name and how many gold entities the own methods had to find there."""
    numbers = {
        cell.n_gold
        for method in cells.methods
        if (cell := cells.by_place.get((method.id, row))) is not None and cell.n_gold is not None
    }
    counted = f"<br>n {numbers.pop():,}" if len(numbers) == 1 else ""
    return f"{plain(name_of(row))}{counted}"
