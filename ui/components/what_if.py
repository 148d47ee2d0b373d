"""What if: sliders for what decides most, and the present settings pinned to compare others with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext

import streamlit as st

from ui import state
from ui.components.options import slide_options
from ui.pinned import pin_text
from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError
from xner_core.scoring.fused import DEFAULT_FORMULA, parse_formula

SLIDERS: Mapping[str, Mapping[str, tuple[str, float]]] = {
    "scorer": {"threshold": ("Score threshold", 2.0)},
    "candidates": {"max_words": ("Longest n-gram, in words", 20)},
    "projector": {
        "n_proj": ("Projections (n_proj)", 5),
        "relation": ("Relation to n_proj", 0),
        "merge_distance": ("Words between ranges that merge", 10),
        "length_ratio": ("Least length, relative to the entity", 2.0),
        "keep": ("Ranges that an entity keeps", 10),
        "only_i": ("Do not merge at the first word", 0),
    },
}
"""Options that have a slider here: kind → option → its label and the usual end of its slider."""
_FORMULA = "scorer.fused.parts"
_LARGEST_WEIGHT, _STEP = 2.0, 0.05


def what_if(config: PipelineConfig) -> PipelineConfig:
    """Let the options of `SLIDERS` be changed; return the settings with them."""
    place = st.expander("What if …", icon=":material/experiment:", key="what-if", on_change="rerun")
    drawn = bool(place.open)
    with place:
        row = (
            st.container(horizontal=True, gap="medium", vertical_alignment="top") if drawn else nullcontext()
        )
        with row:
            if config.scorer.name == "fused" and drawn:
                _slide_weights(str(config.scorer.options.get("parts", DEFAULT_FORMULA)))
            chosen = {kind: _slide(getattr(config, kind), kind, drawn) for kind in SLIDERS}
        config = config.model_copy(update=chosen)
        _pin(config, drawn)
    return config


def _slide(choice: Choice, kind: str, drawn: bool) -> Choice:
    options = slide_options(kind, choice.name, SLIDERS[kind], drawn=drawn)
    return Choice(name=choice.name, options={**choice.options, **options})


def _slide_weights(formula: str) -> None:
    """A slider for the weight of each part of the fused score; the formula itself is an option."""
    try:
        parts = parse_formula(formula)
    except ConfigError:
        return  # said where the score is made
    names = [part.name for part in parts]
    for index, part in enumerate(parts):
        key = f"{_FORMULA}.{index}"
        state.set_widget_value(key, part.weight)
        st.slider(
            f"Weight of {part.name}" if part.name.isascii() else f"Weight {index + 1}",
            min(_STEP, part.weight),
            max(_LARGEST_WEIGHT, part.weight),
            step=_STEP,
            key=key,
            width=220,
            help="What its score is multiplied by before the scores are added up.",
            on_change=_write_formula,
            args=(names,),
        )


def _write_formula(names: Sequence[str]) -> None:
    weights = [float(state.widget_value(f"{_FORMULA}.{index}")) for index in range(len(names))]
    terms = (f"{round(weight, 6):g}*{name}" for weight, name in zip(weights, names, strict=True))
    state.set_widget_value(_FORMULA, " + ".join(terms))


def _pin(config: PipelineConfig, drawn: bool) -> None:
    """Buttons that pin the present settings, and let go of them; what is pinned is in the URL."""
    state.follow_url("pin", "")
    text = str(state.widget_value("pin") or "")
    state.publish("pin", text, "")
    if not drawn:
        return
    now = pin_text(config)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Pin and compare",
            icon=":material/keep:",
            disabled=text == now,
            on_click=state.set_widget_value,
            args=("pin", now),
            help="Keeps the present settings; whatever you change then is compared with them.",
        )
        if text:
            st.button("Unpin", key="unpin", on_click=state.set_widget_value, args=("pin", ""))
