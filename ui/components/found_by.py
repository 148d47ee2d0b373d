"""Which pipeline says what people left to it: a setting with a name, or a run that is done."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.components.run_picker import results_over, titles_of
from xner_core.config import PipelineConfig
from xner_core.runs.config import RunConfig
from xner_core.runs.settings import SETTINGS, config_of
from xner_core.types import Corpus

_DEFAULT = "ilp"


@dataclass(frozen=True, slots=True)
class FoundBy:
    """A pipeline that was chosen.

    Attributes:
        title: What the reader calls it.
        config: A run of it over the corpus.
        run: Id of the run that is done; None where it is a setting.
    """

    title: str
    config: RunConfig
    run: str | None = None

    @property
    def pipeline(self) -> PipelineConfig:
        """The component of each stage."""
        return self.config.pipeline

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same for a command of `xner`."""
        if self.run is not None:
            return (f"--run={self.run}",)
        given = self.pipeline.model_dump_json(exclude_defaults=True)
        return () if given == "{}" else (f"--config={given}",)


def pick_found_by(corpus: Corpus, key: str, *, label: str = "Elsewhere as found by", help: str) -> FoundBy:
    """Let one be chosen; the choice lives in the URL.

    Args:
        corpus: The corpus.
        key: Of the list, and the parameter of the URL.
        label: Over the list.
        help: What it is needed for.
    """
    done = results_over(corpus)
    titles = titles_of(corpus, done)
    state.follow_url(key, _DEFAULT, titles)
    name = str(
        st.selectbox(label, list(titles), key=key, format_func=lambda each: titles.get(each, each), help=help)
    )
    state.publish(key, name, _DEFAULT)
    if name in SETTINGS:
        return FoundBy(titles[name], config_of(name, corpus.spec))
    [result] = [each for each in done if each.id == name]
    return FoundBy(titles[name], result.config, result.id)
