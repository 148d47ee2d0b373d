"""Settings with a name: what a newcomer compares first, each one step away from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError
from xner_core.runs.config import RunConfig


@dataclass(frozen=True, slots=True)
class Setting:
    """A pipeline with a name.

    Attributes:
        title: What the reader calls it.
        help: What is special about it, in a sentence.
        pipeline: The component of each stage.
    """

    title: str
    help: str
    pipeline: PipelineConfig


def _setting(title: str, help: str, **stages: Any) -> Setting:
    return Setting(title, help, PipelineConfig(**{kind: Choice(name=name) for kind, name in stages.items()}))


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "ilp": _setting("ILP", "The largest total score, proven; everything else as by default."),
        "greedy": _setting("Greedy", "The best score first.", projector="greedy"),
        "heuristic": _setting("Heuristic", "The longest stretch of linked words.", projector="heuristic"),
        "argmax": _setting(
            "ILP · argmax", "Links only where two words are each other's most similar.", extraction="argmax"
        ),
        "itermax": _setting(
            "ILP · itermax", "As argmax, repeated for words without a link.", extraction="itermax"
        ),
        "soft-alignment": _setting(
            "ILP · soft alignment",
            "Scores by how probable links are, over all n-grams.",
            scorer="soft-alignment",
            candidates="ngrams",
        ),
        "fused": _setting(
            "ILP · fused scores",
            "A weighted sum of scores, over all n-grams.",
            scorer="fused",
            candidates="ngrams",
        ),
    }
)


def config_of(name: str, corpus: str) -> RunConfig:
    """The run of a named setting over a corpus.

    Args:
        name: A key of `SETTINGS`.
        corpus: The corpus spec.

    Raises:
        ConfigError: If there is no such setting.
    """
    if name not in SETTINGS:
        raise ConfigError("there is no such setting", where=name, hint=f"Choose from {', '.join(SETTINGS)}")
    setting = SETTINGS[name]
    return RunConfig(corpus=corpus, name=setting.title, pipeline=setting.pipeline)
