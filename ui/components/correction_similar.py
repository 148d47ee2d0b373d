"""Apply to similar: a correction that was made, and the sentences that it mends too."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from ui import cache, corrections, state
from ui.components.as_of import as_of, renew, tell_news
from ui.components.correction_applied import applied, apply_together, forget, pair_of, show_applied
from ui.components.correction_done import words_of
from ui.components.correction_rows import rows_of
from ui.components.inspect_link import corpus_parameter, inspect_link
from ui.components.job_panel import JobWords, news, result_of
from ui.frame import errors_shown
from xner_core.config import PipelineConfig
from xner_core.corrections.events import Event, SentenceKey
from xner_core.review.changes import step_in_words
from xner_core.review.rows_for_jobs import item_of
from xner_core.review.similar_job import SimilarJob, content_steps
from xner_core.types import Corpus

_WORDS = JobWords("The search", "Search again", "Looking at similar sentences")
_DONE = "similar-applied"
_MOST_SENTENCES, _MOST_STEPS = 40, 60
"""What was corrected lately is what is chosen from."""
Step = tuple[Event, ...]


def show_similar(corpus: Corpus) -> None:
    """Let a correction be chosen, the similar sentences be ticked, and these be corrected."""
    steps = _recent(corpus)
    if not steps:
        st.info(
            "Nobody has corrected entities or links of this corpus yet. Correct a sentence on the page "
            "Inspect; then the sentences in which the same entity met the same problem are found here."
        )
        return
    step = _pick(steps, corpus)
    last = step[-1]
    sid, config = last.sentence.id, _config_of(last)
    what = f"similar:{corpus.fingerprint}:{last.number}"
    if state.is_news("similar", what):
        forget(_DONE)
    moment = as_of(corpus, what)
    job = SimilarJob(corpus, sid, last.number, config, moment.n_events, moment.store)
    result = result_of(job, _WORDS, by_itself=True)
    show_applied(_DONE)
    if result is None:
        return
    if applied(_DONE) is None:
        tell_news(corpus, what, "Look again")
    _show(result, corpus, step, config, what)


def _recent(corpus: Corpus) -> dict[str, Step]:
    """The corrections of late by the number of their last event, the last one first."""
    ids = [row.id for row in rows_of(corrections.states(corpus)) if row.said.is_edited][:_MOST_SENTENCES]
    by_id = cache.pairs_by_id(corpus)
    histories = corrections.store().histories([SentenceKey.of(by_id[name]) for name in ids])
    steps = [step for history in histories.values() for step in content_steps(history)]
    steps.sort(key=lambda step: -step[-1].number)
    return {str(step[-1].number): step for step in steps[:_MOST_STEPS]}


def _pick(steps: dict[str, Step], corpus: Corpus) -> Step:
    # What comes in meanwhile must not take the place of what somebody is looking at.
    remembered = f"similar-first:{state.visits()}:{corpus.fingerprint}"
    first = str(state.widget_value(remembered))
    if first not in steps:
        first = next(iter(steps))
        state.set_widget_value(remembered, first)
    state.follow_url("cstep", first, list(steps))
    chosen = st.selectbox(
        "Correction",
        list(steps),
        key="cstep",
        format_func=lambda number: _title(steps[number]) if number in steps else number,
        help="The corrections of entities and links of late, the last one first. Words are counted from 1.",
    )
    state.publish("cstep", str(chosen), first)
    return steps[str(chosen)]


def _title(step: Step) -> str:
    return f"{step[0].sentence.id} · {step[0].author} {'; '.join(step_in_words(step))}"


def _config_of(event: Event) -> PipelineConfig:
    """The settings under which it was corrected; the default ones where these are no more."""
    try:
        return PipelineConfig.model_validate(event.origin.config)
    except ValidationError:
        return PipelineConfig()


def _show(result: dict[str, Any], corpus: Corpus, step: Step, config: PipelineConfig, what: str) -> None:
    for notice in news(result["notices"], corpus):
        st.text(notice)
    if not result["problems"]:
        st.info("This correction changed nothing that could be met in another sentence.")
        return
    with st.container(border=True, gap="xsmall"):
        for problem in result["problems"]:
            st.text(problem)
        st.caption("Looked for in all sentences of this language; upper and lower case are the same.")
    if result["is_cut"]:
        st.caption(f"Only the first {result['n_seen']:,} sentences with these words were looked at.")
    if result["left_out"]:
        n = len(result["left_out"])
        with st.expander(f"Left as they are, because somebody settled them ({n:,})"):
            st.text(", ".join(result["left_out"]))
    found = [
        (row, pair) for row in result["found"] if (pair := pair_of(corpus, row["item"]["id"])) is not None
    ]
    if not found:
        n = result["n_seen"]
        st.info(
            f"Other sentences of this language with these words: {n:,}. None of them has the same problem."
            if n
            else "No other sentence of this language has these words."
        )
        return
    event = st.dataframe(
        pd.DataFrame(
            [
                {
                    "Before → after": " ".join(row["lines"]),
                    "Source": words_of(pair, "source"),
                    "Target": words_of(pair, "target"),
                    "Id": pair.id,
                }
                for row, pair in found
            ]
        ),
        key=f"similar-{what}-{as_of(corpus, what).n_events}",
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(found), 420),
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            "Before → after": st.column_config.TextColumn(
                width="large", help="What would become of the entities and their targets."
            )
        },
        alt="The similar sentences, with what would change in each",
    )
    ticked = sorted({at for at in event.selection.rows if 0 <= at < len(found)})
    st.caption("None is ticked to begin with: read what would change, then tick. The box on top ticks all.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = corrections.author_field()
        n = len(ticked)
        if st.button(
            f"Correct {n:,} {'sentence' if n == 1 else 'sentences'}",
            key="similar-apply",
            icon=":material/done_all:",
            disabled=not ticked,
        ):
            items = [item_of(found[at][0]["item"], found[at][1]) for at in ticked]
            reason = f"As in {step[0].sentence.id} (event {step[-1].number})"
            with errors_shown():
                apply_together(_DONE, items, author, corrections.origin(corpus, config), reason, "similar")
            renew(corpus, what)
            st.rerun()
        if n == 1:
            pair = found[ticked[0]][1]
            parameters = {**corpus_parameter(corpus.spec), "lang": pair.target.lang, "sid": pair.id}
            inspect_link("Open it in Inspect", parameters)
