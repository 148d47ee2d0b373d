"""Pictures and tables whose marks and rows lead to sentences: which one was chosen lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from ui import state
from ui.components.inspect_link import selected_row
from xner_core.viz.for_print import button_config, for_print

if TYPE_CHECKING:
    import plotly.graph_objects as go

DASHBOARD = "d-pick"
"""The parameter of the URL for what was picked on the Dashboard."""
_MOST_HIGH = 392
"""Ten rows; what is selected in it is listed right below."""


def follow_pick(pick: str = DASHBOARD) -> None:
    """Take over what the URL says was picked; call it before anything is drawn that can be picked from.

    Args:
        pick: The parameter of the URL; another page has another one.
    """
    state.follow_url(pick, "")


def picked(pick: str = DASHBOARD) -> str:
    """The id of the cell that was picked; empty where there is none."""
    return str(state.widget_value(pick) or "")


def publish_pick(pick: str = DASHBOARD) -> None:
    """Write what was picked into the URL; call it when all pictures and tables are drawn."""
    state.publish(pick, picked(pick), "")


def draw_picture(
    figure: go.Figure,
    key: str,
    alt: str,
    file: str,
    form: Literal["svg", "png"] | None = None,
    pick: str = DASHBOARD,
) -> None:
    """Draw a picture; a click on a mark picks the cell that its `customdata` names.

    Args:
        figure: The picture.
        key: Of the picture; another one for other data.
        alt: What it shows, for who cannot see it.
        file: Name of the file it is saved as, without its ending.
        form: Of the file it can be saved as; None where it is for the screen.
        pick: The parameter of the URL.
    """
    event: Any = st.plotly_chart(
        for_print(figure) if form else figure,
        key=f"{key}-{_generation(pick, 'table')}",
        theme=None if form else "streamlit",
        on_select="rerun",
        selection_mode="points",
        config=button_config(file, form),
        alt=alt,
    )
    if form:
        st.caption(f"The camera at the picture's upper right saves it as {form.upper()}.")
    _follow(pick, key, _of_points(event.selection.points), "picture")


def draw_table(
    table: pd.DataFrame,
    ids: Sequence[str],
    key: str,
    alt: str,
    columns: Mapping[str, Any],
    pick: str = DASHBOARD,
    most_high: int = _MOST_HIGH,
) -> None:
    """Draw a table; a row that is selected picks a cell, by mouse or keyboard.

    Args:
        table: One row per id.
        ids: Of the cells; empty ones have no sentences.
        key: Of the table; another one for other data.
        alt: What it holds.
        columns: As `column_config` of `st.dataframe`.
        pick: The parameter of the URL.
        most_high: Pixels; a longer table scrolls.
    """
    event = st.dataframe(
        table,
        key=f"{key}-{_generation(pick, 'picture')}",
        hide_index=True,
        height=min(40 + 35 * max(len(table), 1), most_high),
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
        placeholder="–",
        alt=alt,
    )
    row = selected_row(event, len(ids))
    _follow(pick, key, "" if row is None else ids[row], "table")


def _of_points(points: Any) -> str:
    """The id of the first point that has one; what the browser sends may be anything."""
    for point in points if isinstance(points, list) else []:
        data = point.get("customdata") if isinstance(point, dict) else None
        data = data[0] if isinstance(data, list) and data else data
        if isinstance(data, str):
            return data
    return ""


def _follow(pick: str, key: str, chosen: str, where: Literal["picture", "table"]) -> None:
    """Take a new choice over; what was chosen elsewhere is no longer marked there."""
    if not state.is_news(f"{key}-{where}", chosen) or not chosen:
        return
    if chosen == picked(pick):
        return
    state.set_widget_value(pick, chosen)
    state.set_widget_value(_counts(pick, where), _generation(pick, where) + 1)
    if where == "table":
        st.rerun()  # the picture, drawn before, still marks what was clicked in it


def _generation(pick: str, where: str) -> int:
    """How often something was picked there: the other one is drawn anew, with nothing marked."""
    return int(state.widget_value(_counts(pick, where)) or 0)


def _counts(pick: str, where: str) -> str:
    return f"{pick}-generation-{where}"
