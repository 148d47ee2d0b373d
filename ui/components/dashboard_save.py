"""Saving what the dashboard shows: tables as CSV, pictures as SVG or PNG."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from ui import state
from xner_core.viz.csv_text import csv_text
from xner_core.viz.for_print import file_name

_FORMS = {"screen": "Screen", "svg": "SVG", "png": "PNG"}


def pick_form() -> Literal["svg", "png"] | None:
    """Let it be chosen whether pictures are drawn to be saved, and in which format; None for the screen."""
    state.follow_url("d-file", "screen", _FORMS)
    chosen = st.segmented_control(
        "Pictures for",
        list(_FORMS),
        required=True,
        key="d-file",
        format_func=_FORMS.__getitem__,
        help="SVG and PNG draw the pictures on white, as they are saved; the camera at a picture's upper "
        "right saves it.",
    )
    state.publish("d-file", str(chosen), "screen")
    if chosen == "svg":
        return "svg"
    return "png" if chosen == "png" else None


def save_table(table: pd.DataFrame, name: str, key: str) -> None:
    """Draw the button that saves a table as CSV.

    Args:
        table: The table.
        name: Of the file, without its ending.
        key: Of the button.
    """

    def text() -> bytes:
        rows = table.itertuples(index=False)
        # Spreadsheets take a file without this mark for another encoding than UTF-8.
        return csv_text([str(column) for column in table.columns], rows).encode("utf-8-sig")

    st.download_button(
        "Save the table (CSV)",
        text,
        file_name=f"{file_name(name)}.csv",
        mime="text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )
