"""The switches of the Inspect page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from typing import cast

import streamlit as st

from ui import state
from ui.components.options import pick_options
from ui.components.page_keys import list_keys, take_keys
from ui.components.popover_start import popover_start
from ui.components.what_if import SLIDERS, what_if
from ui.pinned import KINDS, pinned_config
from xner_core.alignment.trained import trained_aligners
from xner_core.config import Choice, PipelineConfig
from xner_core.languages import short_code
from xner_core.ner.trained import TAGGERS
from xner_core.registry import COMPONENTS, component_class
from xner_core.types import SentencePair
from xner_core.viz.glossary import explained
from xner_core.viz.palette import PROJECTOR_NAMES

DEFAULTS = PipelineConfig()
LONG_SENTENCE = 25
"""From here on the matrix starts with the rows of entities only."""
MOST_BUTTONS = 4
"""More choices than this are a list, so that a row of switches fits on one line."""
_NONE = "none"
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
    """How the sentence is projected and shown.

    Attributes:
        config: The pipeline.
        entity_rows_only: Whether the alignment shows the words of entities only.
        beside: The projector that is compared with the chosen one; None where greedy and exact
            matching are compared.
        shows_gold: Whether gold is shown.
        pinned: The settings that these are compared with; None where none are.
    """

    config: PipelineConfig
    entity_rows_only: bool
    beside: str | None = None
    shows_gold: bool = True
    pinned: PipelineConfig | None = None

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
    """Let every stage be switched; the choices live in the URL."""
    take_keys()
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        projector = _switch(
            "Projection",
            "projector",
            DEFAULTS.projector.name,
            help=f"{explained('heuristic', 'greedy', 'ILP')} Keys: 1, 2, 3.",
        )
        beside = _pick_beside(projector)
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
        shows_gold = _pick_gold(pair)
        options = st.popover("Options", icon=":material/tune:", key="options", on_change="rerun")
        with options:
            drawn = bool(options.open)
            if drawn:
                popover_start("Options of each stage", "options-start")
            config = _pick_details(pair, projector, aligner, extraction, scorer, drawn=drawn)
        list_keys()
    config = what_if(config)
    for caution in config.cautions:
        st.text(caution)
    return Settings(config, rows == "entities", beside, shows_gold, _pinned(pair))


def without_gold(pair: SentencePair) -> SentencePair:
    """The pair as somebody sees it who looks at no gold but the source entities."""
    return replace(pair, target=replace(pair.target, entities=None), gold_alignment=None)


def _pick_details(
    pair: SentencePair, projector: str, aligner: str, extraction: str, scorer: str, *, drawn: bool
) -> PipelineConfig:
    """What is changed less often: the tagger, the candidates and the options of all stages.

    The form is drawn only while it is open: half of all that the page draws would be in it.
    """
    tagger = _switch(
        "Source entities",
        "ner",
        DEFAULTS.ner.name,
        taggers(pair.source.lang),
        help=f"{explained('source entities')} auto: gold where the corpus has them, "
        "else spaCy. gold: the corpus. spacy: the largest installed pipeline. trained: a tagger that was "
        "trained here.",
        drawn=drawn,
    )
    # Leaving out what has no links is proven to cost nothing only where links are the score.
    fitting = DEFAULTS.candidates.name if scorer == DEFAULTS.scorer.name else "ngrams"
    candidates = _switch(
        "Candidates",
        "candidates",
        fitting,
        help="aligned: only ranges between words linked to an entity. ngrams: all.",
        drawn=drawn,
    )

    def choice(kind: str, name: str) -> Choice:
        return Choice(name=name, options=pick_options(kind, name, SLIDERS.get(kind, {}), drawn=drawn))

    return PipelineConfig(
        ner=choice("ner", tagger),
        aligner=choice("aligner", aligner),
        extraction=Choice(name=extraction) if gives_links(aligner) else choice("extraction", extraction),
        candidates=choice("candidates", candidates),
        scorer=choice("scorer", scorer),
        projector=choice("projector", projector),
    )


def _pick_beside(projector: str) -> str | None:
    """A second projector, whose target entities are shown beside those of the chosen one."""
    options = [_NONE, *(name for name in at_once("projector") if name != projector)]
    state.follow_url("other", _NONE, options)
    chosen = st.selectbox(
        "Beside it",
        options,
        key="other",
        format_func=lambda name: "nothing" if name == _NONE else PROJECTOR_NAMES[name],
        width=130,
        help="Another projector, with a lane of its own under the translation; what differs is marked.",
    )
    state.publish("other", chosen, _NONE)
    return None if chosen == _NONE else chosen


def _pick_gold(pair: SentencePair) -> bool:
    if pair.target.entities is None and pair.gold_alignment is None:
        return True
    state.follow_url("gold", "True", ["True", "False"], lambda text: text == "True")
    shows = st.toggle("Gold", key="gold", help=f"{explained('gold')} Key: G.")
    state.publish("gold", str(shows), "True")
    return shows


def _pinned(pair: SentencePair) -> PipelineConfig | None:
    text = str(state.widget_value("pin") or "")
    offered = {kind: at_once(kind) for kind in KINDS}
    return pinned_config(text, {**offered, "ner": taggers(pair.source.lang), "aligner": aligners()})


def taggers(lang: str) -> list[str]:
    """The taggers of source entities that work at once for a language, with those trained here."""
    code = short_code(lang)
    has_spacy = any(name.startswith(f"{code}_") for name in _spacy_pipelines())
    names = [name for name in at_once("ner") if name != "spacy" or has_spacy]
    return [*names, *(f"trained:{name}" for name in TAGGERS.known())]


@cache
def _spacy_pipelines() -> tuple[str, ...]:
    """The installed pipelines; spaCy itself would have to be imported to tell."""
    return tuple(entry_points(group="spacy_models").names)


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


def _switch(
    label: str, kind: str, default: str, names: Sequence[str] = (), *, help: str, drawn: bool = True
) -> str:
    """One button for each name, by default all of a kind that work at once; a list where they are many."""
    names = names or at_once(kind)
    state.follow_url(kind, default, names, drawn=drawn)
    chosen: str | None
    if not drawn:
        chosen = str(state.widget_value(kind))
    elif len(names) > MOST_BUTTONS:
        chosen = st.selectbox(label, names, key=kind, format_func=_shown, help=help, width=LIST_WIDTH)
    else:
        chosen = st.segmented_control(label, names, required=True, key=kind, format_func=_shown, help=help)
    state.publish(kind, str(chosen), default)
    return str(chosen)


def _shown(name: str) -> str:
    return PROJECTOR_NAMES.get(name, name)
