"""The word-range heuristic of García-Ferrero et al. 2022, as Politov et al. 2025 extended it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from xner_core.config import Component
from xner_core.projection.preference import TieConfig, columns
from xner_core.projection.projector import is_free, linked_words
from xner_core.types import Entity, Match, Projection, ProjectionProblem, Span, Unprojected


class HeuristicConfig(TieConfig):
    """Options of the heuristic."""

    merge_distance: int = Field(
        default=1, ge=0, le=10, description="Ranges with at most this many words between them become one."
    )
    only_i: bool = Field(
        default=False,
        description="Do not merge with a range that begins at a word linked to the entity's first word.",
    )
    length_ratio: float = Field(
        default=0.8, ge=0, description="A range must be longer than this, relative to the entity."
    )
    keep: int = Field(
        default=1, ge=1, le=10, description="How many ranges an entity keeps, the longest first."
    )


class HeuristicProjector(Component[HeuristicConfig]):
    """The longest stretch of words linked to the entity, small gaps filled; scores are not looked at."""

    Config = HeuristicConfig

    def project(self, problem: ProjectionProblem) -> Projection:
        """See `Projector`.

        The entity with the longest range chooses first; a range with a word that is
        taken is passed over.
        """
        entities = range(len(problem.source_entities))
        ranges = {entity: self._ranges(problem, entity) for entity in entities}
        taken = np.zeros(problem.n_target, dtype=bool)
        index = {span: i for i, span in enumerate(problem.candidates)}
        matches: list[Match] = []
        first_choice = sorted(
            entities, key=lambda e: (-max(map(len, ranges[e]), default=0), problem.source_entities[e])
        )
        for entity in first_choice:
            label = problem.source_entities[entity].label
            kept = 0
            for span in ranges[entity]:
                if kept < self.config.keep and is_free(span, taken):
                    taken[span.start : span.end] = True
                    candidate = index.get(span)
                    score = None if candidate is None else float(problem.scores.values[entity, candidate])
                    matches.append(Match(entity, Entity(span, label), score))
                    kept += 1
        matched = {match.entity for match in matches}
        unprojected = tuple(
            Unprojected(entity, _reason(problem, entity, ranges[entity]))
            for entity in entities
            if entity not in matched
        )
        return Projection(
            matches=tuple(sorted(matches, key=lambda match: match.target.span)),
            unprojected=unprojected,
            objective=sum(match.score or 0.0 for match in matches),
            upper_bound=None,
            status="heuristic",
        )

    def _ranges(self, problem: ProjectionProblem, entity: int) -> list[Span]:
        """The ranges of an entity that are long enough, the longest first, then by the tie rule."""
        source = problem.source_entities[entity].span
        words = linked_words(problem, entity)
        first_words = {j for i, j in problem.alignment.links if i == source.start}
        ranges: list[Span] = []
        for run in _runs(words):
            apart = run.start - ranges[-1].end if ranges else 0
            begins_entity = self.config.only_i and run.start in first_words
            if ranges and apart <= self.config.merge_distance and not begins_entity:
                ranges[-1] = Span(ranges[-1].start, run.end)
            else:
                ranges.append(run)
        long_enough = [span for span in ranges if len(span) > self.config.length_ratio * len(source)]
        tastes = columns(
            self.config.prefer,
            np.array([(source.start, source.end)]),
            np.array([(span.start, span.end) for span in long_enough]).reshape(-1, 2),
            problem.n_source,
            problem.n_target,
        )[:, 0].T.tolist()
        keyed = zip([-len(span) for span in long_enough], tastes, long_enough, strict=True)
        return [span for _, _, span in sorted(keyed, key=lambda k: (k[0], [-x for x in k[1]], k[2]))]


def _runs(words: Sequence[int]) -> list[Span]:
    """Maximal stretches of neighbouring words."""
    runs: list[Span] = []
    for word in words:
        if runs and runs[-1].end == word:
            runs[-1] = Span(runs[-1].start, word + 1)
        else:
            runs.append(Span(word, word + 1))
    return runs


def _reason(
    problem: ProjectionProblem, entity: int, ranges: Sequence[Span]
) -> Literal["no link", "too short", "overlap"]:
    if ranges:
        return "overlap"
    return "too short" if linked_words(problem, entity) else "no link"
