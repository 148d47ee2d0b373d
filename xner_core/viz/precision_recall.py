"""Precision against recall, with lines of equal F1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xner_core.viz.cells import Cells, plain
from xner_core.viz.f1_chart import axis_start, spoken

if TYPE_CHECKING:
    import plotly.graph_objects as go

_LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_STEPS = 60
_MOST_NAMED = 30
"""Marks up to which their languages are written beside them."""
_HEIGHT = 520


def precision_recall_chart(cells: Cells) -> go.Figure:
    """Draw a mark for each method and language; both axes have one scale.

    Args:
        cells: The figures; cells without precision are left out.
    """
    import plotly.graph_objects as go

    shown = {
        method.id: [
            cell
            for cell in cells.of(method)
            if cell is not None and None not in (cell.precision, cell.recall)
        ]
        for method in cells.methods
    }
    every = [cell for found in shown.values() for cell in found]
    low = axis_start(min((min(cell.precision or 0.0, cell.recall or 0.0) for cell in every), default=0.0))
    figure = go.Figure()
    for level in _LEVELS:
        _add_level(figure, level, low)
    named = len(every) <= _MOST_NAMED
    for method in cells.methods:
        found = shown[method.id]
        figure.add_trace(
            go.Scatter(
                name=plain(method.name),
                x=[cell.recall for cell in found],
                y=[cell.precision for cell in found],
                customdata=[cell.id for cell in found],
                text=[plain(cell.lang) for cell in found],
                hovertext=[f"{plain(cell.lang)}<br>{spoken(cell)}" for cell in found],
                hovertemplate=f"{plain(method.name)} · %{{hovertext}}<extra></extra>",
                mode="markers+text" if named else "markers",
                textposition="top center",
                textfont={"size": 11},
                marker={
                    "symbol": method.symbol,
                    "size": 11,
                    "color": method.colour,
                    "line": {"width": 2, "color": method.colour},
                },
            )
        )
    axis = {"range": [low, 1.02], "dtick": 0.1, "fixedrange": True, "zeroline": False, "showgrid": True}
    figure.update_layout(
        height=_HEIGHT + 22 * len(cells.methods),
        margin={"l": 10, "r": 15, "t": 10 + 22 * len(cells.methods), "b": 50},
        legend={"orientation": "v", "y": 1, "yanchor": "bottom", "x": 0, "xanchor": "left"},
        hovermode="closest",
        xaxis={"title": "Recall", **axis},
        yaxis={"title": "Precision", "automargin": True, **axis},
    )
    return figure


def _add_level(figure: go.Figure, level: float, low: float) -> None:
    """Add the line on which F1 has a value: precision = F1·recall / (2·recall − F1)."""
    import plotly.graph_objects as go

    recalls = [level / 2 + (1 - level / 2) * (step + 1) / _STEPS for step in range(_STEPS)]
    points = [
        (recall, precision)
        for recall in recalls
        if (precision := level * recall / (2 * recall - level)) <= 1.0 and min(recall, precision) >= low
    ]
    if not points:
        return
    figure.add_trace(
        go.Scatter(
            x=[recall for recall, _ in points],
            y=[precision for _, precision in points],
            mode="lines+text",
            line={"width": 1, "dash": "dot", "color": "#737B8C"},
            text=[*[""] * (len(points) - 1), f"F1 {level:.1f}"],
            textposition="top left",
            textfont={"size": 10, "color": "#737B8C"},
            hoverinfo="skip",
            showlegend=False,
        )
    )
