"""The published figures of all languages, with one's own runs beside them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import state
from xner_core.languages import language_name, short_code
from xner_core.runs.folder import all_runs
from xner_core.runs.presets import DATASETS
from xner_core.runs.published import SOURCE, published

_ALL = "all"
_MOST_ROWS_HIGH = 700


def published_table() -> None:
    """Draw F1 by language and method; the data set and the runs are chosen here and live in the URL."""
    runs = {
        manifest.id: (manifest.config.name or manifest.id, folder.metrics())
        for folder, manifest in all_runs()
        if manifest.status == "done"
    }
    state.follow_url("dataset", _ALL, [_ALL, *DATASETS])
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        dataset = st.segmented_control("Data set", [_ALL, *DATASETS], required=True, key="dataset")
        state.publish("dataset", str(dataset), _ALL)
        chosen = st.multiselect(
            "Your runs beside them",
            list(runs),
            key="beside",
            format_func=lambda run: runs[run][0],
            placeholder="none" if runs else "there is none yet: see Runs",
            disabled=not runs,
        )
    figures = published(dataset=None if dataset == _ALL else str(dataset))
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for figure in figures:
        row = rows.setdefault(
            (figure.dataset, figure.lang),
            {"Language": f"{language_name(figure.lang)} ({figure.lang})", "Data set": figure.dataset},
        )
        for run in chosen:
            row[runs[run][0]] = _own(runs[run][1], figure.lang)
        row[str(figure.method)] = figure.f1
    table = pd.DataFrame(list(rows.values())).sort_values(["Language", "Data set"])
    numbers = [str(name) for name in table.columns[2:]]
    st.dataframe(
        table,
        key="published",
        hide_index=True,
        height=min(40 + 35 * len(table), _MOST_ROWS_HIGH),
        column_config={name: st.column_config.NumberColumn(format="%.3f") for name in numbers}
        | {"Language": st.column_config.TextColumn(pinned=True)},
        alt="F1 of each published method in each language, and of the chosen runs",
    )
    n_languages = len({short_code(figure.lang) for figure in figures})
    st.caption(f"F1 of {n_languages} languages. {SOURCE}")
    if chosen:
        st.caption("A run may have scored other sentences or labels than the publication: see its page.")


def _own(metrics: dict[str, object], lang: str) -> float | None:
    """The F1 of a run in a language, whatever code it is called by."""
    per_language = metrics["per_language"]
    assert isinstance(per_language, dict)
    found = [row["f1"] for code, row in per_language.items() if short_code(code) == short_code(lang)]
    return found[0] if found else None
