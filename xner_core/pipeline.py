"""The only module that orders the stages; it keeps what each of them found."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from xner_core.alignment.aligner import Aligner
from xner_core.alignment.extraction import Extraction
from xner_core.candidates.generator import CandidateGenerator
from xner_core.config import PipelineConfig
from xner_core.ner.tagger import Tagger
from xner_core.ner.target_tagger import TargetTagger
from xner_core.projection.projector import Projector
from xner_core.scoring.scorer import Scorer
from xner_core.types import (
    AlignedPair,
    Entity,
    Progress,
    Projection,
    ProjectionProblem,
    SentencePair,
    TagProbabilities,
    WordAlignment,
)

_PAIRS_PER_CHUNK = 256
"""Enough for even batches of a target tagger; bounds the memory that its probabilities take."""


@dataclass(frozen=True)
class SentenceResult:
    """A sentence pair and what every stage made of it."""

    pair: SentencePair
    problem: ProjectionProblem
    projection: Projection

    @property
    def source_entities(self) -> tuple[Entity, ...]:
        """The entities that were projected."""
        return self.problem.source_entities

    @property
    def alignment(self) -> WordAlignment:
        """The word alignment."""
        return self.problem.alignment


class Pipeline:
    """The stages of a config, made once and used for any number of sentences.

    Attributes:
        config: What each stage's work is done by.
        seconds: Stage → time spent in it so far, model loading included.
    """

    def __init__(self, config: PipelineConfig | None = None) -> None:
        self.config = config = config or PipelineConfig()
        self.tagger: Tagger = config.ner.build("ner")
        self.aligner: Aligner = config.aligner.build("aligner")
        self.extraction: Extraction = config.extraction.build("extraction")
        self.target_tagger: TargetTagger = config.target_ner.build("target_ner")
        self.generator: CandidateGenerator = config.candidates.build("candidates")
        self.scorer: Scorer = config.scorer.build("scorer")
        self.projector: Projector = config.projector.build("projector")
        self.seconds = {"ner": 0.0, "alignment": 0.0, "projection": 0.0}
        self._notices: list[str] = []

    def run(
        self, pairs: Sequence[SentencePair], progress: Progress | None = None
    ) -> Iterator[SentenceResult]:
        """Project the entities of each pair, in order.

        Args:
            pairs: The sentence pairs.
            progress: Told after each pair.

        Raises:
            XnerError: If a stage cannot do its work; what can be told before the work begins
                is told then.
        """
        self._notices = self.generator.check(pairs)
        entities = self.tag(pairs)
        alignments = self.align(pairs)
        target_tags = self.tag_targets(pairs)
        for index, (pair, source_entities) in enumerate(zip(pairs, entities, strict=True), 1):
            with self._timed("ner"):
                tags = next(target_tags)
            with self._timed("alignment"):
                alignment = next(alignments)
            with self._timed("projection"):
                problem = self.problem(pair, source_entities, alignment, tags)
                projection = self.projector.project(problem)
            if progress is not None:
                progress("projection", index, len(pairs))
            yield SentenceResult(pair, problem, projection)

    def tag(self, pairs: Sequence[SentencePair]) -> list[tuple[Entity, ...]]:
        """Find the source entities of each pair."""
        with self._timed("ner"):
            return self.tagger.tag([pair.source for pair in pairs])

    def tag_targets(self, pairs: Sequence[SentencePair]) -> Iterator[TagProbabilities | None]:
        """Tag the target sentence of each pair, in order; None where no tagger was asked to."""
        for start in range(0, len(pairs), _PAIRS_PER_CHUNK):
            yield from self.target_tagger.probabilities(pairs[start : start + _PAIRS_PER_CHUNK])

    def align(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        """Align the words of each pair, in order; links that the aligner itself gives stay as they are."""
        for found in self.aligner.compare(pairs):
            if isinstance(found, WordAlignment):
                yield found
            else:
                yield self.extraction.align(found)

    def problem(
        self,
        pair: SentencePair,
        source_entities: tuple[Entity, ...],
        alignment: WordAlignment,
        target_tags: TagProbabilities | None = None,
    ) -> ProjectionProblem:
        """State what a projector has to solve for one pair."""
        aligned = AlignedPair(pair, source_entities, alignment, target_tags)
        candidates = self.generator.generate(aligned)
        return ProjectionProblem.of(aligned, candidates, self.scorer.score(aligned, candidates))

    @property
    def notices(self) -> list[str]:
        """What the stages had to leave out so far, one sentence each."""
        unused = []
        if self.aligner.gives_links and self.config.extraction != PipelineConfig().extraction:
            unused = [
                f"The aligner {self.config.aligner.name} gives links itself, so the extraction "
                f"{self.config.extraction.name} is not used."
            ]
        return [*self.config.cautions, *unused, *self._notices, *self.target_tagger.notices]

    def release(self) -> None:
        """Let go of the models' memory."""
        self.tagger.release()
        self.target_tagger.release()
        self.aligner.release()
        self.scorer.release()

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start
