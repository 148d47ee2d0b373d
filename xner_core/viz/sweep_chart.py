"""A sweep over layers and extractions as a heatmap with its figures in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xner_core.viz.cell_marks import HIT_WITHIN, cell_marks
from xner_core.viz.sweep_wording import MEASURE_NAMES, figure

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW_HEIGHT = 30
_FRAME_HEIGHT = 150
"""Names of the extractions, which stand askew, and the axis's title."""
_FRAMES = {"best": "solid", "default": "dot"}
_DARK, _LIGHT = "#0F172A", "#FFFFFF"
"""A dark line within a light one is seen on any cell and on any page."""
_PALEST, _STRONGEST = "#F1F5F9", "#4BA3DC"
"""Dark figures are at least 6:1 against both, and against what lies between."""
_WORST_QUARTER = 0.75
_FEW = 6
"""Up to so many columns figures have the usual size, also on a telephone."""


def sweep_chart(sweep: Mapping[str, Any]) -> go.Figure:
    """Draw layers as rows and extractions as columns; the stronger a cell's colour, the better.

    A solid frame marks the best cell and a dotted one the default's, so that neither
    depends on colour. The worst quarter of the cells has one colour: the outermost layers
    are often so bad that all others would look alike.

    A heatmap of plotly cannot be clicked in Streamlit, so marks that cannot be seen lie over the
    cells and name them by `customdata`.

    Args:
        sweep: As `align_sweep` returns it.
    """
    import plotly.graph_objects as go

    measure, layers, extractions = sweep["measure"], sweep["layers"], sweep["extractions"]
    cells = {(row["layer"], row["extraction"]): row for row in sweep["rows"]}
    rows = [[cells[layer, name] for name in extractions] for layer in layers]
    name = MEASURE_NAMES[measure]
    values = [[cell[measure] for cell in row] for row in rows]
    low, high = _range([value for row in values for value in row], better_is_less=measure == "aer")
    chart = go.Figure(
        go.Heatmap(
            x=extractions,
            y=[str(layer) for layer in layers],
            z=values,
            zmin=low,
            zmax=high,
            text=[[_text(cell, sweep) for cell in row] for row in rows],
            texttemplate="%{text}",
            # Without a size plotly makes figures smaller than can be read, to fit narrow cells.
            textfont={"color": _DARK, "size": 12 if len(extractions) <= _FEW else 10},
            colorscale=[[0, _PALEST], [1, _STRONGEST]],
            reversescale=measure == "aer",
            xgap=1,
            ygap=1,
            showscale=False,
            hoverinfo="skip",
        )
    )
    flat = [cell for row in rows for cell in row]
    chart.add_trace(
        cell_marks(
            x=[cell["extraction"] for cell in flat],
            y=[str(cell["layer"]) for cell in flat],
            ids=[cell_id(cell) for cell in flat],
            texts=[
                f"{name} {cell[measure]:.3f} · precision {cell['precision']:.3f} · "
                f"recall {cell['recall']:.3f}"
                for cell in flat
            ],
            template="Layer %{y}, %{x}<br>%{text}<extra></extra>",
        )
    )
    for kind, dash in _FRAMES.items():
        cell = sweep[kind]
        if cell is not None and (kind == "best" or cell != sweep["best"]):
            _frame(chart, extractions.index(cell["extraction"]), layers.index(cell["layer"]), dash)
    chart.update_layout(
        height=_FRAME_HEIGHT + _ROW_HEIGHT * len(layers),
        margin={"l": 5, "r": 5, "t": 110, "b": 10},
        hovermode="closest",
        hoverdistance=HIT_WITHIN,
        xaxis={
            "side": "top",
            "tickangle": -60,
            "type": "category",
            "range": [-0.5, len(extractions) - 0.5],  # marks would widen it
            "fixedrange": True,
            "showgrid": False,
        },
        yaxis={
            "title": "Layer",
            "automargin": True,
            "type": "category",
            "range": [len(layers) - 0.5, -0.5],
            "fixedrange": True,
            "showgrid": False,
        },
    )
    return chart


def cell_id(row: Mapping[str, Any]) -> str:
    """Names a layer and an extraction: "7.argmax"."""
    return f"{row['layer']}.{row['extraction']}"


def _range(values: Sequence[float], *, better_is_less: bool) -> tuple[float, float]:
    """The figures that get the ends of the colour scale."""
    ranked = sorted(values, reverse=not better_is_less)
    bad = ranked[min(int(len(ranked) * _WORST_QUARTER), len(ranked) - 1)]
    low, high = sorted((ranked[0], bad))
    # Where all are equal plotly would choose a range of its own.
    return (low, high) if low < high else (low - 0.5, high + 0.5)


def _text(cell: Mapping[str, Any], sweep: Mapping[str, Any]) -> str:
    """The figure; the best one bold."""
    text = figure(cell[sweep["measure"]])
    return f"<b>{text}</b>" if cell == sweep["best"] else text


def _frame(chart: go.Figure, column: int, row: int, dash: str) -> None:
    for colour, width, style in ((_LIGHT, 5, "solid"), (_DARK, 2.5, dash)):
        chart.add_shape(
            type="rect",
            x0=column - 0.5,
            x1=column + 0.5,
            y0=row - 0.5,
            y1=row + 0.5,
            line={"color": colour, "width": width, "dash": style},
        )
