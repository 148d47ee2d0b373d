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
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        state.follow_url("projector", PROJECTOR, COMPONENTS["projector"])
        projector = st.segmented_control(
            "Projection",
            list(COMPONENTS["projector"]),
            required=True,
            key="projector",
            format_func=PROJECTOR_NAMES.__getitem__,
            help="Heuristic: the longest stretch of linked words. Greedy: the best score first. "
            "ILP: the largest total score, proven.",
        )
        state.publish("projector", str(projector), PROJECTOR)
        state.follow_url("extraction", EXTRACTION, COMPONENTS["extraction"])
        extraction = st.segmented_control(
            "Links by",
            list(COMPONENTS["extraction"]),
            required=True,
            key="extraction",
            help="How links are read from the similarities. argmax: each word is the other's most similar. "
            "itermax: the same, repeated for words without a link. match: one link for every subword "
            "of the shorter sentence.",
        )
        state.publish("extraction", str(extraction), EXTRACTION)
        rows = st.segmented_control(
            "Rows",
            ["all", "entities"],
            default="all" if len(pair.source.words) <= LONG_SENTENCE else "entities",
            required=True,
            key=f"rows-{'long' if len(pair.source.words) > LONG_SENTENCE else 'short'}",
            help="Long sentences start with the words of entities only.",
        )
    return Settings(str(projector), str(extraction), rows == "entities")
