"""F1 per language as a dot plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xner_core.languages import language_name
from xner_core.viz.palette import PROJECTOR_COLOURS, PROJECTOR_NAMES

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SHAPES = {"heuristic": "diamond-open", "greedy": "square-open", "ilp": "circle"}
_SIZES = {"heuristic": 13, "greedy": 14, "ilp": 8}
"""Open marks round a small filled one: equal figures stay visible."""
_ROW_HEIGHT = 34


def f1_chart(rows: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Draw one row per language, one mark per projector, from 0 to 1.

    Languages are ordered by the ILP's F1, the best one on top.

    Args:
        rows: As `compare_projectors` returns them.
    """
    import plotly.graph_objects as go

    best = {row["lang"]: row["f1"] for row in rows if row["projector"] == "ilp"}
    langs = sorted(best, key=lambda lang: (best[lang], lang))
    figure = go.Figure()
    for projector, name in PROJECTOR_NAMES.items():
        chosen = {row["lang"]: row for row in rows if row["projector"] == projector}
        figure.add_trace(
            go.Scatter(
                name=name,
                x=[chosen[lang]["f1"] for lang in langs],
                y=[f"{language_name(lang)} ({lang})" for lang in langs],
                customdata=[
                    [chosen[lang][key] for key in ("precision", "recall", "support")] for lang in langs
                ],
                mode="markers",
                marker={
                    "symbol": _SHAPES[projector],
                    "size": _SIZES[projector],
                    "color": PROJECTOR_COLOURS[projector],
                    "line": {"width": 2, "color": PROJECTOR_COLOURS[projector]},
                },
                hovertemplate="%{y}<br>F1 %{x:.3f} · precision %{customdata[0]:.3f} · "
                "recall %{customdata[1]:.3f}<br>%{customdata[2]} gold entities",
            )
        )
    figure.update_layout(
        height=130 + _ROW_HEIGHT * len(langs),
        margin={"l": 10, "r": 20, "t": 40, "b": 40},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        xaxis={"title": "F1 (entity level, strict)", "range": [0, 1.02], "dtick": 0.1, "fixedrange": True},
        yaxis={"fixedrange": True, "showgrid": True},
    )
    return figure
