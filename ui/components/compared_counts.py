"""Two runs compared in figures and counts; each count leads to its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ui import state
from ui.components.views import pick_view
from xner_core.languages import language_name
from xner_core.viz.compared_wording import SORT_HELP, SORTS
from xner_core.viz.difference_chart import difference_chart

ALL = "all"
_FIGURES = {
    "n_sentences": ("Sentences", "%d", "How many sentences were compared."),
    "f1_a": ("F1 of A", "%.3f", "Harmonic mean of precision and recall of the first run."),
    "f1_b": ("F1 of B", "%.3f", "The same of the second run."),
    "difference": ("A − B", "%+.3f", "F1 of A less F1 of B: above 0 A is better."),
    "low": ("from", "%+.3f", "Lower end of the 95 % interval of the difference."),
    "high": ("to", "%+.3f", "Upper end of the 95 % interval of the difference."),
}
_ROWS = {"languages": "By language", "labels": "By label", "both": "By language and label"}
Place = tuple[str, str]
"""A language and a label, either of which may be all."""


def places(result: Mapping[str, Any]) -> dict[Place, Mapping[str, Any]]:
    """The comparison of each language and label: all together first, then by language, then by label."""
    found: dict[Place, Mapping[str, Any]] = {(ALL, ALL): result["overall"]}
    found |= {(lang, ALL): each for lang, each in result["per_language"].items()}
    found |= {(ALL, label): each for label, each in result["per_label"].items()}
    for lang, labels in result["per_language_label"].items():
        found |= {(lang, label): each for label, each in labels.items()}
    if len(result["per_language"]) == 1:
        del found[(ALL, ALL)]  # the same as the only language
        found = {place: each for place, each in found.items() if place[0] != ALL}
    return found


def place_name(place: Place) -> str:
    """What a reader calls a language and a label."""
    lang, label = place
    language = "All languages" if lang == ALL else f"{language_name(lang)} ({lang})"
    return language if label == ALL else f"{language} · {label}"


def pick_rows(found: Mapping[Place, Mapping[str, Any]]) -> dict[Place, Mapping[str, Any]]:
    """Let it be chosen which of them are shown: languages, labels, or all; the choice lives in the URL."""
    rows = pick_view(_ROWS, "crows")
    whole = next(iter(found))
    if rows == "both":
        return dict(found)
    at = 1 if rows == "languages" else 0
    return {place: each for place, each in found.items() if place[at] == whole[at]}


def draw_differences(found: Mapping[Place, Mapping[str, Any]]) -> None:
    """The differences with their intervals as a picture; the table below has the same figures."""
    st.plotly_chart(
        difference_chart({place_name(place): each for place, each in found.items()}),
        key="differences",
        alt="F1 of A less F1 of B with its interval for each language and label; the table below has the "
        "same figures",
    )


def draw_counts(found: Mapping[Place, Mapping[str, Any]], key: str) -> None:
    """The table of figures and counts; a cell that is selected names the sentences to list.

    Args:
        found: See `places`.
        key: Of the table; another one for other runs.
    """
    order = list(found)
    columns = {title: [found[place][name] for place in order] for name, (title, _, _) in _FIGURES.items()}
    counts = {title: [found[place]["entities"][sort] for place in order] for sort, title in SORTS.items()}
    event = st.dataframe(
        pd.DataFrame({"": [place_name(place) for place in order], **columns, **counts}),
        key=key,
        hide_index=True,
        height=min(38 + 35 * len(order), 560),
        on_select="rerun",
        selection_mode="single-cell",
        column_config={
            "": st.column_config.TextColumn(pinned=True, width=190),
            **{
                title: st.column_config.NumberColumn(format=form, help=help, width=84)
                for title, form, help in _FIGURES.values()
            },
            **{
                title: st.column_config.NumberColumn(help=SORT_HELP[sort], width=110)
                for sort, title in SORTS.items()
            },
        },
        alt="F1 of both runs, their difference with its interval, and how many entities each found",
    )
    _follow_selection(event.selection.cells, order, key)


def _follow_selection(cells: Any, order: list[Place], key: str) -> None:
    """Let a newly selected cell set what is listed; the lists below the table say it too."""
    sorts = {title: sort for sort, title in SORTS.items()}
    for row, column in cells[:1]:
        if 0 <= row < len(order) and column in sorts:
            lang, label = order[row]
            chosen = {"clang": lang, "clabel": label, "csort": sorts[column]}
            if state.is_news(f"{key}-cell", tuple(chosen.values())):
                for name, value in chosen.items():
                    state.set_widget_value(name, value)
