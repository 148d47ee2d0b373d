"""The switches of the Inspect page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui import state
from xner_core.config import PipelineConfig
from xner_core.registry import COMPONENTS
from xner_core.types import SentencePair
from xner_core.viz.palette import PROJECTOR_NAMES

PROJECTOR = PipelineConfig().projector.name
EXTRACTION = PipelineConfig().extraction.name
LONG_SENTENCE = 25
"""From here on the matrix starts with the rows of entities only."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the sentence is projected and shown."""

    projector: str
    extraction: str
    entity_rows_only: bool

    @property
    def projector_name(self) -> str:
        """The projector's name for the reader."""
        return PROJECTOR_NAMES[self.projector]


def pick_settings(pair: SentencePair) -> Settings:
    """Let the projector and the extraction be switched; the choices live in the URL."""
    is_long = len(pair.source.words) > LONG_SENTENCE
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        projector = _switch(
            "Projection",
            "projector",
            PROJECTOR,
            help="Heuristic: the longest stretch of linked words. Greedy: the best score first. "
            "ILP: the largest total score, proven.",
        )
        extraction = _switch(
            "Links by",
            "extraction",
            EXTRACTION,
            help="How links are read from the similarities. argmax: each word is the other's most similar. "
            "itermax: the same, repeated for words without a link. match: one link for every subword "
            "of the shorter sentence.",
        )
        rows = st.segmented_control(
            "Rows",
            ["all", "entities"],
            default="entities" if is_long else "all",
            required=True,
            key=f"rows-{'long' if is_long else 'short'}",
            help="Long sentences start with the words of entities only.",
        )
    return Settings(projector, extraction, rows == "entities")


def _switch(label: str, kind: str, default: str, *, help: str) -> str:
    """One button for each registered component of a kind."""
    names = list(COMPONENTS[kind])
    state.follow_url(kind, default, names)
    chosen = st.segmented_control(
        label,
        names,
        required=True,
        key=kind,
        format_func=lambda name: PROJECTOR_NAMES.get(name, name),
        help=help,
    )
    state.publish(kind, str(chosen), default)
    return str(chosen)
