"""Many projections of one corpus, which is tagged and aligned once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xner_core.candidates.generator import CandidateGenerator
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.evaluation import score_entities
from xner_core.pipeline import Pipeline
from xner_core.projection.projector import Projector
from xner_core.scoring.scorer import Scorer
from xner_core.types import AlignedPair, ProjectionProblem


@dataclass(frozen=True, slots=True)
class AlignedCorpus:
    """A corpus after the stages that cost time.

    Attributes:
        pairs: With source entities and links.
        labels: The labels that count; all where None.
    """

    pairs: Sequence[AlignedPair]
    labels: list[str] | None

    def problems(self, candidates: Choice, scorer: Choice) -> list[ProjectionProblem]:
        """State the problem of each pair."""
        generator: CandidateGenerator = candidates.build("candidates")
        scores: Scorer = scorer.build("scorer")
        stated = []
        for aligned in self.pairs:
            found = generator.generate(aligned)
            stated.append(ProjectionProblem.of(aligned, found, scores.score(aligned, found)))
        return stated

    def f1(self, problems: Sequence[ProjectionProblem], projector: Choice) -> float:
        """Entity F1 of a projector."""
        built: Projector = projector.build("projector")
        return score_entities(
            [aligned.pair.target.entities or () for aligned in self.pairs],
            [built.project(problem).target_entities for problem in problems],
            [len(aligned.pair.target.words) for aligned in self.pairs],
            self.labels,
        ).f1


def align(spec: str, labels: list[str] | None, extraction: Choice | None = None) -> AlignedCorpus:
    """Tag and align a corpus with the default models."""
    pipeline = Pipeline()
    pairs = load(spec).pairs
    entities = pipeline.tag(pairs)
    extract = extraction.build("extraction") if extraction else pipeline.extraction
    similarities = pipeline.config.aligner.build("aligner").compare(pairs)
    return AlignedCorpus(
        [
            AlignedPair(pair, found, extract.align(similarity))
            for pair, found, similarity in zip(pairs, entities, similarities, strict=True)
        ],
        labels,
    )
