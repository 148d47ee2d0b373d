"""Components are built from a name and options; what does not exist is refused by name."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from xner_core.alignment.extraction import Itermax
from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError
from xner_core.ner.spacy_tagger import SpacyTagger


def test_options_reach_the_component() -> None:
    itermax = Choice(name="itermax", options={"alpha": 0.5}).build("extraction")
    assert isinstance(itermax, Itermax)
    assert (itermax.config.alpha, itermax.config.iterations) == (0.5, 2)


def test_options_may_be_written_as_text() -> None:
    assert Choice(name="itermax", options={"iterations": "3"}).build("extraction").config.iterations == 3


def test_argument_behind_the_name() -> None:
    tagger = Choice(name="spacy:fr_core_news_md").build("ner")
    assert isinstance(tagger, SpacyTagger)
    assert tagger.config.model == "fr_core_news_md"


def test_argument_where_none_is_taken() -> None:
    with pytest.raises(ConfigError, match="'argmax' takes no argument"):
        Choice(name="argmax:fast").build("extraction")


@pytest.mark.parametrize(
    ("kind", "name", "options", "named"),
    [
        ("extraction", "itermax", {"alpa": 0.5}, "alpa"),
        ("extraction", "itermax", {"alpha": 1.5}, "alpha"),
        ("extraction", "itermax", {"alpha": -0.1}, "alpha"),
        ("extraction", "itermax", {"iterations": 0}, "iterations"),
        ("extraction", "itermax", {"iterations": 11}, "iterations"),
        ("extraction", "itermax", {"iterations": 1.5}, "iterations"),
        ("aligner", "e5-small", {"layer": 13}, "layer"),
        ("aligner", "e5-small", {"layer": -1}, "layer"),
        ("aligner", "e5-small", {"layer": "seven"}, "layer"),
        ("aligner", "e5-small", {"precision": "float8"}, "precision"),
        ("ner", "spacy", {"labels": "PER"}, "labels"),
        ("extraction", "argmax", {"alpha": 0.9}, "alpha"),
    ],
)
def test_bad_options_are_named(kind: str, name: str, options: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Choice(name=name, options=options).build(kind)
    assert f"{named}:" in raised.value.what
    assert name in raised.value.what
    assert raised.value.hint is not None
    assert raised.value.hint.startswith("Its options: ")


@pytest.mark.parametrize("name", ["", ":", "no-such", "no-such:argument", "Argmax"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(ConfigError, match="there is no extraction"):
        Choice(name=name).build("extraction")


def test_configs_are_frozen() -> None:
    itermax = Choice(name="itermax").build("extraction")
    with pytest.raises(ValidationError):
        itermax.config.alpha = 0.1


def test_pipeline_config_survives_json() -> None:
    config = PipelineConfig(extraction=Choice(name="itermax", options={"iterations": 3}))
    assert PipelineConfig.model_validate_json(config.model_dump_json()) == config


def test_pipeline_config_refuses_unknown_stages() -> None:
    with pytest.raises(ValidationError, match="translater"):
        PipelineConfig.model_validate({"translater": {"name": "nllb"}})


@pytest.mark.parametrize("stage", PipelineConfig.model_fields)
def test_every_default_stage_can_be_built(stage: str) -> None:
    choice: Choice = getattr(PipelineConfig(), stage)
    assert choice.build(stage) is not None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, []),
        ({"scorer": Choice(name="alignment", options={"count": "words"})}, []),
        ({"projector": Choice(name="ilp", options={"n_proj": 2})}, []),
        ({"scorer": Choice(name="name")}, ["the score name"]),
        ({"projector": Choice(name="ilp", options={"relation": "=="})}, ["the relation =="]),
        (
            {"candidates": Choice(name="aligned", options={"stop_words": "not alone"})},
            ["rules on punctuation or stop words"],
        ),
        ({"candidates": Choice(name="ngrams"), "scorer": Choice(name="name")}, []),
    ],
)
def test_the_reduction_to_aligned_ranges_is_named_where_it_is_not_proven(
    changed: dict[str, Choice], says: list[str]
) -> None:
    cautions = PipelineConfig(**changed).cautions
    assert [f"with {each} the best" in caution for each, caution in zip(says, cautions, strict=True)] == [
        True
    ] * len(says)
