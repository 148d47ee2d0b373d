"""What speaks for a sentence needing a correction, as numbers; no gold is looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from math import exp

from xner_core.alignment.confidence import link_confidence
from xner_core.config import PipelineConfig
from xner_core.pipeline import SentenceResult
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.heuristic import HeuristicProjector
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.projection.projector import Projector
from xner_core.projection.what_if import WhatIf
from xner_core.types import Entity, Projection, ProjectionProblem, Span

_MARGIN_SCALE = 0.05
"""A link whose margin is this far below 0 is doubted at 1 / (1 + 1/e) = 0.73."""
_MOST_UNTAGGED = 3
"""Headlines are written in capitals: more words than these say no more."""

_SECONDS_PER_SOLUTION = 2.0
"""What is only ordered needs no proof; sentences take milliseconds."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What speaks for a sentence needing a correction; 0 says that nothing does.

    Attributes:
        margin: How near the second-best matching comes to the best: 1 where its total is the same, 0 where
            it is lower by the best score of any pair, or where there is no other matching.
        methods: Number of entities for which another projector (heuristic, greedy, exact) finds
            other targets.
        links: Sum over the entities: how much their weakest link is doubted, in [0, 1]; 0 where
            the links come without similarities.
        unprojected: Number of entities without a target.
        outside: Sum over the projected entities: the share of their links that lead out of their targets.
        capitals: Number of entities that begin or end with a capital letter where their target does
            not, or the other way round; scripts without capitals say nothing.
        untagged: Number of source words with a capital letter, not the first one, that are in no
            entity; three at most.
    """

    margin: float = 0.0
    methods: float = 0.0
    links: float = 0.0
    unprojected: float = 0.0
    outside: float = 0.0
    capitals: float = 0.0
    untagged: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """Those that are not 0, rounded to what matters."""
        return {name: round(value, 4) for name, value in asdict(self).items() if value}


class Doubter:
    """Doubts what a pipeline found.

    Args:
        config: The pipeline's; where its projector is the exact one, its options say what else could
            have been chosen.
    """

    def __init__(self, config: PipelineConfig | None = None) -> None:
        projector: Projector = (config or PipelineConfig()).projector.build("projector")
        options = projector.config if isinstance(projector, IlpProjector) else IlpConfig()
        limit = min(options.time_limit, _SECONDS_PER_SOLUTION)
        self._exact = options.model_copy(update={"time_limit": limit})
        methods: list[Projector] = [IlpProjector(self._exact), GreedyProjector(), HeuristicProjector()]
        self._others = [one for one in methods if type(one) is not type(projector)]

    def doubts(self, result: SentenceResult) -> Doubts:
        """Doubt one sentence."""
        problem = result.problem
        untagged = _untagged(result.pair.source.words, result.source_entities)
        if not result.source_entities:
            return Doubts(untagged=untagged)
        seen = _Seen(result)
        return Doubts(
            margin=self._margin(problem),
            methods=self._disagreement(problem, result.projection),
            links=seen.links,
            unprojected=len(result.projection.unprojected) + len(result.lost),
            outside=seen.outside,
            capitals=seen.capitals,
            untagged=untagged,
        )

    def _margin(self, problem: ProjectionProblem) -> float:
        best_score = float(problem.scores.values.max(initial=0.0))
        second = WhatIf(problem, self._exact).runner_up() if best_score > 0 else None
        if second is None or second.missing > 0:
            return 0.0
        return min(1.0, max(0.0, 1 - second.regret / best_score))

    def _disagreement(self, problem: ProjectionProblem, projection: Projection) -> int:
        own = _targets(projection)
        others = [_targets(method.project(problem)) for method in self._others]
        return sum(
            any(own.get(entity) != other.get(entity) for other in others)
            for entity in range(len(problem.source_entities))
        )


class _Seen:
    """What the doubts about single entities are added up from."""

    def __init__(self, result: SentenceResult) -> None:
        self._problem, self._alignment = result.problem, result.alignment
        self._targets = _targets(result.projection)
        self._source_words = result.projected_pair.source.words
        self._target_words = result.pair.target.words

    @cached_property
    def _links(self) -> list[list[tuple[int, int]]]:
        """The places among all links and the target words of each entity's links."""
        links = self._alignment.links
        return [
            [(at, j) for at, (i, j) in enumerate(links) if entity.span.start <= i < entity.span.end]
            for entity in self._problem.source_entities
        ]

    @property
    def links(self) -> float:
        if self._alignment.similarity is None:
            return 0.0
        margins = link_confidence(self._alignment).margin.tolist()
        # Not a number: there is no other word that could fit better.
        weakest = [min((margins[at] for at, _ in own), default=-1.0) for own in self._links]
        return sum(1 / (1 + exp(margin / _MARGIN_SCALE)) for margin in weakest if margin == margin)

    @property
    def outside(self) -> float:
        shares = []
        for entity, spans in self._targets.items():
            reached = [j for _, j in self._links[entity]]
            left = [j for j in reached if not any(span.start <= j < span.end for span in spans)]
            shares.append(len(left) / len(reached) if reached else 0.0)
        return sum(shares)

    @property
    def capitals(self) -> int:
        return sum(
            any(_differ_in_case(self._ends(entity, span)) for span in spans)
            for entity, spans in self._targets.items()
        )

    def _ends(self, entity: int, target: Span) -> list[tuple[str, str]]:
        source = self._problem.source_entities[entity].span
        return [
            (self._source_words[source.start], self._target_words[target.start]),
            (self._source_words[source.end - 1], self._target_words[target.end - 1]),
        ]


def _differ_in_case(words: Collection[tuple[str, str]]) -> bool:
    """Whether of any two words one begins with a capital letter and the other with a small one."""
    return any((a[0].isupper() and b[0].islower()) or (a[0].islower() and b[0].isupper()) for a, b in words)


def _targets(projection: Projection) -> dict[int, list[Span]]:
    """The target spans of each projected entity, in order."""
    found: dict[int, list[Span]] = {}
    for match in sorted(projection.matches, key=lambda match: match.target.span):
        found.setdefault(match.entity, []).append(match.target.span)
    return found


def _untagged(words: Sequence[str], entities: Collection[Entity]) -> int:
    inside = {i for entity in entities for i in range(entity.span.start, entity.span.end)}
    # The English word I is no name.
    names = [
        i
        for i, word in enumerate(words)
        if i and i not in inside and word[0].isupper() and not (len(word) == 1 and word.isupper())
    ]
    return min(_MOST_UNTAGGED, len(names))
