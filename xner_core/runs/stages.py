"""A pipeline that remembers what its stages made of a batch, for all runs on this machine.

What tagging and alignment make of a batch is kept by everything it depends on, so that
twelve methods over one corpus align it once. Translators keep their translations
themselves, and what comes after the alignment is quicker done than looked up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from xner_core.alignment.embedding_cache import EMBEDDINGS
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.config import Component, PipelineConfig
from xner_core.content_store import ContentStore, content_key
from xner_core.paths import cache_folder
from xner_core.pipeline import Pipeline
from xner_core.runs.identity import file_ids, software_id
from xner_core.runs.packing import (
    pack_alignments,
    pack_entities,
    pack_similarities,
    pack_tags,
    unpack_alignments,
    unpack_entities,
    unpack_similarities,
    unpack_tags,
)
from xner_core.types import Entity, Sentence, SentencePair, TagProbabilities, WordAlignment

_MAX_BYTES = 2 * (1 << 30)
T = TypeVar("T")


@dataclass(frozen=True)
class _Stage(Generic[T]):
    """A stage whose answers are kept: its name, and how an answer becomes bytes and comes back."""

    name: str
    pack: Callable[[T], bytes]
    unpack: Callable[[bytes], T]


_NER = _Stage("ner", pack_entities, unpack_entities)
_TARGET_NER = _Stage("target_ner", pack_tags, unpack_tags)
_SIMILARITY = _Stage("similarity", pack_similarities, unpack_similarities)
_ALIGNER = _Stage("aligner", pack_alignments, unpack_alignments)


class RememberingPipeline(Pipeline):
    """A pipeline for batches; each stage's answer depends on nothing but the batch.

    Attributes:
        reused: Stage → number of batches that were known already.
        models: Stage → the models that its answers come from, also those known already.
    """

    def __init__(self, config: PipelineConfig) -> None:
        super().__init__(config)
        self._store = ContentStore(cache_folder() / "stages.sqlite", _MAX_BYTES)
        self._component_ids: dict[str, list[object]] = {}
        self.reused: Counter[str] = Counter()
        self.models: dict[str, set[str]] = {}

    def components(self) -> list[Any]:
        """The component of every stage."""
        return [
            self.translator,
            self.tagger,
            self.refiner,
            self.aligner,
            self.extraction,
            self.target_tagger,
            self.generator,
            self.scorer,
            self.projector,
        ]

    def used_models(self) -> dict[str, set[str]]:
        """The models of each stage so far, whether they worked now or in another run."""
        others = {
            "translator": {self.translator.model_id} if self.has_translated else set(),
            "refinement": set(self.refiner.model_ids),
            "scorer": set(self.scorer.model_ids),
        }
        return {stage: models for stage, models in (self.models | others).items() if models}

    def tag(self, pairs: Sequence[SentencePair]) -> list[tuple[Entity, ...]]:
        """See `Pipeline`."""
        return self._tagged([pair.source for pair in pairs])

    def transfer(self, pairs: Sequence[SentencePair]) -> list[tuple[Entity, ...]]:
        """See `Pipeline`."""
        return self._tagged([replace(pair.target, entities=None) for pair in pairs])

    def _tagged(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        inputs = [[*_content(one), _spans(one)] for one in sentences]
        with self._timed("ner"):
            return self._remembered(
                _NER,
                [self.tagger],
                inputs,
                lambda: self.tagger.tag(sentences),
                lambda: self.tagger.model_ids,
            )

    def tag_targets(self, pairs: Sequence[SentencePair]) -> Iterator[TagProbabilities | None]:
        """See `Pipeline`."""
        if self.config.target_ner.name == "none":
            return iter([None] * len(pairs))
        inputs = [[pair.id, *_content(pair.target)] for pair in pairs]
        with self._timed("ner"):
            found = self._remembered(
                _TARGET_NER,
                [self.target_tagger],
                inputs,
                lambda: list(super(RememberingPipeline, self).tag_targets(pairs)),
                lambda: self.target_tagger.model_ids,
            )
        return iter(found)

    def align(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        """See `Pipeline`."""
        inputs = [[pair.id, _content(pair.source), _content(pair.target)] for pair in pairs]
        if self.aligner.gives_links:
            stages: list[Any] = [self.aligner]
            compute = partial(self._linked, pairs)
        else:
            stages = [self.aligner, self.extraction]
            compute = partial(self._extracted, pairs, inputs)
        with self._timed("alignment"):
            found = self._remembered(_ALIGNER, stages, inputs, compute, self._aligner_ids)
        return iter(found)

    def _linked(self, pairs: Sequence[SentencePair]) -> list[WordAlignment]:
        return list(super().align(pairs))

    def _extracted(self, pairs: Sequence[SentencePair], inputs: Sequence[object]) -> list[WordAlignment]:
        complete = [pair for pair in pairs if pair.is_complete]

        def compare() -> list[SubwordSimilarity]:
            # A sentence that was encoded in another batch may differ in its last bits.
            EMBEDDINGS.clear()
            return [one for one in self.aligner.compare(complete) if isinstance(one, SubwordSimilarity)]

        stages, models = [self.aligner], lambda: (self.aligner.model_id,)
        similarities = self._remembered(_SIMILARITY, stages, inputs, compare, models)
        compared = iter(similarities)
        return [
            self.extraction.align(next(compared)) if pair.is_complete else WordAlignment(()) for pair in pairs
        ]

    def _aligner_ids(self) -> Iterable[str]:
        # Where the similarities were known the model is not loaded, and does not know its number format.
        return self.models.get("similarity") or (self.aligner.model_id,)

    def _remembered(
        self,
        stage: _Stage[T],
        components: Sequence[Any],
        inputs: Sequence[object],
        compute: Callable[[], T],
        models: Callable[[], Iterable[str]],
    ) -> T:
        """What is kept of a stage's answer to a batch, or what it answers now."""
        key = content_key(stage.name, software_id(), [self._component_id(one) for one in components], inputs)
        known = self._store.get([key])
        if key in known:
            names, _, packed = known[key].partition(b"\n")
            self.reused[stage.name] += 1
            self.models.setdefault(stage.name, set()).update(filter(None, names.decode().split("\t")))
            return stage.unpack(packed)
        found = compute()
        used = sorted(" ".join(name.split()) for name in models())
        self.models.setdefault(stage.name, set()).update(used)
        self._store.put({key: "\t".join(used).encode() + b"\n" + stage.pack(found)})
        return found

    def _component_id(self, component: Component[Any]) -> list[object]:
        kind = f"{type(component).__module__}:{type(component).__qualname__}"
        if kind not in self._component_ids:
            options = component.config.model_dump(mode="json")
            self._component_ids[kind] = [kind, options, file_ids(component.files)]
        return self._component_ids[kind]


def _content(sentence: Sentence) -> list[object]:
    return [sentence.lang, list(sentence.words)]


def _spans(sentence: Sentence) -> list[object] | None:
    if sentence.entities is None:
        return None
    return [[entity.span.start, entity.span.end, entity.label] for entity in sentence.entities]
