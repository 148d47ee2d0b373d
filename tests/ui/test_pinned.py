"""Settings as one short text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.components.settings import at_once
from ui.pinned import KINDS, chosen_settings, differing, pin_text, pinned_config
from xner_core.config import Choice, PipelineConfig

OFFERED = {kind: at_once(kind) for kind in KINDS}
DEFAULT = "ner~auto~aligner~e5-small~extraction~unbalanced~candidates~aligned~scorer~alignment~projector~ilp"

OPTIONS: dict[tuple[str, str], st.SearchStrategy[dict[str, str]]] = {
    ("projector", "ilp"): st.fixed_dictionaries(
        {}, optional={"n_proj": st.integers(0, 20).map(str), "relation": st.sampled_from(["<=", "==", ">="])}
    ),
    ("projector", "heuristic"): st.fixed_dictionaries({}, optional={"keep": st.integers(1, 10).map(str)}),
    ("scorer", "fused"): st.fixed_dictionaries(
        {}, optional={"parts": st.just("0.5*alignment:words + 2*name"), "threshold": st.just("0.3")}
    ),
}


@st.composite
def configs(draw: st.DrawFn) -> PipelineConfig:
    stages = {}
    for kind in KINDS:
        name = draw(st.sampled_from(OFFERED[kind]))
        stages[kind] = Choice(name=name, options=draw(OPTIONS.get((kind, name), st.just({}))))
    return PipelineConfig(**stages)


@given(configs())
def test_what_is_written_is_read_again(config: PipelineConfig) -> None:
    assert pinned_config(pin_text(config), OFFERED) == config


@given(configs(), configs())
def test_equal_texts_are_equal_settings(one: PipelineConfig, other: PipelineConfig) -> None:
    assert (pin_text(one) == pin_text(other)) == (one == other)


@given(st.text())
def test_anything_may_stand_in_a_url(text: str) -> None:
    assert pinned_config(text, OFFERED) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        DEFAULT + "~",
        DEFAULT + "~scorer.fused.threshold~0.3",  # of a scorer that is not chosen
        DEFAULT + "~projector.ilp.n_proj~many",
        DEFAULT + "~projector.ilp.n_proj~-1",
        DEFAULT + "~projector.ilp.nothing~1",
        DEFAULT.replace("projector~ilp", "projector~oracle"),
        DEFAULT.replace("aligner~e5-small", "aligner~links:/etc/passwd"),
        DEFAULT.removesuffix("~projector~ilp"),
        DEFAULT + "~translator~none",
    ],
)
def test_what_is_malformed_or_not_offered_is_ignored(text: str) -> None:
    assert pinned_config(text, OFFERED) is None


def test_the_text_is_the_settings_one_after_the_other() -> None:
    assert pin_text(PipelineConfig()) == DEFAULT
    assert pinned_config(DEFAULT, OFFERED) == PipelineConfig()
    config = PipelineConfig(projector=Choice(name="ilp", options={"n_proj": "2"}))
    assert pin_text(config) == DEFAULT + "~projector.ilp.n_proj~2"


def test_values_with_the_separator_and_json_survive() -> None:
    options: dict[str, Any] = {"labels": {"A~B": "100%7E"}, "model": "a~b%c"}
    config = PipelineConfig(ner=Choice(name="spacy", options=options))
    assert pinned_config(pin_text(config), OFFERED) == config


def test_what_differs_is_listed_by_parameter() -> None:
    one = PipelineConfig(projector=Choice(name="ilp", options={"n_proj": "2"}))
    other = PipelineConfig(projector=Choice(name="greedy"))
    assert differing(one, other) == [
        ("projector", "ilp", "greedy"),
        ("projector.ilp.n_proj", "2", ""),
    ]
    assert differing(one, one) == []
    assert chosen_settings(one)["scorer"] == "alignment"
