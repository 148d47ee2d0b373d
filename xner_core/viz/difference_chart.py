"""Differences of F1 with their intervals, one row for each language or label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW_HEIGHT = 30
_FRAME_HEIGHT = 110
_COLOURS = {"A is better": "#0072B2", "B is better": "#D55E00", "inconclusive": "#737B8C"}
_SHAPES = {"A is better": "triangle-right", "B is better": "triangle-left", "inconclusive": "circle-open"}
_NAMES = {"inconclusive": "inconclusive: 0 lies in the interval"}


def difference_chart(rows: Mapping[str, Mapping[str, Any]]) -> go.Figure:
    """Draw F1 of A less F1 of B, the largest on top; right of 0 A is better.

    Args:
        rows: What a row is called → its comparison, as `runs.compare.Compared` as plain data.
    """
    import plotly.graph_objects as go

    names = sorted(rows, key=lambda name: (rows[name]["difference"], name))
    figure = go.Figure()
    for verdict, colour in _COLOURS.items():
        shown = [name for name in names if rows[name]["conclusion"] == verdict]
        if not shown:
            continue
        of = [rows[name] for name in shown]
        figure.add_trace(
            go.Scatter(
                name=_NAMES.get(verdict, verdict),
                x=[each["difference"] for each in of],
                y=shown,
                mode="markers",
                marker={
                    "symbol": _SHAPES[verdict],
                    "size": 11,
                    "color": colour,
                    "line": {"width": 2, "color": colour},
                },
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [each["high"] - each["difference"] for each in of],
                    "arrayminus": [each["difference"] - each["low"] for each in of],
                    "color": colour,
                    "thickness": 2,
                    "width": 4,
                },
                customdata=[
                    [each["low"], each["high"], each["f1_a"], each["f1_b"], each["n_sentences"]]
                    for each in of
                ],
                hovertemplate="%{y}<br>A − B %{x:+.3f} (%{customdata[0]:+.3f} to %{customdata[1]:+.3f})<br>"
                "F1 of A %{customdata[2]:.3f}, of B %{customdata[3]:.3f} · %{customdata[4]:,} sentences"
                "<extra></extra>",
            )
        )
    figure.add_vline(x=0, line={"color": "#737B8C", "width": 1.5})
    figure.update_layout(
        height=_FRAME_HEIGHT + _ROW_HEIGHT * len(names),
        margin={"l": 5, "r": 15, "t": 40, "b": 40},
        showlegend=True,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        xaxis={"title": "F1 of A − F1 of B", "fixedrange": True, "tickformat": "+.2f", "zeroline": False},
        yaxis={
            "fixedrange": True,
            "automargin": True,
            "categoryorder": "array",
            "categoryarray": names,
            "range": [-0.6, len(names) - 0.4],
        },
    )
    return figure
