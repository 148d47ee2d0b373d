"""F1 of the buckets of an attribute as bars with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xner_core.viz.cells import Cells, plain
from xner_core.viz.f1_chart import spoken

if TYPE_CHECKING:
    import plotly.graph_objects as go

_HEIGHT = 400


def bucket_chart(cells: Cells, title: str) -> go.Figure:
    """Draw a group of bars per bucket and a bar per method, from 0 to 1.

    Every bar leads to its cell by `customdata`; methods differ in colour and hatching.

    Args:
        cells: The figures; a row is a bucket.
        title: What the buckets are of.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    for method in cells.methods:
        found = [
            (index, cell)
            for index, cell in enumerate(cells.of(method))
            if cell is not None and cell.f1 is not None
        ]
        values = [cell.f1 or 0.0 for _, cell in found]
        figure.add_trace(
            go.Bar(
                name=plain(method.name),
                x=[index for index, _ in found],
                y=values,
                customdata=[cell.id for _, cell in found],
                text=[
                    f"{plain(method.name)} · {plain(cells.rows[index])}<br>{spoken(cell)}"
                    for index, cell in found
                ],
                textposition="none",
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "color": pale(method.colour),
                    "line": {"width": 2, "color": method.colour},
                    "pattern": {
                        "shape": method.pattern,
                        "fillmode": "overlay",
                        "fgcolor": method.colour,
                        "size": 7,
                        "solidity": 0.3,
                    },
                },
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": [cell.ends[1] - (cell.f1 or 0.0) for _, cell in found],
                    "arrayminus": [(cell.f1 or 0.0) - cell.ends[0] for _, cell in found],
                    "thickness": 2,
                    "width": 4,
                    "color": method.colour,
                },
            )
        )
    legend = 22 * len(cells.methods)
    figure.update_layout(
        barmode="group",
        height=_HEIGHT + legend,
        margin={"l": 10, "r": 10, "t": 10 + legend, "b": 60},
        legend={"orientation": "v", "y": 1, "yanchor": "bottom", "x": 0, "xanchor": "left"},
        hovermode="closest",
        xaxis={
            "title": plain(title),
            "tickmode": "array",
            "tickvals": list(range(len(cells.rows))),
            "ticktext": [_bucket_name(cells, row) for row in cells.rows],
            "range": [-0.5, len(cells.rows) - 0.5],
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={"title": "F1", "range": [0, 1.02], "dtick": 0.2, "fixedrange": True},
    )
    return figure


def pale(colour: str) -> str:
    """A colour of which little is left, so that what is drawn on it in the full colour is seen."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.3)"


def _bucket_name(cells: Cells, row: str) -> str:
    """The bucket and how many gold entities it has, where all methods have as many."""
    numbers = {
        cell.n_gold for method in cells.methods if (cell := cells.by_place.get((method.id, row))) is not None
    }
    counted = f"<br>n {numbers.pop():,}" if len(numbers) == 1 and None not in numbers else ""
    return f"{plain(row)}{counted}"
