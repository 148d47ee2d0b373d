"""What is loaded or computed once and shared by all sessions.

Corpora, models and results are immutable, so they are handed out without a copy.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import streamlit as st

from xner_core.config import PipelineConfig
from xner_core.corpora import load, parse_spec
from xner_core.pipeline import Pipeline
from xner_core.projection.what_if import Alternative, WhatIf
from xner_core.types import AlignedPair, Corpus, Entity, Projection, ProjectionProblem, SentencePair

_inference = threading.Semaphore(1)
"""Two forward passes at once take as long as one after the other, but twice the memory."""


def corpus(spec: str) -> Corpus:
    """Load a corpus, again only when one of its files has changed.

    Raises:
        CorpusError: If it cannot be read.
    """
    return _corpus(spec, _file_stamps(spec))


@st.cache_resource(max_entries=8, show_spinner="Reading the corpus …")
def _corpus(spec: str, stamps: tuple[tuple[int, int], ...]) -> Corpus:
    return load(spec)


def _file_stamps(spec: str) -> tuple[tuple[int, int], ...]:
    stamps = []
    for path in parse_spec(spec).where.split(","):
        try:
            status = Path(path).expanduser().stat()
        except (OSError, ValueError, RuntimeError):
            continue  # the loader says what is wrong with it
        stamps.append((status.st_mtime_ns, status.st_size))
    return tuple(stamps)


@st.cache_resource(show_spinner="Loading the embedded encoder; the very first time it is unpacked …")
def _pipeline() -> Pipeline:
    pipeline = Pipeline(PipelineConfig())
    pipeline.aligner.load()
    return pipeline


@st.cache_resource(max_entries=512, show_spinner=False)
def _similarity(fingerprint: str, pair_id: str, _pair: SentencePair) -> Any:
    pipeline = _pipeline()
    with _inference:
        return next(pipeline.aligner.compare([_pair]))


@st.cache_resource(max_entries=4096, show_spinner=False)
def _source_entities(fingerprint: str, pair_id: str, _pair: SentencePair) -> tuple[Entity, ...]:
    pipeline = _pipeline()
    with _inference:
        return pipeline.tag([_pair])[0]


def problem(corpus: Corpus, pair: SentencePair, config: PipelineConfig) -> ProjectionProblem:
    """Tag, align and score one pair with the embedded encoder."""
    key = config.model_dump_json(include={"extraction", "candidates", "scorer"})
    return _problem(corpus.fingerprint, pair.id, key, pair, config)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _problem(
    fingerprint: str, pair_id: str, key: str, _pair: SentencePair, _config: PipelineConfig
) -> ProjectionProblem:
    similarity = _similarity(fingerprint, pair_id, _pair)
    links = _config.extraction.build("extraction").extract(similarity.values)
    aligned = AlignedPair(
        _pair, _source_entities(fingerprint, pair_id, _pair), similarity.word_alignment(links)
    )
    candidates = _config.candidates.build("candidates").generate(aligned)
    return ProjectionProblem.of(
        aligned, candidates, _config.scorer.build("scorer").score(aligned, candidates)
    )


def projection(corpus: Corpus, pair: SentencePair, config: PipelineConfig) -> Projection:
    """Project one pair."""
    return _projection(corpus.fingerprint, pair.id, _whole_key(config), corpus, pair, config)


@st.cache_resource(max_entries=4096, show_spinner=False)
def _projection(
    fingerprint: str, pair_id: str, key: str, _corpus: Corpus, _pair: SentencePair, _config: PipelineConfig
) -> Projection:
    found: Projection = _config.projector.build("projector").project(problem(_corpus, _pair, _config))
    return found


def what_if(corpus: Corpus, pair: SentencePair, config: PipelineConfig) -> Alternatives:
    """What it costs to choose otherwise than the exact projector of this config.

    Args:
        corpus: The corpus.
        pair: The pair.
        config: The pipeline; its projector is `ilp`.
    """
    return _what_if(corpus.fingerprint, pair.id, _whole_key(config), corpus, pair, config)


@st.cache_resource(max_entries=512, show_spinner=False)
def _what_if(
    fingerprint: str, pair_id: str, key: str, _corpus: Corpus, _pair: SentencePair, _config: PipelineConfig
) -> Alternatives:
    stated = problem(_corpus, _pair, _config)
    return Alternatives(WhatIf(stated, _config.projector.build("projector").config))


def _whole_key(config: PipelineConfig) -> str:
    return config.model_dump_json(include={"extraction", "candidates", "scorer", "projector"})


class Alternatives:
    """Alternatives to one exact matching, each computed when it is first asked for."""

    def __init__(self, what_if: WhatIf) -> None:
        self._what_if = what_if
        self._forced: dict[tuple[int, int], Alternative | None] = {}
        self.runner_up = what_if.runner_up()

    def forced(self, entity: int, candidate: int) -> Alternative | None:
        """See `WhatIf.forced`."""
        pair = (entity, candidate)
        if pair not in self._forced:
            self._forced[pair] = self._what_if.forced(*pair)
        return self._forced[pair]
