"""The runs that are kept, and what is known of the one that is chosen."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from ui import state
from ui.components.inspect_link import corpus_parameter, selected_row
from ui.components.popover_start import popover_start
from ui.components.run_watch import watch_run
from xner_core.languages import language_name
from xner_core.runs import background
from xner_core.runs.config import to_yaml
from xner_core.runs.folder import Manifest, RunFolder, all_runs, runs_folder
from xner_core.runs.published import SOURCE, published

_WAYS_ON = (
    ("pages/dashboard.py", "Its F1 on the dashboard", ":material/bar_chart:", "methods"),
    ("pages/compare.py", "Compare it with another", ":material/compare_arrows:", "a"),
    ("pages/errors.py", "Its errors", ":material/rule:", "erun"),
)
"""Page, label, icon, and the parameter that names the run there."""
_STATES = {
    "running": "▶ running",
    "done": "✓ done",
    "failed": "✕ failed",
    "stopped": "⏸ stopped",
    "starting": "… starting",
}


def pick_run() -> tuple[RunFolder, Manifest | None] | None:
    """Show the runs and let one be chosen; None where there is none."""
    runs: list[tuple[RunFolder, Manifest | None]] = [*_starting(), *all_runs()]
    if not runs:
        st.info("There is no run yet. Describe one above and start it, or use xner run.")
        return None
    ids = [place.path.name for place, _ in runs]
    state.follow_url("run", ids[0], ids)
    table = pd.DataFrame([_row(place, manifest) for place, manifest in runs])
    event = st.dataframe(
        table,
        key="run-table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=min(40 + 35 * len(table), 320),
        column_config={
            "F1": st.column_config.NumberColumn(format="%.3f"),
            "Done": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
        alt="The runs, with their state and F1",
    )
    row = selected_row(event, len(ids))
    chosen = ids[row] if row is not None else str(state.widget_value("run"))
    state.set_widget_value("run", chosen)  # no widget has this key: the table has its own
    state.publish("run", chosen, ids[0])
    return runs[ids.index(chosen)] if chosen in ids else runs[0]


def show_run(place: RunFolder, manifest: Manifest | None) -> None:
    """How far a run is, what can be done about it, and what it found."""
    status = "starting" if manifest is None else place.status(manifest)
    if manifest is None:
        st.subheader(place.path.name, anchor=False)
        watch_run(place.path.name, begun=False)
        return
    st.subheader(manifest.id, anchor=False)
    st.text(f"{manifest.config.corpus} · {manifest.config.method} · {manifest.n_sentences:,} sentences")
    if status == "running":
        watch_run(place.path.name, begun=True)
    if status == "failed":
        st.error("The run failed:", icon=":material/error:")
        st.text(manifest.error)
    _buttons(place, manifest, status)
    if status == "done":
        _ways_on(manifest)
        _figures(place)
    for notice in manifest.notices:
        st.text(notice)
    with st.expander("How it was made"):
        st.code(to_yaml(manifest.config), language="yaml")
        st.json(
            {
                "folder": str(place.path),
                "seconds": manifest.seconds,
                "batches known from other runs": manifest.reused,
                "models": manifest.models,
                "provenance": manifest.provenance,
            },
            expanded=1,
        )


def _starting() -> list[tuple[RunFolder, None]]:
    """Runs that were asked for and have no manifest yet, or never got one."""
    folders = [RunFolder(path.parent) for path in runs_folder().glob("*/config.yaml")]
    return [(place, None) for place in folders if place.manifest() is None]


def _row(place: RunFolder, manifest: Manifest | None) -> dict[str, object]:
    if manifest is None:
        state = "starting" if background.is_starting(place) else "failed"
        asked = background.asked(place)
        return {
            "Run": asked.name or place.path.name,
            "State": _STATES[state],
            "F1": None,
            "Corpus": asked.corpus,
            "Method": asked.method,
            "Done": 0.0,
        }
    status = place.status(manifest)
    overall = (place.metrics().get("overall") or {}) if status == "done" else {}
    return {
        "Run": manifest.config.name or manifest.id,
        "State": _STATES[status],
        "F1": overall.get("f1"),
        "Corpus": manifest.config.corpus,
        "Method": manifest.config.method,
        "Sentences": manifest.n_sentences,
        "Done": manifest.n_done / max(manifest.n_batches, 1),
        "Started": datetime.fromisoformat(manifest.started).strftime("%Y-%m-%d %H:%M"),
    }


def _buttons(place: RunFolder, manifest: Manifest, status: str) -> None:
    with st.container(horizontal=True, gap="small"):
        if status == "running":
            st.button("Stop", key="run-stop", icon=":material/stop:", on_click=background.stop, args=(place,))
        if status in {"stopped", "failed"}:
            st.button(
                "Go on",
                key="run-go-on",
                icon=":material/play_arrow:",
                on_click=background.start,
                args=(manifest.config, place),
            )
        if status != "running":
            with st.popover("Delete", icon=":material/delete:"):
                popover_start("Delete the run?", "run-delete-start")
                st.text("Its sentences and figures are deleted for good.")
                st.button("Delete it", key="run-delete", on_click=place.remove)


def _ways_on(manifest: Manifest) -> None:
    """Links to the pages that show a run that is done."""
    with st.container(horizontal=True, gap="medium"):
        for file, label, icon, key in _WAYS_ON:
            st.page_link(
                file,
                label=label,
                icon=icon,
                query_params={**corpus_parameter(manifest.config.corpus), key: manifest.id},
            )


def _figures(place: RunFolder) -> None:
    metrics = place.metrics()
    if metrics["overall"] is None:
        st.info("The corpus has no gold target entities, so there are no figures.")
        return
    rows = [
        {
            "Language": f"{language_name(lang)} ({lang})",
            "F1": scores["f1"],
            "Precision": scores["precision"],
            "Recall": scores["recall"],
            "Candidate recall": scores["candidate_recall"],
            "Gold": scores["support"],
            "Sentences": scores["n_sentences"],
            **{f"F1 {label}": each["f1"] for label, each in scores["per_label"].items()},
        }
        for lang, scores in metrics["per_language"].items()
    ]
    table = pd.DataFrame(rows)
    numbers = [str(name) for name in table if table[name].dtype == float]
    st.dataframe(
        table,
        hide_index=True,
        column_config={name: st.column_config.NumberColumn(format="%.3f") for name in numbers},
        alt="Precision, recall and F1 of each language",
    )
    st.caption(metrics["mode"])
    known = [figure for lang in metrics["per_language"] for figure in published(lang=lang)]
    if known:
        with st.expander(f"Published figures for these languages ({len(known)})"):
            st.dataframe(
                pd.DataFrame(
                    [
                        {
                            "Language": f"{language_name(one.lang)} ({one.lang})",
                            "Data set": one.dataset,
                            "Method": str(one.method),
                            "F1": one.f1,
                            "Precision": one.precision,
                            "Recall": one.recall,
                        }
                        for one in sorted(known, key=lambda one: -one.f1)
                    ]
                ),
                hide_index=True,
                alt="Published precision, recall and F1",
            )
            st.caption(SOURCE)
