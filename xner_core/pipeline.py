"""The only module that orders the stages; it keeps what each of them found."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from xner_core.alignment.aligner import Aligner
from xner_core.alignment.extraction import Extraction
from xner_core.candidates.generator import CandidateGenerator
from xner_core.config import PipelineConfig
from xner_core.ner.tagger import Tagger
from xner_core.ner.target_tagger import TargetTagger
from xner_core.projection.projector import Projector
from xner_core.scoring.scorer import Scorer
from xner_core.translation.fill import fill_missing, still_missing
from xner_core.translation.refinement import Refiner
from xner_core.translation.translator import Translator
from xner_core.types import (
    AlignedPair,
    BackTranslation,
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
    """A sentence pair and what every stage made of it.

    Attributes:
        pair: The pair; a sentence that the corpus lacks has been translated.
        source_entities: The entities found in its source sentence.
        problem: What was projected: over the pair itself or, where there is a
            back-translation, from that to the target sentence.
        projection: What the projector found.
        back_translation: What the source sentence became before it was aligned, if anything.
        target_tags: A tagger's view of the target sentence, where one was asked.
    """

    pair: SentencePair
    source_entities: tuple[Entity, ...]
    problem: ProjectionProblem
    projection: Projection
    back_translation: BackTranslation | None = None
    target_tags: TagProbabilities | None = None

    @property
    def alignment(self) -> WordAlignment:
        """The word alignment that was projected over."""
        return self.problem.alignment

    @property
    def projected_pair(self) -> SentencePair:
        """The pair that was aligned: with the back-translation as its source where there is one."""
        return self.pair if self.back_translation is None else self.back_translation.pair

    def origin(self, entity: int) -> int:
        """The index among the source entities of an entity of the problem."""
        return entity if self.back_translation is None else self.back_translation.origins[entity]

    @property
    def lost(self) -> tuple[int, ...]:
        """Indices of the source entities that back-translation lost, so that none could project them."""
        return () if self.back_translation is None else self.back_translation.lost


class Pipeline:
    """The stages of a config, made once and used for any number of sentences.

    Attributes:
        config: What each stage's work is done by.
        seconds: Stage → time spent in it so far, model loading included.
        has_translated: Whether a sentence was missing, so that the translator had work to do.
    """

    def __init__(self, config: PipelineConfig | None = None) -> None:
        self.config = config = config or PipelineConfig()
        self.translator: Translator = config.translator.build("translator")
        self.tagger: Tagger = config.ner.build("ner")
        self.refiner: Refiner = config.refinement.build("refinement")
        self.aligner: Aligner = config.aligner.build("aligner")
        self.extraction: Extraction = config.extraction.build("extraction")
        self.target_tagger: TargetTagger = config.target_ner.build("target_ner")
        self.generator: CandidateGenerator = config.candidates.build("candidates")
        self.scorer: Scorer = config.scorer.build("scorer")
        self.projector: Projector = config.projector.build("projector")
        self.seconds = {"translation": 0.0, "ner": 0.0, "alignment": 0.0, "projection": 0.0}
        self.has_translated = False
        self._notices: list[str] = []

    def run(
        self, pairs: Sequence[SentencePair], progress: Progress | None = None
    ) -> Iterator[SentenceResult]:
        """Project the entities of each pair, in order.

        Args:
            pairs: The sentence pairs.
            progress: Told of the translations, and then after each pair.

        Raises:
            XnerError: If a stage cannot do its work; what can be told before the work begins
                is told then.
        """
        pairs = self.translate(pairs, progress)
        self._notices = [*still_missing(pairs), *self.generator.check(pairs)]
        entities = self.tag(pairs)
        refined = self.refine(pairs, entities, progress)
        projected = [pair if back is None else back.pair for pair, back in zip(pairs, refined, strict=True)]
        alignments = self.align(projected)
        target_tags = self.tag_targets(pairs)
        rows = zip(pairs, projected, entities, refined, strict=True)
        for index, (pair, projected_pair, found, back) in enumerate(rows, 1):
            with self._timed("ner"):
                tags = next(target_tags)
            with self._timed("alignment"):
                alignment = next(alignments)
            with self._timed("projection"):
                sent = found if back is None else back.entities
                problem = self.problem(projected_pair, sent, alignment, tags)
                projection = self.projector.project(problem)
            if progress is not None:
                progress("projection", index, len(pairs))
            yield SentenceResult(pair, found, problem, projection, back, tags)

    def translate(
        self, pairs: Sequence[SentencePair], progress: Progress | None = None
    ) -> list[SentencePair]:
        """Translate the sentences that the corpus lacks.

        Raises:
            ConfigError: If one is missing and no translator was chosen.
        """
        self.has_translated |= not all(pair.is_complete for pair in pairs)
        with self._timed("translation"):
            return fill_missing(pairs, self.translator, progress)

    def tag(self, pairs: Sequence[SentencePair]) -> list[tuple[Entity, ...]]:
        """Find the source entities of each pair."""
        with self._timed("ner"):
            return self.tagger.tag([pair.source for pair in pairs])

    def transfer(self, pairs: Sequence[SentencePair]) -> list[tuple[Entity, ...]]:
        """Find the entities of each target sentence with the tagger of the source: model transfer.

        Nothing is projected, and gold entities are not shown to the tagger.
        """
        with self._timed("ner"):
            return self.tagger.tag([replace(pair.target, entities=None) for pair in pairs])

    def refine(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation | None]:
        """Translate labelled source sentences into the target's language, where that was asked for."""
        with self._timed("translation"):
            return self.refiner.refine(pairs, entities, progress)

    def carry(
        self,
        pairs: Sequence[SentencePair],
        entities: Sequence[tuple[Entity, ...]],
        progress: Progress | None = None,
    ) -> list[BackTranslation]:
        """Translate labelled source sentences into the target's language, entities and all, by marks."""
        with self._timed("translation"):
            return self.refiner.carry(pairs, entities, progress)

    def tag_targets(self, pairs: Sequence[SentencePair]) -> Iterator[TagProbabilities | None]:
        """Tag the target sentence of each pair, in order; None where no tagger was asked to."""
        for start in range(0, len(pairs), _PAIRS_PER_CHUNK):
            yield from self.target_tagger.probabilities(pairs[start : start + _PAIRS_PER_CHUNK])

    def align(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        """Align the words of each pair, in order; links that the aligner itself gives stay as they are.

        A pair of which a sentence is missing still, since its translation is empty, has no links.
        """
        compared = iter(self.aligner.compare([pair for pair in pairs if pair.is_complete]))
        for pair in pairs:
            found = next(compared) if pair.is_complete else WordAlignment(())
            yield found if isinstance(found, WordAlignment) else self.extraction.align(found)

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
        translated = [*self.translator.notices, *self.refiner.notices]
        tagged = [*self.tagger.notices, *self.target_tagger.notices]
        return [*self.config.cautions, *unused, *translated, *self._notices, *tagged]

    def release(self) -> None:
        """Let go of the models' memory."""
        self.translator.release()
        self.tagger.release()
        self.refiner.release()
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
