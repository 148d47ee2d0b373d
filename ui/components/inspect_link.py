"""The way from a row of a table to the Inspect page."""

from __future__ import annotations

import streamlit as st
from streamlit.typing import DataframeState

from xner_core.corpora import parse_spec
from xner_core.errors import CorpusError
from xner_core.registry import COMPONENTS, component_class


def selected_row(event: DataframeState, n_rows: int) -> int | None:
    """The position of the row that is selected in a table; None where there is none."""
    rows = event.selection.rows
    # What the browser sends may be anything.
    return rows[0] if rows and 0 <= rows[0] < n_rows else None


def inspect_link(label: str, parameters: dict[str, str]) -> None:
    """Draw a link to the Inspect page.

    Args:
        label: Read as Markdown, so it holds no words of a corpus.
        parameters: As Inspect writes them into the URL. A search of before is ended, or it
            could hide the sentence.
    """
    st.page_link(
        "pages/inspect.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params={"q": "", **parameters},
    )


def alignment_parameters(aligner: str, layer: int, extraction: str) -> dict[str, str] | None:
    """The part of Inspect's URL that says how words are aligned; None where Inspect has no such aligner."""
    if aligner not in COMPONENTS["aligner"] or component_class("aligner", aligner).requires:
        return None
    return {"aligner": aligner, f"aligner.{aligner}.layer": str(layer), "extraction": extraction}


def corpus_parameter(spec: str) -> dict[str, str]:
    """The part of Inspect's URL that names the corpus; empty where it was read from files by a command."""
    try:
        parse_spec(spec)
    except CorpusError:
        return {}
    return {"corpus": spec}
