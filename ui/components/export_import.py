"""Taking a file in as corrections: the plan first, then, if a person says so, the corrections."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui import cache, corrections
from ui.components.as_of import as_of, tell_news
from ui.components.correction_applied import applied, apply_together, show_applied
from ui.components.correction_rows import KIND_NAMES
from ui.components.export_scope import pick_export_language
from ui.components.export_upload import Uploaded, pick_read_format, upload_file
from ui.components.found_by import FoundBy, pick_found_by
from ui.components.inspect_link import corpus_parameter, inspect_link, selected_row
from ui.components.job_panel import JobWords, news, result_of
from ui.frame import errors_shown
from xner_core.review.import_job import ImportJob
from xner_core.review.rows_for_jobs import item_of
from xner_core.types import Corpus

_WORDS = JobWords("The comparison with the corpus", "See what would change", "Comparing")
_SMALL = 2_000_000
"""Bytes of a file that is looked at by itself."""


def import_file(corpus: Corpus) -> None:
    """Let a file be uploaded, compared with what holds now, and taken over."""
    about, shown = st.columns([2, 3], gap="large")
    with about:
        file = upload_file()
        if file is None:
            return
        picked = pick_read_format(file)
        lang = pick_export_language(corpus)
        found_by = pick_found_by(
            corpus, "xrun", help="What these settings find is no correction where a file says the same."
        )
        if picked is None:
            return
    arguments = (
        *picked.arguments,
        *([] if lang is None else [f"--lang={lang}"]),
        *found_by.arguments,
    )
    what = f"import:{corpus.fingerprint}:{file.path}:{arguments}"
    with shown, errors_shown():
        moment = as_of(corpus, what, lasting=True)
        job = ImportJob(corpus, file.path, arguments, moment.n_events, moment.store)
        done = f"imported-{job.folder.name}"
        if applied(done) is not None:
            show_applied(done)
            inspect_link("Open the corpus in Inspect", corpus_parameter(corpus.spec))
            return
        plan = result_of(job, _WORDS, by_itself=file.size <= _SMALL)
        if plan is not None:
            tell_news(corpus, what, "Compare again", lasting=True)
            _show_plan(plan, corpus, file)
            if plan["items"]:
                _take_over(plan, corpus, found_by, done)
        _command(corpus, file, arguments)


def _show_plan(plan: Mapping[str, Any], corpus: Corpus, file: Uploaded) -> None:
    for notice in news(plan["notices"], corpus):
        st.text(notice)
    n_lost = plan["n_read"] - plan["n_found"]
    figures = (
        ("In the file", plan["n_read"], "Sentences that the file tells of."),
        ("Found", plan["n_found"], "Of them, pairs that are found in the corpus by id, words or text."),
        ("Would change", plan["n_changed"], "Pairs of which the file says other than what holds now."),
        ("The same", plan["n_same"], "Pairs of which it says what holds already."),
        ("Not found", max(n_lost, 0), "Sentences that could not be told to be a pair of the corpus."),
        ("Problems", len(plan["problems"]), "What cannot be taken over; listed below."),
    )
    with st.container(horizontal=True, gap="medium"):
        for name, n, help in figures:
            st.metric(name, f"{n:,}", help=help, width=130)
    if not plan["items"]:
        st.info("Nothing would change: the file says what holds already, or nothing of it can be taken over.")
    else:
        counts = ", ".join(f"{KIND_NAMES[kind]} in {n:,}" for kind, n in plan["changes"].items())
        st.caption(f"What would change: {counts}.")
        _list_changes(plan, corpus)
    for key, title in (("problems", "What cannot be taken over"), ("notes", "What was changed to fit")):
        _list_places(plan[key], title, file)


def _list_changes(plan: Mapping[str, Any], corpus: Corpus) -> None:
    items, lines = plan["items"], plan["lines"]
    event = st.dataframe(
        pd.DataFrame(
            [
                {"Id": item["id"], "Before → after": " ".join(said)}
                for item, said in zip(items, lines, strict=False)
            ]
        ),
        key="import-plan",
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(lines), 320),
        on_select="rerun",
        selection_mode="single-row",
        column_config={"Before → after": st.column_config.TextColumn(width="large")},
        alt="The sentences that would change, and what would change in them",
    )
    if len(items) > len(lines):
        st.caption(f"The first {len(lines):,} of {len(items):,} are listed.")
    chosen = selected_row(event, len(lines))
    if chosen is not None:
        with st.container(border=True, gap="xsmall"):
            for line in lines[chosen]:
                st.text(line)
            pair = cache.pairs_by_id(corpus).get(items[chosen]["id"])
            if pair is not None:
                parameters = {**corpus_parameter(corpus.spec), "lang": pair.target.lang, "sid": pair.id}
                inspect_link("Open in Inspect", parameters)


def _list_places(found: Sequence[Mapping[str, Any]], title: str, file: Uploaded) -> None:
    if not found:
        return
    with st.expander(f"{title} ({len(found):,})", expanded=title.endswith("over")):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Where": each["place"].replace(str(file.path), file.name),
                        "Sentence": each["sentence"] or "",
                        "What": each["what"],
                    }
                    for each in found
                ]
            ),
            hide_index=True,
            placeholder="",
            height=min(40 + 35 * len(found), 260),
            alt=title,
        )


def _take_over(plan: Mapping[str, Any], corpus: Corpus, found_by: FoundBy, done: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", border=True):
        author = corrections.author_field()
        reason = st.text_input(
            "Reason",
            value=plan["reason"],
            key=f"reason-{done}",
            width=320,
            help="Stands in the history beside it.",
        )
        n = len(plan["items"])
        if st.button(
            f"Take over {n:,} {'sentence' if n == 1 else 'sentences'} as corrections",
            key="take-over",
            icon=":material/download_done:",
        ):
            by_id = cache.pairs_by_id(corpus)
            items = [item_of(row, by_id[row["id"]]) for row in plan["items"]]
            origin = corrections.origin(corpus, found_by.pipeline, found_by.run)
            apply_together(done, items, author, origin, reason, "import")
            st.rerun()


def _command(corpus: Corpus, file: Uploaded, arguments: Sequence[str]) -> None:
    with st.expander("The same from the command line", icon=":material/terminal:"):
        told = [
            "xner",
            "import",
            f"--corpus={corpus.spec}",
            *arguments,
            "--author=YOUR-NAME",
            "--",
            file.name,
        ]
        st.code(shlex.join(told), language="bash", wrap_lines=True)
