"""What is loaded or computed once and shared by all sessions.

Corpora, models and results are immutable, so they are handed out without a copy.
"""

from __future__ import annotations

import threading
from pathlib import Path

import streamlit as st

from xner_core.alignment.aligner import Aligner
from xner_core.alignment.extraction import Extraction
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load, parse_spec
from xner_core.corpora.added import KIND, corpus_file
from xner_core.ner.tagger import Tagger
from xner_core.projection.what_if import Alternative, WhatIf
from xner_core.types import (
    AlignedPair,
    Corpus,
    Entity,
    Projection,
    ProjectionProblem,
    SentencePair,
    WordAlignment,
)

_inference = threading.Semaphore(1)
"""Two forward passes at once take as long as one after the other, but twice the memory."""
_MAX_ALIGNERS = 4
"""Each may hold a model in memory."""
_STATES_THE_PROBLEM = {"aligner", "extraction", "candidates", "scorer"}
"""The stages whose choice decides what a projector has to solve."""


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
    parsed = parse_spec(spec)
    added = corpus_file(parsed.where) if parsed.kind == KIND else None
    for path in parsed.where.split(",") if added is None else [added]:
        try:
            status = Path(path).expanduser().stat()
        except (OSError, ValueError, RuntimeError):
            continue  # the loader says what is wrong with it
        stamps.append((status.st_mtime_ns, status.st_size))
    return tuple(stamps)


@st.cache_resource(show_spinner=False)
def _tagger() -> Tagger:
    tagger: Tagger = PipelineConfig().ner.build("ner")
    return tagger


def _release(aligner: Aligner) -> None:
    aligner.release()


@st.cache_resource(
    max_entries=_MAX_ALIGNERS,
    on_release=_release,
    show_spinner="Loading the aligner; the embedded encoder is unpacked the very first time …",
)
def _aligner(key: str, _choice: Choice) -> Aligner:
    aligner: Aligner = _choice.build("aligner")
    aligner.load()
    return aligner


@st.cache_resource(max_entries=512, show_spinner=False)
def _compared(
    fingerprint: str, pair_id: str, key: str, _pair: SentencePair, _choice: Choice
) -> SubwordSimilarity | WordAlignment:
    """What the aligner itself says; no extraction is part of the key, so none compares anew."""
    aligner = _aligner(key, _choice)
    with _inference:
        return next(iter(aligner.compare([_pair])))


@st.cache_resource(max_entries=4096, show_spinner=False)
def _source_entities(fingerprint: str, pair_id: str, _pair: SentencePair) -> tuple[Entity, ...]:
    tagger = _tagger()
    with _inference:
        return tagger.tag([_pair.source])[0]


def alignment(corpus: Corpus, pair: SentencePair, config: PipelineConfig) -> WordAlignment:
    """Align the words of one pair; links that the aligner itself gives stay as they are."""
    key = config.model_dump_json(include={"aligner", "extraction"})
    return _alignment(corpus.fingerprint, pair.id, key, pair, config)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _alignment(
    fingerprint: str, pair_id: str, key: str, _pair: SentencePair, _config: PipelineConfig
) -> WordAlignment:
    aligner = _config.aligner
    found = _compared(fingerprint, pair_id, aligner.model_dump_json(), _pair, aligner)
    if isinstance(found, WordAlignment):
        return found
    extraction: Extraction = _config.extraction.build("extraction")
    return extraction.align(found)


def problem(corpus: Corpus, pair: SentencePair, config: PipelineConfig) -> ProjectionProblem:
    """Tag, align and score one pair."""
    key = config.model_dump_json(include=_STATES_THE_PROBLEM)
    return _problem(corpus.fingerprint, pair.id, key, corpus, pair, config)


@st.cache_resource(max_entries=2048, show_spinner=False)
def _problem(
    fingerprint: str, pair_id: str, key: str, _corpus: Corpus, _pair: SentencePair, _config: PipelineConfig
) -> ProjectionProblem:
    entities = _source_entities(fingerprint, pair_id, _pair)
    aligned = AlignedPair(_pair, entities, alignment(_corpus, _pair, _config))
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
    return config.model_dump_json(include={*_STATES_THE_PROBLEM, "projector"})


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
