"""What is loaded or computed once and shared by all sessions.

Corpora, models and results are immutable, so they are handed out without a copy.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import streamlit as st

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load, parse_spec
from xner_core.pipeline import Pipeline
from xner_core.types import Corpus, Entity, Projection, ProjectionProblem, SentencePair

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


@st.cache_resource(max_entries=2048, show_spinner=False)
def problem(fingerprint: str, pair_id: str, extraction: str, _pair: SentencePair) -> ProjectionProblem:
    """Tag, align and score one pair with the embedded encoder.

    Args:
        fingerprint: Of the corpus.
        pair_id: Of the pair in it.
        extraction: The name of the extraction.
        _pair: The pair itself; not part of the cache's key.
    """
    similarity = _similarity(fingerprint, pair_id, _pair)
    links = Choice(name=extraction).build("extraction").extract(similarity.values)
    alignment = similarity.word_alignment(links)
    return _pipeline().problem(_pair, _source_entities(fingerprint, pair_id, _pair), alignment)


@st.cache_resource(max_entries=4096, show_spinner=False)
def projection(
    fingerprint: str, pair_id: str, extraction: str, projector: str, _pair: SentencePair
) -> Projection:
    """Project one pair; arguments as in `problem`, and the name of the projector."""
    stated = problem(fingerprint, pair_id, extraction, _pair)
    found: Projection = Choice(name=projector).build("projector").project(stated)
    return found
