"""Building a run's config from the components' own options, and starting it."""

from __future__ import annotations

from typing import cast, get_args

import streamlit as st

from ui import cache, state
from ui.components.corpus_picker import pick_corpus
from ui.components.options import pick_options
from ui.components.popover_start import popover_start
from xner_core.config import Choice, PipelineConfig
from xner_core.registry import COMPONENTS, component_class
from xner_core.runs import background
from xner_core.runs.config import Method, RunConfig, to_yaml
from xner_core.runs.run import place_of
from xner_core.translation.apertium import installed_pairs

_COLUMNS = 3
_METHODS: dict[str, str] = {
    "projection": "Projection",
    "transfer": "Model transfer",
    "markers": "Markers",
}
_STAGES = {
    "translator": ("Translation", "Makes the sentences that the corpus lacks."),
    "ner": ("Source entities", "What tags the source; in model transfer, the target."),
    "refinement": (
        "Refinement",
        "Back-translation: the labelled source is carried into the target's language.",
    ),
    "aligner": ("Aligner", "What compares the words of both sentences."),
    "extraction": ("Links by", "How links are chosen from similarities."),
    "target_ner": ("Target tags", "A tagger's view of the target, for candidates and scores."),
    "candidates": ("Candidates", "Which target spans an entity may be projected to."),
    "scorer": ("Score", "What makes a candidate good."),
    "projector": ("Projection", "How candidates are chosen."),
}
_USED: dict[str, tuple[str, ...]] = {
    "projection": tuple(_STAGES),
    "transfer": ("ner",),
    "markers": ("ner", "refinement"),
}


def new_run() -> None:
    """Let a run be described and started; its choices live in the URL."""
    corpus = pick_corpus()
    method = _pick_method()
    stages = {}
    for start in range(0, len(_USED[method]), _COLUMNS):
        for stage, column in zip(_USED[method][start : start + _COLUMNS], st.columns(_COLUMNS), strict=False):
            with column:
                stages[stage] = _pick_stage(stage)
    pipeline = PipelineConfig(**stages)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = st.text_input("Name", key="run-name", placeholder="for the list", width=220)
        labels = st.text_input(
            "Labels that count",
            key="run-labels",
            placeholder="all",
            width=180,
            help="As PER,LOC,ORG. Others are left out of the figures.",
        )
        lang = st.selectbox(
            "Target language", ["", *corpus.languages], key="run-lang", width=160, format_func=_any
        )
        limit = st.number_input(
            "Sentences", min_value=1, value=None, key="run-limit", placeholder="all", width=140
        )
    wanted = tuple(label.strip() for label in (labels or "").split(",") if label.strip())
    config = RunConfig(
        corpus=corpus.spec,
        name=name or "",
        method=cast(Method, method),
        pipeline=pipeline,
        labels=wanted or None,
        lang=lang or None,
        limit=limit,
    )
    place = place_of(config, cache.corpus(corpus.spec))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Start", key="run-start", icon=":material/play_arrow:"):
            background.start(config, place)
            state.look_at(show=None, run=place.path.name)
        if place.manifest() is not None:
            st.text("This run is in the list already; starting it goes on with it.")
    with st.expander("The same as a file, for xner run"):
        st.code(to_yaml(config), language="yaml")


def _pick_method() -> str:
    names = list(get_args(Method))
    state.follow_url("method", names[0], names)
    method = st.segmented_control(
        "Method",
        names,
        required=True,
        key="method",
        format_func=_METHODS.__getitem__,
        help="Projection carries source entities over. Model transfer tags the target directly. Markers "
        "translates source sentences with marks around their entities.",
    )
    state.publish("method", str(method), names[0])
    return str(method)


def _pick_stage(kind: str) -> Choice:
    """The component of a stage by name, with its options behind a button."""
    label, help = _STAGES[kind]
    default: Choice = getattr(PipelineConfig(), kind)
    known = list(COMPONENTS[kind])
    state.follow_url(kind, default.name)
    current = str(state.widget_value(kind) or default.name)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen: str | None = st.selectbox(
            label,
            list(dict.fromkeys([*known, current])),
            key=kind,
            accept_new_options=True,
            help=f"{help} Type NAME:MODEL for one that needs a model or a file.",
        )
        name = (chosen or default.name).strip() or default.name
        state.publish(kind, name, default.name)
        component = component_class(kind, name.partition(":")[0])
        needs = component.requires
        with st.popover("Options", icon=":material/tune:", disabled=not component.Config.model_fields):
            popover_start(label, f"{kind}-options-start")
            options = pick_options(kind, name)
    if needs and ":" not in name:
        st.text(f"Needs {needs}.")
    if name == "apertium":
        pairs = ", ".join(f"{source} → {target}" for source, target in installed_pairs())
        st.text(f"Installed: {pairs or 'no pair'}.")
    return Choice(name=name, options=options)


def _any(lang: str) -> str:
    return lang or "all"
