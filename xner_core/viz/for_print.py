"""Pictures that are to be saved: on white, with fonts that every computer has something like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import plotly.graph_objects as go

FONTS = "Arial, Helvetica, 'Noto Sans', 'Liberation Sans', sans-serif"
_DARK, _GRID = "#0F172A", "#D3D9DF"


def for_print(figure: go.Figure) -> go.Figure:
    """Set a picture on white, with dark text; the picture itself is changed and returned."""
    figure.update_layout(
        template="none",
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
        font={"family": FONTS, "color": _DARK, "size": 13},
        modebar={"color": _DARK, "activecolor": _DARK, "bgcolor": "#FFFFFF"},
    )
    # The template of the screen keeps room for the axes' texts; without it the axes must be told to.
    figure.update_xaxes(gridcolor=_GRID, linecolor=_GRID, automargin=True)
    figure.update_yaxes(gridcolor=_GRID, linecolor=_GRID, automargin=True)
    return figure


def button_config(name: str, form: Literal["svg", "png"] | None) -> dict[str, Any]:
    """What plotly is told about its buttons: the one that saves, or none.

    Args:
        name: Of the file, without its ending.
        form: Of the file; None where no button is wanted.
    """
    if form is None:
        return {"displayModeBar": False}
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": form,
            "filename": file_name(name),
            "scale": 2 if form == "png" else 1,
        },
    }


def file_name(text: str) -> str:
    """A text as the name of a file: letters, digits, hyphens and points."""
    return re.sub(r"[^\w.]+", "-", text).strip("-.") or "figures"
