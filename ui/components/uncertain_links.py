"""The links that the aligner is least certain of, each with its way to Inspect."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import cache, state
from ui.components.inspect_link import inspect_link, selected_row
from ui.components.job_panel import JobWords, result_of
from xner_core.runs.jobs import UncertainLinksJob
from xner_core.types import Corpus
from xner_core.viz.text import visible

_SIZES = ("100", "300", "1000")
"""How many sentences to align; each hundred takes a few seconds."""
_BY_ITSELF = 100
TOP = 300
"""Links listed: more than anybody looks through."""
_HELP = {
    "Margin": "The similarity less that of the nearest other word; below 0 another word fits better.",
    "Similarity": "Of the two words, from 0 to 1.",
    "Other target": "The target word that is most similar to the source word besides this one.",
    "Other source": "The source word that is most similar to the target word besides this one.",
    "Agree": "Which of the two words has the other as its most similar one.",
    "Entity": "Whether the source word belongs to an entity.",
}


def uncertain_links(corpus: Corpus, lang: str) -> None:
    """Align the first sentences of a language and list the least certain links."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        state.follow_url("first", _SIZES[0], _SIZES)
        size: str = st.selectbox(
            "Sentences", _SIZES, key="first", width=160, format_func=lambda n: f"the first {int(n):,}"
        )
        state.publish("first", size, _SIZES[0])
        state.follow_url("entities", "False", ["False", "True"], lambda text: text == "True")
        only: bool = st.toggle("Only links of entities", key="entities")
        state.publish("entities", str(only), "False")
    limit = int(size)
    words = JobWords("The alignment", f"Align the first {limit:,} sentences", "Aligning")
    result = result_of(UncertainLinksJob(corpus, lang, limit, TOP), words, by_itself=limit <= _BY_ITSELF)
    if result is not None:
        _table(corpus, lang, size, result, only)


def _table(corpus: Corpus, lang: str, size: str, result: dict[str, Any], only: bool) -> None:
    links = result["entity_links" if only else "links"]
    if not links:
        st.info("There is no such link in these sentences.")
        return
    pairs = cache.pairs_by_id(corpus)
    rows = [
        {
            "Margin": link["margin"],
            "Source": visible(link["source_word"]),
            "Target": visible(link["target_word"]),
            "Similarity": link["similarity"],
            "Other target": visible(link["other_target"]) if link["other_target"] else None,
            "Other source": visible(link["other_source"]) if link["other_source"] else None,
            "Agree": link["directions"],
            "Entity": "✓" if link["of_entity"] else "",
            "Sentence": " ".join(pairs[link["pair"]].source.words),
        }
        for link in links
    ]
    number = st.column_config.NumberColumn
    text = st.column_config.TextColumn
    event = st.dataframe(
        pd.DataFrame(rows),
        key=f"links-{corpus.fingerprint[:12]}-{lang}-{size}-{only}",
        hide_index=True,
        height=min(38 + 35 * len(rows), 560),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: number(format="%.3f", help=help, width=80)
            if name in {"Margin", "Similarity"}
            else text(help=help)
            for name, help in _HELP.items()
        },
        alt="Links with their similarity, the words that compete and the margin, the least certain first",
    )
    chosen = selected_row(event, len(links))
    if chosen is None:
        st.caption("Select a row to read its sentence and to inspect it.")
    else:
        pair = pairs[links[chosen]["pair"]]
        with st.container(border=True, gap="xsmall"):
            st.text(" ".join(pair.source.words))
            st.text(" ".join(pair.target.words))
            parameters = {"corpus": corpus.spec, "lang": lang, "sid": pair.id}
            inspect_link("Inspect this sentence", parameters)
    st.caption(
        f"The {len(links):,} least certain of {result['n_links']:,} links in {result['n_pairs']:,} sentences"
        f"{', of those of entities' if only else ''} · computed {result['provenance']['time']}"
    )
