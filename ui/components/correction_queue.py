"""The review queue: what to look at next, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from ui import cache, corrections
from ui.components.as_of import tell_later
from ui.components.corpus_picker import pick_language
from ui.components.correction_done import words_of
from ui.components.found_by import FoundBy, pick_found_by
from ui.components.inspect_link import inspect_link, inspect_parameters, selected_row
from ui.components.job_panel import JobWords, news, result_of
from ui.components.run_picker import SMALL_CORPUS
from xner_core.corrections.events import UNTOUCHED, SentenceKey, SentenceState
from xner_core.review.priority import reasons
from xner_core.review.queue import Queued, ReviewQueueJob, in_order
from xner_core.types import Corpus
from xner_core.viz.event_wording import STATUSES

_WORDS = JobWords("The review queue", "Make the queue", "Looking at what was found")
_LISTED = 200
_HELP = {
    "Need": "How much speaks for a correction; the larger, the sooner a look is worth it. No percentage. "
    "What somebody marked as needing a review comes first.",
    "Why": "What speaks for a correction, what weighs most first. No gold is looked at.",
    "Status": "Sentences that were approved or rejected are not listed.",
}


def show_queue(corpus: Corpus) -> None:
    """Let a language be chosen; draw the queue, how far it is, and the way to Inspect."""
    lang_at, run_at = st.columns([2, 3])
    with lang_at:
        lang = pick_language(corpus)
    with run_at:
        found_by = pick_found_by(
            corpus,
            "crun",
            label="Found by",
            help="The queue asks how sure these settings are of what they found; Inspect opens with them.",
        )
    if found_by.config.method != "projection":
        st.info("This run did not project entities, so it has nothing to be unsure of. Choose another one.")
        return
    n = len(cache.find(corpus, lang))
    job = ReviewQueueJob(corpus, found_by.pipeline, lang=lang)
    result = result_of(job, _WORDS, by_itself=n <= SMALL_CORPUS)
    if result is None:
        if job.state().status == "new":
            st.text(f"{n:,} sentences are to be looked at; you may leave the page meanwhile.")
        return
    for notice in news(result["notices"], corpus):
        st.text(notice)
    tell_later(corpus)
    store, rows = corrections.store(), result["sentences"]
    left = _left(str(job.folder), str(store.address), store.version(), rows)
    _progress(len(rows) - left.n, len(rows))
    if not left.n:
        st.success("Every sentence of this language was approved or rejected: the queue is empty.")
    else:
        _list(left.first, left.n, left.said, corpus, found_by)


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of a queue.

    Attributes:
        n: How many sentences.
        first: The first of them.
        said: What people say of these.
    """

    n: int
    first: Sequence[Queued]
    said: Mapping[SentenceKey, SentenceState]


@st.cache_resource(max_entries=8, show_spinner=False)
def _left(folder: str, address: str, version: int, _rows: Sequence[Mapping[str, Any]]) -> _Left:
    """It takes more than a second where there are very many, and every click draws the page anew."""
    queued = [Queued.from_dict(row) for row in _rows]
    said = corrections.store().states([each.key for each in queued])
    left = in_order(queued, said, reviewed="out")
    first = left[:_LISTED]
    return _Left(len(left), first, {each.key: said[each.key] for each in first if each.key in said})


def _progress(n_done: int, n: int) -> None:
    if n:
        st.progress(n_done / n, f"Reviewed: {n_done:,} of {n:,} sentences")


def _list(
    queued: Sequence[Queued],
    n_left: int,
    said: Mapping[SentenceKey, SentenceState],
    corpus: Corpus,
    found_by: FoundBy,
) -> None:
    pairs = corrections.pairs_of(corpus, [each.key.id for each in queued])
    first = inspect_parameters(found_by.config, queued[0].lang, queued[0].key.id)
    inspect_link("Open the first one in Inspect", {**first, "corpus": corpus.spec})
    if n_left > len(queued):
        st.caption(f"The first {len(queued):,} of {n_left:,} are listed.")
    rows = [
        {
            "Need": round(each.priority, 2),
            "Id": each.key.id,
            "Why": "; ".join(reasons(each.doubts)) or "nothing in particular",
            "Status": STATUSES[said.get(each.key, UNTOUCHED).status],
            "Source": words_of(pair, "source"),
            "Target": words_of(pair, "target"),
        }
        for each, pair in zip(queued, pairs, strict=True)
    ]
    event = st.dataframe(
        pd.DataFrame(rows),
        key=f"queue-{hash(tuple(each.key for each in queued))}",
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(rows), 480),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            **{name: st.column_config.TextColumn(help=text) for name, text in _HELP.items()},
            "Need": st.column_config.NumberColumn(format="%.2f", width=70, help=_HELP["Need"]),
            "Why": st.column_config.TextColumn(width="large", help=_HELP["Why"]),
        },
        alt="The sentences that most probably need a correction, with the reasons",
    )
    chosen = selected_row(event, len(queued))
    if chosen is None:
        st.caption("Select a row to read the sentence and to open it in Inspect.")
        return
    one = queued[chosen]
    with st.container(border=True, gap="xsmall"):
        for side in ("source", "target"):
            st.text(words_of(pairs[chosen], side))
        for reason in reasons(one.doubts):
            st.text(f"• {reason}")
        parameters = inspect_parameters(found_by.config, one.lang, one.key.id)
        inspect_link("Open in Inspect", {**parameters, "corpus": corpus.spec})
