"""What a sweep counts for each combination of a layer and an extraction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from xner_core.evaluation import AlignmentScores, score_alignment, score_entities
from xner_core.evaluation.entities import MODE as ENTITY_MODE
from xner_core.pipeline import Pipeline
from xner_core.runs.align_score import MODE as AER_MODE
from xner_core.types import Entity, SentencePair, WordAlignment

Cell = tuple[int, str]
"""A layer and the name of an extraction."""
_NO_LINKS = AlignmentScores(0, 0, 0, 0, 0)


class Scoring(ABC):
    """Takes in pair after pair, each by all combinations, and says how good each of these is.

    Attributes:
        stages: The kinds of components, besides the extractions, that the figures depend on.
        mode: How the metric counts.
        notices: What should be known of the figures, one sentence each.
    """

    stages: tuple[str, ...]
    mode: str

    def __init__(self) -> None:
        self.notices: list[str] = []

    @abstractmethod
    def begin(self, pair: SentencePair) -> None:
        """Turn to the next pair."""

    @abstractmethod
    def add(self, cell: Cell, links: WordAlignment) -> None:
        """Take in the pair's links by one combination."""

    @abstractmethod
    def figures(self, cell: Cell) -> dict[str, Any]:
        """The figures of one combination over all pairs."""


class LinkScoring(Scoring):
    """AER. Only counts are kept: the links of all combinations would fill the memory."""

    stages = ("aligner",)
    mode = AER_MODE

    def __init__(self) -> None:
        super().__init__()
        self._scores: dict[Cell, AlignmentScores] = {}
        self._gold = WordAlignment(())

    def begin(self, pair: SentencePair) -> None:
        """See `Scoring`."""
        self._gold = pair.gold_alignment or WordAlignment(())

    def add(self, cell: Cell, links: WordAlignment) -> None:
        """See `Scoring`."""
        scores = score_alignment([self._gold], [links])
        self._scores[cell] = self._scores.get(cell, _NO_LINKS) + scores

    def figures(self, cell: Cell) -> dict[str, Any]:
        """See `Scoring`."""
        scores = self._scores.get(cell, _NO_LINKS)
        return {
            "aer": scores.aer,
            "precision": scores.precision,
            "recall": scores.recall,
            "f1": scores.f1,
            "links": scores.n_predicted,
        }


class EntityScoring(Scoring):
    """F1 of the entities that a pipeline projects over the links."""

    stages = ("ner", "aligner", "target_ner", "candidates", "scorer", "projector")
    mode = ENTITY_MODE

    def __init__(self, pipeline: Pipeline, pairs: Sequence[SentencePair]) -> None:
        super().__init__()
        self._pipeline = pipeline
        self._pairs = pairs
        self.notices = [*pipeline.config.cautions, *pipeline.generator.check(pairs)]
        self._inputs = zip(pairs, pipeline.tag(pairs), pipeline.tag_targets(pairs), strict=True)
        self._predicted: dict[Cell, list[tuple[Entity, ...]]] = {}

    def begin(self, pair: SentencePair) -> None:
        """See `Scoring`; the pairs come in the order in which they were given."""
        self._pair, self._entities, self._tags = next(self._inputs)

    def add(self, cell: Cell, links: WordAlignment) -> None:
        """See `Scoring`."""
        problem = self._pipeline.problem(self._pair, self._entities, links, self._tags)
        projected = self._pipeline.projector.project(problem).target_entities
        self._predicted.setdefault(cell, []).append(projected)

    def figures(self, cell: Cell) -> dict[str, Any]:
        """See `Scoring`."""
        gold = [pair.target.entities or () for pair in self._pairs]
        n_words = [len(pair.target.words) for pair in self._pairs]
        figures = asdict(score_entities(gold, self._predicted.get(cell, []), n_words))
        return {name: figures[name] for name in ("f1", "precision", "recall", "support")}
