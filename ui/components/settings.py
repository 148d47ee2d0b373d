"""The switches of the Inspect page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import streamlit as st

from ui import state
from ui.components.options import pick_options
from xner_core.alignment.trained import trained_aligners
from xner_core.config import Choice, PipelineConfig
from xner_core.registry import COMPONENTS, component_class
from xner_core.types import SentencePair
from xner_core.viz.palette import PROJECTOR_NAMES

DEFAULTS = PipelineConfig()
LONG_SENTENCE = 25
"""From here on the matrix starts with the rows of entities only."""
MOST_BUTTONS = 4
"""More choices than this are a list, so that a row of switches fits on one line."""
LIST_WIDTH = 210
"""Of such a list in pixels; the longest name fits."""
_EXTRACTIONS = (
    "How links are read from the similarities. unbalanced: each word shares itself out among those it fits, "
    "and may stay behind. argmax: each word is the other's most similar. "
    "itermax: the same, repeated for words without a link. match: one link for every subword "
    "of the shorter sentence. forward, reverse, union: each source word's most similar, each target "
    "word's, or both. grow-diag-final-and: argmax, grown along the union. softmax: what is probable "
    "from either side. transport: the sentence carried over at the largest total similarity."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How the sentence is projected and shown."""

    config: PipelineConfig
    entity_rows_only: bool

    @property
    def projector(self) -> str:
        """The name of the projector."""
        return self.config.projector.name

    @property
    def projector_name(self) -> str:
        """The projector's name for the reader."""
        return PROJECTOR_NAMES[self.projector]

    def other(self, projector: str) -> Choice:
        """Another projector with the options that it shares with the chosen one."""
        if projector == self.projector:
            return self.config.projector
        known = component_class("projector", projector).Config.model_fields
        options = {key: value for key, value in self.config.projector.options.items() if key in known}
        return Choice(name=projector, options=options)


def pick_settings(pair: SentencePair) -> Settings:
    """Let every stage from the links on be switched; the choices live in the URL."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        projector = _switch(
            "Projection",
            "projector",
            DEFAULTS.projector.name,
            help="Heuristic: the longest stretch of linked words. Greedy: the best score first. "
            "ILP: the largest total score, proven.",
        )
        aligner = _pick_aligner()
        extraction = DEFAULTS.extraction.name
        if not gives_links(aligner):
            extraction = _switch("Links by", "extraction", extraction, help=_EXTRACTIONS)
        scorer = _switch(
            "Score",
            "scorer",
            DEFAULTS.scorer.name,
            help="What makes a candidate good. alignment: the links between entity and candidate. "
            "soft-alignment: how probable links are. name: how alike the names are spelled. "
            "fused: a weighted sum of scores.",
        )
        rows = _pick_rows(pair)
        with st.popover("Options", icon=":material/tune:"):
            # Leaving out what has no links is proven to cost nothing only where links are the score.
            fitting = DEFAULTS.candidates.name if scorer == DEFAULTS.scorer.name else "ngrams"
            candidates = _switch(
                "Candidates",
                "candidates",
                fitting,
                help="aligned: only ranges between words linked to an entity. ngrams: all.",
            )
            config = PipelineConfig(
                aligner=Choice(name=aligner, options=pick_options("aligner", aligner)),
                extraction=Choice(name=extraction, options=_extraction_options(aligner, extraction)),
                candidates=Choice(name=candidates, options=pick_options("candidates", candidates)),
                scorer=Choice(name=scorer, options=pick_options("scorer", scorer)),
                projector=Choice(name=projector, options=pick_options("projector", projector)),
            )
    for caution in config.cautions:
        st.text(caution)
    return Settings(config, rows == "entities")


def _pick_aligner() -> str:
    """The aligner; a switch only where more than one works at once."""
    names = aligners()
    if len(names) < 2:
        return DEFAULTS.aligner.name
    return _switch(
        "Aligner",
        "aligner",
        DEFAULTS.aligner.name,
        names,
        help="What compares the words of both sentences, or links them itself.",
    )


def aligners() -> list[str]:
    """The aligners that work at once, with those that were trained on this machine."""
    return [*at_once("aligner"), *(f"trained:{name}" for name in trained_aligners())]


def gives_links(aligner: str) -> bool:
    """Whether an aligner's own links are taken as they are."""
    return cast(bool, component_class("aligner", aligner.partition(":")[0]).gives_links)


def _extraction_options(aligner: str, extraction: str) -> dict[str, Any]:
    """Options of the extraction; none where the aligner's own links are taken as they are."""
    return {} if gives_links(aligner) else pick_options("extraction", extraction)


def at_once(kind: str) -> list[str]:
    """The components of a kind that need nothing besides a sentence pair and the default models."""
    return [name for name in COMPONENTS[kind] if not component_class(kind, name).requires]


def _pick_rows(pair: SentencePair) -> str:
    is_long = len(pair.source.words) > LONG_SENTENCE
    return st.segmented_control(
        "Rows",
        ["all", "entities"],
        default="entities" if is_long else "all",
        required=True,
        key=f"rows-{'long' if is_long else 'short'}",
        help="Long sentences start with the words of entities only.",
    )


def _switch(label: str, kind: str, default: str, names: Sequence[str] = (), *, help: str) -> str:
    """One button for each name, by default all of a kind that work at once; a list where they are many."""
    names = names or at_once(kind)
    state.follow_url(kind, default, names)
    chosen: str | None
    if len(names) > MOST_BUTTONS:
        chosen = st.selectbox(label, names, key=kind, format_func=_shown, help=help, width=LIST_WIDTH)
    else:
        chosen = st.segmented_control(label, names, required=True, key=kind, format_func=_shown, help=help)
    state.publish(kind, str(chosen), default)
    return str(chosen)


def _shown(name: str) -> str:
    return PROJECTOR_NAMES.get(name, name)
