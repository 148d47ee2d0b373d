"""F1 of each method in each language: a picture, a table, and the sentences behind what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.components.dashboard_behind import say_language, sentences_of_language
from ui.components.dashboard_choice import SORTS, choose
from ui.components.dashboard_filters import filter_languages
from ui.components.dashboard_methods import (
    Method,
    columns_of,
    key_of,
    languages_of,
    say_published,
)
from ui.components.dashboard_picture import draw_picture, follow_pick, picked, publish_pick
from ui.components.dashboard_save import pick_form
from ui.components.dashboard_table import figure_table
from ui.components.views import pick_view
from xner_core.runs.run_cells import published_cells
from xner_core.viz.cells import Cells, by_language
from xner_core.viz.f1_chart import f1_chart
from xner_core.viz.f1_heatmap import f1_heatmap
from xner_core.viz.figure_wording import told_apart
from xner_core.viz.precision_recall import precision_recall_chart

_PICTURES = {"dots": "Ranked dots", "heatmap": "Heatmap", "pr": "Precision and recall"}
_CHARTS: dict[str, Callable[[Cells], Any]] = {
    "dots": f1_chart,
    "heatmap": f1_heatmap,
    "pr": precision_recall_chart,
}
_SHOWN = {
    "dots": "F1 of each method in each language, with its 95 % interval",
    "heatmap": "F1 of each method in each language as a heatmap",
    "pr": "Precision against recall of each method in each language, with lines of equal F1",
}


def show_f1(methods: Sequence[Method], published: Sequence[str]) -> None:
    """Draw the view.

    Args:
        methods: The runs.
        published: The published figures beside them; see `run_cells.published_methods`.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        picture = pick_view(_PICTURES, "d-picture")
        sort = choose("d-sort", "Order by", SORTS)
        langs = filter_languages(languages_of(methods))
        form = pick_form()
    if not langs:
        st.info("No language passes the filters. Take one of them off.")
        return
    found = [cell for method in methods for cell in method.language_cells]
    found += [cell for one in published for cell in published_cells(one, langs)]
    cells = by_language(columns_of(methods, published), langs, found, sort)
    follow_pick()
    st.text(told_apart(cells) or "F1 with its 95 % interval.")
    key = f"{key_of(methods)}-{'-'.join(langs)}"
    alt = f"{_SHOWN[picture]}; the table below has the same figures"
    draw_picture(_CHARTS[picture](cells), f"f1-{picture}-{key}", alt, f"f1-{picture}", form)
    say_language(methods, picked())
    say_published(published)
    figure_table([cells], f"f1-table-{key}", "f1", first="Language")
    sentences_of_language(methods, picked())
    publish_pick()
