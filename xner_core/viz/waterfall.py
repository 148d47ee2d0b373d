"""The way from a run's F1 to 1, stage by stage."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

_ROW_HEIGHT = 38
_FRAME_HEIGHT = 70
_RUN, _GAIN, _LOSS = "#737B8C", "#0072B2", "#D55E00"
_STEP = 0.05
_ROUNDING = 1e-9
_ROOM = 0.2
"""Beside the bars, as a share of the axis: for their figures."""


def waterfall(bars: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> go.Figure:
    """Draw the run's F1 and below it what each stage adds, the last one reaching 1.

    Args:
        bars: As `diagnosis.tally.Tally.bars` returns them; one or more.
        titles: Stage → what the reader calls it.
    """
    import plotly.graph_objects as go

    low = axis_start(bars)
    words = [bar_words(bar) for bar in bars]
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["absolute", *("relative" for _ in bars[1:])],
            # plotly draws an absolute bar from its base; what follows is added to it.
            base=low,
            y=[titles[bar["stage"]] for bar in bars],
            x=[bars[0]["f1"] - low, *(bar["difference"] for bar in bars[1:])],
            text=words,
            textposition="outside",
            cliponaxis=False,
            customdata=[
                [titles[bar["stage"]], text, bar["f1"]] for bar, text in zip(bars, words, strict=True)
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<br>F1 then %{customdata[2]:.3f}<extra></extra>",
            increasing={"marker": {"color": _GAIN}},
            decreasing={"marker": {"color": _LOSS}},
            totals={"marker": {"color": _RUN}},
            connector={"line": {"color": _RUN, "width": 1}},
        )
    )
    figure.update_layout(
        height=_FRAME_HEIGHT + _ROW_HEIGHT * len(bars),
        margin={"l": 5, "r": 15, "t": 10, "b": 45},
        showlegend=False,
        xaxis={
            "title": "F1 (entity level, strict)",
            "range": [low, 1 + _ROOM * (1 - low)],
            "tickvals": _ticks(low),
            "tickformat": ".2f",
            "fixedrange": True,
        },
        yaxis={"autorange": "reversed", "fixedrange": True, "automargin": True},
    )
    return figure


def axis_start(bars: Sequence[Mapping[str, Any]]) -> float:
    """Where the axis begins: .05 to .1 below the lowest F1, at a round figure."""
    lowest = min(bar["f1"] for bar in bars)
    steps = math.floor(lowest / _STEP + _ROUNDING) - 1
    return float(max(0.0, round(steps * _STEP, 2)))


def bar_words(bar: Mapping[str, Any]) -> str:
    """The figure beside a bar."""
    if bar["stage"] == "run":
        return f"{bar['f1']:.3f}"
    return f"{bar['difference']:+.3f}" if bar["tested"] else "not tested"


def _ticks(low: float) -> list[float]:
    step = _STEP if low >= 0.7 else 0.1 if low >= 0.4 else 0.2
    n = math.floor((1 - low) / step + _ROUNDING)
    return [round(1 - step * i, 2) for i in range(n, -1, -1)]
