"""The four steps: what each needs is computed when it is reached, and drawn into one growing picture."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui import cache, state
from ui.components.settings import taggers
from ui.components.try_details import candidates, choice, links, way_on
from ui.components.try_marks import LABELS, entities_from, marks_text, read_marks
from ui.components.try_pair import Tried
from ui.components.try_walk import walk
from ui.frame import errors_shown
from xner_core.config import PipelineConfig
from xner_core.languages import language_name
from xner_core.types import Entity, SentencePair
from xner_core.viz.steps import ALIGN, CANDIDATES, CHOOSE, SOURCE, walk_view
from xner_core.viz.steps_wording import EXPLANATIONS, QUESTIONS, TITLES, entities_found

CONFIG = PipelineConfig()
_STEPS = (SOURCE, ALIGN, CANDIDATES, CHOOSE)
_WALK = "try-walk"


def chain(tried: Tried) -> None:
    """Walk through the steps with a pair."""
    doc = f"{tried.corpus.fingerprint[:12]}/{tried.pair.id}"
    marks = _marks(doc, len(tried.pair.source.words))
    entities, origin = _entities(tried, marks)
    step = _pick_step(bool(entities))
    st.subheader(f"{step} · {QUESTIONS[step - 1]}", anchor=False)
    st.text(EXPLANATIONS[step - 1])
    pair = _with_just(entities, tried.pair)
    said = {"doc": doc, "ack": state.newest(_WALK), "labels": list(LABELS)}
    if step == SOURCE:
        walk(walk_view(pair, entities, step) | said, _WALK)
        st.text(entities_found(entities, origin) or _nothing_found(tried.pair))
        return
    with errors_shown():
        problem = cache.problem(tried.corpus, pair, CONFIG)
        projection = cache.projection(tried.corpus, pair, CONFIG)
    walk(walk_view(pair, entities, step, problem, projection) | said, _WALK)
    if step == ALIGN:
        links(pair, problem)
    elif step == CANDIDATES:
        candidates(pair, problem, projection)
    else:
        choice(pair, problem, projection, cache.what_if(tried.corpus, pair, CONFIG).runner_up)
        way_on(tried, None if marks is None else pair.source)


def _pick_step(has_entities: bool) -> int:
    """The step; without entities there is nothing to go on with."""
    reachable = [str(step) for step in (_STEPS if has_entities else _STEPS[:1])]
    state.follow_url("step", "1", reachable)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        chosen = st.segmented_control(
            "Step",
            reachable,
            key="step",
            required=True,
            format_func=lambda step: f"{step} {TITLES[int(step) - 1]}",
            label_visibility="collapsed",
        )
        step = int(str(chosen))
        for name, there, icon, keys in (
            ("Back", step - 1, ":material/chevron_left:", "Shift+Left"),
            ("Next", step + 1, ":material/chevron_right:", "Shift+Right"),
        ):
            st.button(
                name,
                key=f"try-{name.lower()}",
                icon=icon,
                icon_position="left" if name == "Back" else "right",
                shortcut=keys,
                disabled=str(there) not in reachable,
                on_click=state.set_widget_value,
                args=("step", str(there)),
            )
    state.publish("step", str(step), "1")
    return step


def _marks(doc: str, n_words: int) -> tuple[Entity, ...] | None:
    """The entities that a person marked in this sentence; None where nobody marked any."""
    state.keep_only_about("marks", doc)
    state.follow_url("marks", "")
    report = (state.widget_value(_WALK) or {}).get("marked")
    if isinstance(report, dict) and state.is_newer(_WALK, report.get("seq")) and report.get("doc") == doc:
        told = entities_from(report.get("entities"), n_words)
        if told is not None:
            state.set_widget_value("marks", marks_text(told))
    marks = read_marks(str(state.widget_value("marks")), n_words)
    state.publish("marks", "" if marks is None else marks_text(marks), "")
    return marks


def _entities(tried: Tried, marks: tuple[Entity, ...] | None) -> tuple[tuple[Entity, ...], str]:
    """The source entities, and who marked them."""
    source = tried.pair.source
    if marks is not None:
        return marks, "by you"
    if source.entities is not None:
        return source.entities, "by hand for this example"
    if "spacy" not in taggers(source.lang):
        return (), ""
    with st.spinner("Looking for entities …"), errors_shown():
        return cache.source_entities(tried.corpus, tried.pair, CONFIG), "by spaCy, a program that finds names"


def _with_just(entities: tuple[Entity, ...], pair: SentencePair) -> SentencePair:
    """The pair with these source entities and no other ones; its id tells them apart for the cache."""
    return replace(
        pair, id=f"{pair.id}_{marks_text(entities)}", source=replace(pair.source, entities=entities)
    )


def _nothing_found(pair: SentencePair) -> str:
    lang = pair.source.lang
    if "spacy" in taggers(lang):
        return (
            "No entity was found, so there is nothing to carry over yet. Mark one: click its words, then its "
            "label."
        )
    return (
        f"No program that finds names in {language_name(lang)} is installed. Mark the entities yourself: "
        "click the words of each, then its label."
    )
