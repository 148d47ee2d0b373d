"""Marks that are not seen, over the cells of a heatmap: plotly lets points be chosen, but no cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MARK = 22
"""A mark that is larger than its cell would be hit in the wrong row."""
HIT_WITHIN = 120
"""Pixels from a mark that a click may be: cells are wider than high."""


def cell_marks(
    x: Sequence[object], y: Sequence[object], ids: Sequence[str], texts: Sequence[str], template: str
) -> go.Scatter:
    """A mark for each cell, which answers clicks and has the tip.

    Args:
        x: The cells' columns.
        y: Their rows.
        ids: What is told when one is clicked.
        texts: What the template shows of each.
        template: Plotly's template of the tip.
    """
    import plotly.graph_objects as go

    return go.Scatter(
        x=x,
        y=y,
        customdata=ids,
        text=texts,
        mode="markers",
        marker={"symbol": "square", "size": _MARK, "color": "rgba(0,0,0,0)"},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertemplate=template,
        showlegend=False,
    )
