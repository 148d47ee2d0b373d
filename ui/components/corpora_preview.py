"""What an upload would become: counts, first sentences, and problems by line."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xner_core.corpora.uploads.findings import MOST_LISTED
from xner_core.corpora.uploads.preview import Preview
from xner_core.languages import language_name
from xner_core.types import Sentence

_SHOWN = 20
"""Sentences of a preview."""


def show_preview(found: Preview) -> None:
    """Show what was read of an upload and what was not."""
    with st.container(gap="xsmall"):
        if found.refusal is not None:
            refusal = found.refusal
            where = f"{refusal.file}, line {refusal.line}" if refusal.line else refusal.file
            st.error("Nothing of this can be read:", icon=":material/error:")
            st.text(f"{where}: {refusal.what}. {refusal.hint}")
        else:
            st.text(_summary(found))
        for notice in found.notices:
            st.text(notice)
        _findings(found)
        _sentences(found)


def _summary(found: Preview) -> str:
    pairs, held = found.pairs, found.counts
    named = ", ".join(
        f"{language_name(source)} → {language_name(target)}" for source, target in held.languages[:3]
    )
    counts = {
        "with gold source entities": held.n_source_gold,
        "with gold target entities": held.n_target_gold,
        "with gold links": held.n_linked,
        "of which a sentence is missing": held.n_incomplete,
    }
    parts = [f"{n:,} {what}" for what, n in counts.items() if n]
    first = f"{len(pairs):,} good {'pair' if len(pairs) == 1 else 'pairs'}"
    return "; ".join(
        [f"{first} ({named}{' …' if len(held.languages) > 3 else ''})" if pairs else first, *parts]
    )


def _findings(found: Preview) -> None:
    if not found.findings:
        return
    for n, what, consequence in (
        (found.n_problems, "problem", "what has one is left out"),
        (found.n_changes, "change", "what was changed is kept"),
    ):
        if n:
            more = f"; the first {MOST_LISTED} are listed" if n > MOST_LISTED else ""
            st.text(f"{n:,} {what}{'' if n == 1 else 's'}: {consequence}{more}.")
    table: dict[str, list[str] | list[int | None]] = {
        "File": [each.file for each in found.findings],
        "Line": [each.line for each in found.findings],
        "": ["left out" if each.is_problem else "changed" for each in found.findings],
        "What": [each.what for each in found.findings],
        "What to do": [each.hint for each in found.findings],
    }
    if len({each.file for each in found.findings}) == 1:
        del table["File"]
    st.dataframe(
        pd.DataFrame(table),
        key="upload-findings",
        hide_index=True,
        height=min(40 + 35 * len(found.findings), 320),
        alt="Problems and changes with their lines",
    )


def _sentences(found: Preview) -> None:
    pairs = found.pairs[:_SHOWN]
    if not pairs:
        return
    if len(found.pairs) > _SHOWN:
        st.text(f"The first {_SHOWN} of {len(found.pairs):,}:")
    st.dataframe(
        pd.DataFrame(
            {
                "Source": [_words(pair.source) for pair in pairs],
                "Target": [_words(pair.target) for pair in pairs],
                "Source entities": [_entities(pair.source) for pair in pairs],
                "Target entities": [_entities(pair.target) for pair in pairs],
            }
        ),
        key="upload-sentences",
        hide_index=True,
        height=min(40 + 35 * len(pairs), 400),
        alt="The first sentences of the upload",
    )


def _words(sentence: Sentence) -> str:
    return "(missing)" if sentence.is_missing else " ".join(sentence.words)


def _entities(sentence: Sentence) -> str:
    if sentence.entities is None:
        return "unknown"
    return (
        ", ".join(f"{entity.label} {sentence.surface(entity.span)}" for entity in sentence.entities) or "none"
    )
