"""What is loaded or computed once and shared by all sessions.

Corpora, models and results are immutable, so they are handed out without a copy.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import streamlit as st

from xner_core.alignment.aligner import Aligner
from xner_core.alignment.edits import NO_EDITS, LinkEdits, edited
from xner_core.alignment.extraction import Extraction
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load, parse_spec
from xner_core.corpora.added import KIND, corpus_file
from xner_core.corpora.index import CorpusIndex, FoundPairs
from xner_core.diagnosis import Diagnosed, Means, diagnose
from xner_core.ner.tagger import Tagger
from xner_core.projection.reasons import ReasonedPair, explain
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
_MAX_TAGGERS = 3
_STATES_THE_PROBLEM = frozenset({"ner", "aligner", "extraction", "candidates", "scorer"})
"""The stages whose choice decides what a projector has to solve."""
_STATES_ALL = _STATES_THE_PROBLEM | {"projector"}
_USUAL_LABELS = ("PER", "ORG", "LOC", "DATE", "MISC")
_LOOKED_THROUGH = 2000
"""Pairs whose labels are looked at."""
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class ByHand:
    """What people say that a projection follows from.

    Attributes:
        links: Links that hold whatever the aligner says.
        sources: The source entities; None: as the tagger finds them.
    """

    links: LinkEdits = NO_EDITS
    sources: tuple[Entity, ...] | None = None


NOT_BY_HAND = ByHand()


def corpus(spec: str) -> Corpus:
    """Load a corpus, again only when one of its files has changed.

    Raises:
        CorpusError: If it cannot be read.
    """
    return _corpus(spec, _file_stamps(spec))


@st.cache_resource(max_entries=8, show_spinner="Reading the corpus …", show_time=True)
def _corpus(spec: str, stamps: tuple[tuple[int, int], ...]) -> Corpus:
    return load(spec)


def index(corpus: Corpus) -> CorpusIndex:
    """What finds pairs of a corpus by language, text and id; made once."""
    # Not by the fingerprint, which leaves out notes. What is cached keeps its pairs alive, so that no other
    # object can have their number.
    return _index(id(corpus.pairs), corpus)


@st.cache_resource(max_entries=8, show_spinner=False)
def _index(number: int, _corpus: Corpus) -> CorpusIndex:
    return CorpusIndex(_corpus)


def pairs_by_id(corpus: Corpus) -> FoundPairs:
    """All pairs by id."""
    return index(corpus).all()


def labels(corpus: Corpus) -> tuple[str, ...]:
    """The labels of gold entities, the usual ones first; of a large corpus only its beginning is read."""
    return _labels(id(corpus.pairs), corpus)


@st.cache_resource(max_entries=8, show_spinner=False)
def _labels(number: int, _corpus: Corpus) -> tuple[str, ...]:
    sides = (side for pair in islice(_corpus.pairs, _LOOKED_THROUGH) for side in (pair.source, pair.target))
    found = {entity.label for side in sides for entity in side.entities or ()}
    return tuple(dict.fromkeys((*_USUAL_LABELS, *sorted(found))))


def has_gold(corpus: Corpus) -> bool:
    """Whether any target sentence has gold entities."""
    return _has_gold(id(corpus.pairs), corpus)


@st.cache_resource(max_entries=8, show_spinner=False)
def _has_gold(number: int, _corpus: Corpus) -> bool:
    return any(pair.target.entities is not None for pair in _corpus.pairs)


def find(corpus: Corpus, lang: str, text: str = "") -> FoundPairs:
    """The pairs with a target language that have a text in either sentence or in their id."""
    found = index(corpus)
    return _found(id(found), lang, text.casefold().strip(), found)


@st.cache_resource(max_entries=64, show_spinner=False)
def _found(number: int, lang: str, text: str, _index: CorpusIndex) -> FoundPairs:
    return _index.find(lang, text)


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


def _release(model: Aligner | Tagger) -> None:
    model.release()


@st.cache_resource(max_entries=_MAX_TAGGERS, on_release=_release, show_spinner=False)
def _tagger(key: str, _choice: Choice) -> Tagger:
    tagger: Tagger = _choice.build("ner")
    return tagger


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
def _source_entities(
    fingerprint: str, pair_id: str, key: str, _pair: SentencePair, _choice: Choice
) -> tuple[Entity, ...]:
    tagger = _tagger(key, _choice)
    with _inference:
        return tagger.tag([_pair.source])[0]


def source_entities(corpus: Corpus, pair: SentencePair, config: PipelineConfig) -> tuple[Entity, ...]:
    """The entities of the source sentence alone, which need no aligner."""
    return _source_entities(corpus.fingerprint, pair.id, config.ner.model_dump_json(), pair, config.ner)


def alignment(
    corpus: Corpus, pair: SentencePair, config: PipelineConfig, edits: LinkEdits = NO_EDITS
) -> WordAlignment:
    """Align the words of one pair; links that the aligner itself gives stay as they are.

    Args:
        corpus: The corpus.
        pair: The pair.
        config: The pipeline.
        edits: Links that a person changed, which hold whatever the aligner says.
    """
    key = config.model_dump_json(include={"aligner", "extraction"})
    found = _alignment(corpus.fingerprint, pair.id, key, pair, config)
    return edited(found, edits, (len(pair.source.words), len(pair.target.words))) if edits else found


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


@dataclass(frozen=True)
class _Asked:
    """What is asked about a sentence; it is the same question where `key` is the same.

    Attributes:
        corpus: The corpus.
        pair: The pair.
        config: The pipeline.
        by_hand: What people say.
        stages: The stages that the answer depends on.
    """

    corpus: Corpus
    pair: SentencePair
    config: PipelineConfig
    by_hand: ByHand
    stages: frozenset[str]

    @property
    def key(self) -> tuple[str, ...]:
        """All that the answer depends on, as text."""
        chosen = self.config.model_dump_json(include=set(self.stages))
        said = repr(self.by_hand)
        return self.corpus.fingerprint, self.pair.id, chosen, said

    @property
    def problem(self) -> ProjectionProblem:
        return problem(self.corpus, self.pair, self.config, self.by_hand)

    @property
    def projection(self) -> Projection:
        return projection(self.corpus, self.pair, self.config, self.by_hand)


def _kept(max_entries: int) -> Callable[[Callable[[_Asked], _Answer]], Callable[[_Asked], _Answer]]:
    """Keep the answers to so many questions."""
    return st.cache_resource(
        max_entries=max_entries, show_spinner=False, hash_funcs={_Asked: lambda asked: asked.key}
    )


def problem(
    corpus: Corpus, pair: SentencePair, config: PipelineConfig, by_hand: ByHand = NOT_BY_HAND
) -> ProjectionProblem:
    """Tag, align and score one pair, over what people say."""
    return _problem(_Asked(corpus, pair, config, by_hand, _STATES_THE_PROBLEM))


@_kept(2048)
def _problem(asked: _Asked) -> ProjectionProblem:
    pair, config = asked.pair, asked.config
    entities = asked.by_hand.sources
    if entities is None:
        entities = source_entities(asked.corpus, pair, config)
    aligned = AlignedPair(pair, entities, alignment(asked.corpus, pair, config, asked.by_hand.links))
    candidates = config.candidates.build("candidates").generate(aligned)
    return ProjectionProblem.of(aligned, candidates, config.scorer.build("scorer").score(aligned, candidates))


def projection(
    corpus: Corpus, pair: SentencePair, config: PipelineConfig, by_hand: ByHand = NOT_BY_HAND
) -> Projection:
    """Project one pair over what people say."""
    return _projection(_Asked(corpus, pair, config, by_hand, _STATES_ALL))


@_kept(4096)
def _projection(asked: _Asked) -> Projection:
    found: Projection = asked.config.projector.build("projector").project(asked.problem)
    return found


def what_if(
    corpus: Corpus, pair: SentencePair, config: PipelineConfig, by_hand: ByHand = NOT_BY_HAND
) -> Alternatives:
    """What it costs to choose otherwise than the exact projector of this config.

    Args:
        corpus: The corpus.
        pair: The pair.
        config: The pipeline; its projector is `ilp`.
        by_hand: What people say.
    """
    return _what_if(_Asked(corpus, pair, config, by_hand, _STATES_ALL))


@_kept(512)
def _what_if(asked: _Asked) -> Alternatives:
    return Alternatives(WhatIf(asked.problem, asked.config.projector.build("projector").config))


def reasons(
    corpus: Corpus, pair: SentencePair, config: PipelineConfig, by_hand: ByHand = NOT_BY_HAND
) -> list[ReasonedPair]:
    """Why each pair of entity and candidate was or was not chosen."""
    return _reasons(_Asked(corpus, pair, config, by_hand, _STATES_ALL))


@_kept(512)
def _reasons(asked: _Asked) -> list[ReasonedPair]:
    return explain(asked.problem, asked.projection)


def diagnosis(
    corpus: Corpus, pair: SentencePair, config: PipelineConfig, by_hand: ByHand = NOT_BY_HAND
) -> tuple[Diagnosed, ...]:
    """What went wrong with each entity, and at which stage; nothing where there is no gold."""
    return _diagnosis(_Asked(corpus, pair, config, by_hand, _STATES_ALL))


@_kept(2048)
def _diagnosis(asked: _Asked) -> tuple[Diagnosed, ...]:
    made = diagnose(asked.pair, asked.problem, asked.projection, Means.of(asked.config))
    return made.errors if made else ()


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
