"""How far the people agree who have judged the same sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ui import corrections, state
from ui.components.as_of import as_of, tell_news
from ui.components.found_by import pick_found_by
from ui.components.job_panel import JobWords, news, result_of
from xner_core.languages import language_name
from xner_core.review.agreement_job import AgreementJob
from xner_core.types import Corpus

_WORDS = JobWords("The comparison", "Compare them", "Comparing")
_ALL = "all"
_SIDES = {"target": "Translation", "source": "Source"}
_HELP = {
    "Sentences": "That both have judged: they changed its entities, or approved it.",
    "The same": "Sentences in which both have exactly the same entities.",
    "F1": "Entities with the same words and label, twice, divided by all entities of both. 1 is full "
    "agreement. It is undefined where neither has any entity.",
    "95 % from": "Chance may move F1 as far as this: bootstrap over the sentences.",
    "95 % to": "Chance may move F1 as far as this: bootstrap over the sentences.",
    "Alpha": "Krippendorff's alpha over all words: 1 is full agreement, 0 what chance yields. Most words are "
    "in no entity, and that both say so of them lifts it.",
    "Alpha, marked words": "Krippendorff's alpha over the words that at least one put into an entity; "
    "lower, and below 0 where few are agreed on.",
    "By one": "Entities by the first person.",
    "By the other": "Entities by the second person.",
    "In common": "Entities with the same words and label by both.",
    "Not told": "Sentences left out because what holds of them cannot be told.",
}


def show_agreement(corpus: Corpus) -> None:
    """Let side and language be chosen; draw a row for each two people."""
    authors = {name for said in corrections.states(corpus).values() for name in said.authors}
    if len(authors) < 2:
        who = "Nobody has" if not authors else "Only one person has"
        st.info(
            f"{who} corrected or reviewed sentences of this corpus, so there is nothing to compare. Let two "
            "people correct or approve the same sentences, each under their own name."
        )
        return
    side, lang, config = _choices(corpus)
    what = f"agreement:{corpus.fingerprint}:{side}:{lang}:{config.arguments}"
    moment = as_of(corpus, what)
    only = None if lang == _ALL else lang
    job = AgreementJob(corpus, config.pipeline, side, only, moment.n_events, moment.store)
    result = result_of(job, _WORDS, by_itself=True)
    if result is None:
        return
    tell_news(corpus, what, "Compare again")
    for notice in news(result["notices"], corpus):
        st.text(notice)
    if not result["agreements"]:
        st.info(
            "No two people have judged the entities of the same sentence. Approving a sentence counts as "
            "judging all of it; changing its links, rejecting it or writing a note does not."
        )
        return
    table = pd.DataFrame([_row(each) for each in result["agreements"]])
    figures = {"F1", "95 % from", "95 % to", "Alpha", "Alpha, marked words"}
    st.dataframe(
        table,
        hide_index=True,
        placeholder="undefined",
        column_config={
            name: st.column_config.NumberColumn(format="%.3f" if name in figures else "%d", help=text)
            for name, text in _HELP.items()
        },
        alt="Agreement of each two people: sentences, F1 and Krippendorff's alpha",
    )
    st.caption(
        "What a person says of a sentence is how it was after their last change. The later one saw what the "
        "earlier one did, so two people who work apart would agree less."
    )


def _choices(corpus: Corpus) -> tuple[Literal["source", "target"], str, Any]:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        state.follow_url("cside", "target", list(_SIDES))
        side = st.segmented_control(
            "Entities of the", list(_SIDES), required=True, key="cside", format_func=_SIDES.__getitem__
        )
        state.publish("cside", str(side), "target")
        languages = [_ALL, *sorted(corpus.languages, key=language_name)]
        state.follow_url("clang", _ALL, languages)
        lang: str = st.selectbox(
            "Target language",
            languages,
            key="clang",
            width=220,
            format_func=lambda code: "all" if code == _ALL else f"{language_name(code)} ({code})",
        )
        state.publish("clang", lang, _ALL)
        with st.container(width=260):
            config = pick_found_by(
                corpus,
                "crun",
                help="Who approved a sentence as found said that this is right; these settings find it.",
            )
    return ("source" if side == "source" else "target"), lang, config


def _row(each: Mapping[str, Any]) -> dict[str, Any]:
    interval = each["interval"] or {}
    return {
        "One": each["a"],
        "Other": each["b"],
        "Sentences": each["n_sentences"],
        "The same": each["n_identical"],
        "F1": each["f1"],
        "95 % from": interval.get("low"),
        "95 % to": interval.get("high"),
        "Alpha": each["alpha"]["value"],
        "Alpha, marked words": each["alpha_marked"]["value"],
        "By one": each["n_a"],
        "By the other": each["n_b"],
        "In common": each["n_both"],
        "Not told": each["n_unknown"],
    }
