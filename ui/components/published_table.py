"""The published figures of all languages, with one's own runs beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui import state
from ui.components.dashboard_choice import choose
from ui.components.dashboard_filters import filter_languages
from ui.components.dashboard_picture import draw_picture
from ui.components.dashboard_save import pick_form, save_table
from ui.components.views import pick_view
from xner_core.language_facts import language_facts
from xner_core.languages import short_code
from xner_core.runs.folder import all_runs
from xner_core.runs.methods import METHODS
from xner_core.runs.presets import DATASETS
from xner_core.runs.published import SOURCE, PublishedFigure, best, published
from xner_core.viz.cells import Cell, Cells, language_label
from xner_core.viz.f1_heatmap import f1_heatmap
from xner_core.viz.method_style import styled

_ALL = "all"
_MOST_ROWS_HIGH = 700
_SHAPES = {"table": "Table", "heatmap": "Heatmap"}
_SORTS = {"best": "Best published F1", "spread": "Best less worst method", "name": "Language"}
_BEST = "best single method"
Place = tuple[str, str]
"""A data set and a language of it."""


def published_table() -> None:
    """Draw F1 by language and method as a table or a heatmap; what is shown lives in the URL."""
    runs = _own_runs()
    state.follow_url("dataset", _ALL, [_ALL, *DATASETS])
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        shape = pick_view(_SHAPES, "d-as")
        dataset = st.segmented_control("Data set", [_ALL, *DATASETS], required=True, key="dataset")
        state.publish("dataset", str(dataset), _ALL)
        sort = choose("d-order", "Order by", _SORTS)
        figures = published(dataset=None if dataset == _ALL else str(dataset))
        langs = filter_languages(list(dict.fromkeys(figure.lang for figure in figures)))
        form = pick_form() if shape == "heatmap" else None
    beside = _pick_runs(runs)
    by_place: dict[Place, list[PublishedFigure]] = {}
    for figure in figures:
        if figure.lang in langs:
            by_place.setdefault((figure.dataset, figure.lang), []).append(figure)
    if not by_place:
        st.info("No language passes the filters. Take one of them off.")
        return
    places = _sorted(by_place, sort)
    table = _table(by_place, places, {run: runs[run] for run in beside})
    if shape == "heatmap":
        alt = "F1 of each published method in each language as a heatmap; the table has the same figures"
        draw_picture(
            f1_heatmap(_cells(by_place, places, {run: runs[run] for run in beside}), _place_name),
            f"published-{dataset}-{len(places)}-{'-'.join(beside)}",
            alt,
            "published-f1",
            form,
        )
    else:
        _draw(table)
    save_table(table, "published-figures", "save-published")
    n_languages = len({short_code(lang) for _, lang in places})
    st.caption(f"F1 in {n_languages} languages, {len(places)} of data set and language. {SOURCE}")
    if beside:
        st.caption("A run may have scored other sentences or labels than the publication: see its page.")


def _own_runs() -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Name and figures of each run that is done, by its id."""
    done = [(folder, manifest) for folder, manifest in all_runs() if manifest.status == "done"]
    names = [manifest.config.name or manifest.id for _, manifest in done]
    return {
        manifest.id: (name if names.count(name) == 1 else f"{name} ({manifest.id})", folder.metrics())
        for (folder, manifest), name in zip(done, names, strict=True)
    }


def _pick_runs(runs: Mapping[str, tuple[str, Any]]) -> list[str]:
    state.follow_list("d-beside", (), runs)
    chosen: list[str] = st.multiselect(
        "Your runs beside them",
        list(runs),
        key="d-beside",
        format_func=lambda run: runs[run][0],
        placeholder="none" if runs else "there is none yet: see Runs",
        disabled=not runs,
    )
    state.publish_list("d-beside", chosen, ())
    return chosen


def _sorted(by_place: Mapping[Place, Sequence[PublishedFigure]], sort: str) -> list[Place]:
    """The data sets and languages in order; equal ones by name."""

    def effect(place: Place) -> float:
        values = [figure.f1 for figure in by_place[place]]
        return {"best": max(values), "spread": max(values) - min(values)}.get(sort, 0.0)

    return sorted(by_place, key=lambda place: (-effect(place), language_label(place[1]), place[0]))


def _table(
    by_place: Mapping[Place, Sequence[PublishedFigure]],
    places: Sequence[Place],
    beside: Mapping[str, tuple[str, Mapping[str, Any]]],
) -> pd.DataFrame:
    rows = []
    for dataset, lang in places:
        figures = by_place[dataset, lang]
        first, facts = best(figures), language_facts(lang)
        assert first is not None
        row: dict[str, object] = {"Language": language_label(lang), "Data set": dataset}
        row |= {name: _own(metrics, lang) for name, metrics in beside.values()}
        row |= {"Best F1": first.f1, "Best method": str(first.method)}
        row |= {str(method): None for method in METHODS}
        row |= {str(figure.method): figure.f1 for figure in figures}
        row |= {"Family": facts.family, "Script": facts.script, "Resource class": facts.resources}
        rows.append(row)
    return pd.DataFrame(rows)


def _draw(table: pd.DataFrame) -> None:
    words = {"Language", "Data set", "Best method", "Family", "Script", "Resource class"}
    st.dataframe(
        table,
        key="published",
        hide_index=True,
        height=min(40 + 35 * len(table), _MOST_ROWS_HIGH),
        column_config={
            str(name): st.column_config.NumberColumn(format="%.3f")
            for name in table.columns
            if name not in words
        }
        | {
            "Language": st.column_config.TextColumn(pinned=True),
            "Best F1": st.column_config.NumberColumn(
                format="%.3f", help="F1 of the single method that is best in this language."
            ),
        },
        alt="F1 of each published method in each language, and of the chosen runs",
    )


def _cells(
    by_place: Mapping[Place, Sequence[PublishedFigure]],
    places: Sequence[Place],
    beside: Mapping[str, tuple[str, Mapping[str, Any]]],
) -> Cells:
    methods = [str(method) for method in METHODS]
    columns = styled(
        [(run, name) for run, (name, _) in beside.items()], [(name, name) for name in (_BEST, *methods)]
    )
    found: dict[tuple[str, str], Cell] = {}
    for place in places:
        row = "/".join(place)
        figures = by_place[place]
        first = best(figures)
        assert first is not None
        for name, figure in [(_BEST, first), *((str(figure.method), figure) for figure in figures)]:
            found[name, row] = Cell(
                name, place[1], "", figure.f1, precision=figure.precision, recall=figure.recall
            )
        for run, (_, metrics) in beside.items():
            found[run, row] = Cell(run, place[1], "", _own(metrics, place[1]))
    return Cells(columns, tuple("/".join(place) for place in places), found)


def _place_name(row: str) -> str:
    dataset, lang = row.split("/", 1)
    return f"{language_label(lang)} · {dataset}"


def _own(metrics: Mapping[str, Any], lang: str) -> float | None:
    """The F1 of a run in a language, whatever code it is called by."""
    per_language = metrics["per_language"]
    found = [row["f1"] for code, row in per_language.items() if short_code(code) == short_code(lang)]
    return found[0] if found else None
