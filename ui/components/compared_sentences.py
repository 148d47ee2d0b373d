"""The sentences behind a count of two runs compared, each with its way to Inspect."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui import state
from ui.components.compared_counts import ALL, Place, place_name
from ui.components.inspect_link import inspect_link, inspect_parameters, not_on_inspect, selected_row
from ui.components.run_picker import Result
from xner_core.languages import language_name
from xner_core.runs.reading import rows_of_sentences
from xner_core.runs.rows import Row, entities_of
from xner_core.viz.compared_wording import SORT_HELP, SORTS
from xner_core.viz.text import visible

_PER_PAGE = 200
_COLUMNS = ("target_lang", "source_words", "target_words", "gold_entities", "target_entities")
_DEFAULT_SORT = "only_a"


def list_sentences(found: Mapping[Place, Mapping[str, Any]], a: Result, b: Result) -> None:
    """Let the sentences be chosen by language, label and who was right; list them."""
    place, sort = _pick(found)
    if place not in found:
        st.info("There is no such entity in this language. Choose another language or label.")
        return
    compared = found[place]
    ids = compared["sentences"][sort]
    n = compared["entities"][sort]
    st.text(f"{place_name(place)} · {SORTS[sort]}: {n:,} entities in {len(ids):,} sentences.")
    if not ids:
        st.info("No sentence has such an entity. Choose another count.")
        return
    shown = ids[: _PER_PAGE * _pages(len(ids))]
    label = place[1]
    _table(shown[-_PER_PAGE:] if len(shown) > _PER_PAGE else shown, None if label == ALL else label, a, b)


def _pick(found: Mapping[Place, Mapping[str, Any]]) -> tuple[Place, str]:
    languages = list(dict.fromkeys(lang for lang, _ in found))
    labels = list(dict.fromkeys(label for _, label in found))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        sort = _choose("csort", "Entities", list(SORTS), SORTS, _DEFAULT_SORT, 190)
        lang = _choose("clang", "Language", languages, {ALL: "All languages"}, languages[0], 190)
        label = _choose("clabel", "Label", labels, {ALL: "All labels"}, labels[0], 150)
    st.caption(SORT_HELP[sort])
    return (lang, label), sort


def _choose(
    key: str, label: str, options: Sequence[str], names: Mapping[str, str], default: str, width: int
) -> str:
    state.follow_url(key, default, options)
    chosen: str = st.selectbox(
        label, options, key=key, width=width, format_func=lambda each: names.get(each) or _named(each)
    )
    state.publish(key, chosen, default)
    return chosen


def _named(option: str) -> str:
    """A language by its name; a label is what it is."""
    return option if option.isupper() else f"{language_name(option)} ({option})"


def _pages(n: int) -> int:
    """Which stretch of a long list is shown, counted from 1."""
    last = -(-n // _PER_PAGE)
    if last == 1:
        return 1
    page: int = st.number_input(
        f"Part of {last:,}", 1, last, key="cpart", width=140, help=f"{_PER_PAGE} sentences a part."
    )
    return page


def _table(ids: Sequence[str], label: str | None, a: Result, b: Result) -> None:
    rows = {one.id: rows_of_sentences(one.place, one.manifest, _COLUMNS, ids) for one in (a, b)}
    pairs = list(zip(rows[a.id], rows[b.id], strict=True))
    table = pd.DataFrame(
        [
            {
                "Source": _text(row["source_words"]),
                "Target": _text(row["target_words"]),
                "Gold": _entities(row, "gold_entities", label),
                "A": _entities(row, "target_entities", label),
                "B": _entities(other, "target_entities", label),
                "Id": row["id"],
            }
            for row, other in pairs
        ]
    )
    event = st.dataframe(
        table,
        key=f"sentences-{a.id}-{b.id}-{'-'.join(ids[:1])}-{len(ids)}-{label}",
        hide_index=True,
        height=min(38 + 35 * len(table), 420),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Gold": st.column_config.TextColumn(help="The target entities that are right."),
            "A": st.column_config.TextColumn(help="What the first run made."),
            "B": st.column_config.TextColumn(help="What the second run made."),
            "Id": st.column_config.TextColumn(help="Names the sentence in its corpus."),
        },
        alt="Sentences with their gold entities and what each run made",
    )
    chosen = selected_row(event, len(pairs))
    if chosen is None:
        st.caption("Select a row to read the sentence and to inspect it under the settings of A or of B.")
        return
    _one(pairs[chosen][0], pairs[chosen][1], label, a, b)


def _one(row: Row, other: Row, label: str | None, a: Result, b: Result) -> None:
    with st.container(border=True, gap="xsmall"):
        st.text(_text(row["source_words"]))
        st.text(_text(row["target_words"]))
        st.text(f"Gold: {_entities(row, 'gold_entities', label)}")
        for name, result, each in (("A", a, row), ("B", b, other)):
            st.text(f"{name}: {_entities(each, 'target_entities', label)}")
            lacking = not_on_inspect(result.config)
            if lacking:
                st.caption(f"Inspect cannot show all that {name} did: it has no {', no '.join(lacking)}.")
            inspect_link(
                f"Inspect under the settings of {name}",
                inspect_parameters(result.config, row["target_lang"], row["id"]),
            )


def _text(words: Collection[str] | None) -> str:
    return " ".join(map(visible, words or ()))


def _entities(row: Row, column: str, label: str | None) -> str:
    """Entities in words: their surface and label."""
    words = row["target_words"] or ()
    return (
        " · ".join(
            f"{_text(words[entity.span.start : entity.span.end])} {entity.label}"
            for entity in entities_of(row[column])
            if label is None or entity.label == label
        )
        or "–"
    )
