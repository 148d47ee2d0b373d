"""F1 of each label: small pictures with one scale and one order of languages."""

from __future__ import annotations

from collections.abc import Sequence

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
from xner_core.runs.run_cells import published_cells
from xner_core.viz.cells import by_label, by_language
from xner_core.viz.f1_chart import axis_start, f1_chart

_ALT = "F1 of the label {} with each method in each language; the table below has the same figures"
_A_ROW = 2


def show_labels(methods: Sequence[Method], published: Sequence[str]) -> None:
    """Draw the view.

    Args:
        methods: The runs.
        published: The published figures beside them; see `run_cells.published_methods`.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        sort = choose("d-sort", "Order by", SORTS)
        langs = filter_languages(languages_of(methods))
        form = pick_form()
    if not langs:
        st.info("No language passes the filters. Take one of them off.")
        return
    columns = columns_of(methods, published)
    whole = [cell for method in methods for cell in method.language_cells]
    order = by_language(columns, langs, whole, sort).rows
    found = [cell for method in methods for cell in method.label_cells]
    labels = sorted({cell.part for cell in found})
    found += [cell for one in published for label in labels for cell in published_cells(one, langs, label)]
    parts = by_label(columns, order, found)
    follow_pick()
    lowest = axis_start(min((cells.lowest() for cells in parts.values()), default=0.0))
    key = f"{key_of(methods)}-{'-'.join(langs)}"
    names = list(parts)
    for first in range(0, len(names), _A_ROW):
        for place, label in zip(
            st.columns(_A_ROW, gap="medium"), names[first : first + _A_ROW], strict=False
        ):
            with place:
                picture = f1_chart(parts[label], lowest=lowest, title=label)
                draw_picture(picture, f"label-{label}-{key}", _ALT.format(label), f"f1-{label}", form)
    say_language(methods, picked())
    say_published(published)
    figure_table(list(parts.values()), f"label-table-{key}", "labels", first="Language", part="Label")
    sentences_of_language(methods, picked())
    publish_pick()
