"""Why each pair of entity and candidate was or was not chosen, from the problem and the answer alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xner_core.projection.projector import has_link
from xner_core.types import Match, Projection, ProjectionProblem, Span

Reason = Literal["chosen", "worse", "tie", "overlap", "below threshold", "no link", "no score", "not chosen"]
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class ReasonedPair:
    """A candidate seen from one source entity.

    Attributes:
        entity: Index of the source entity.
        candidate: The span.
        index: Of the candidate in the problem; None where the projector chose a span that
            was no candidate (heuristic).
        score: The pair's score; None like `index`.
        reason: `chosen`; `worse` or `tie` (than a match of the entity's own, in `blocker`);
            `overlap` (with the match of another entity, in `blocker`); `below threshold`,
            `no link` or `no score` where the score is 0; `not chosen` otherwise.
        blocker: The match that decided it.
        difference: How much less it scores than the entity's own match in `blocker`, else 0.
    """

    entity: int
    candidate: Span
    index: int | None
    score: float | None
    reason: Reason
    blocker: Match | None = None
    difference: float = 0.0


def explain(
    problem: ProjectionProblem, projection: Projection, *, without_score: bool = False
) -> list[ReasonedPair]:
    """All pairs with a score and all matches, by entity, the best score first.

    Args:
        problem: The problem.
        projection: The answer of any projector.
        without_score: Whether to list the pairs without a score too.
    """
    indices = {span: index for index, span in enumerate(problem.candidates)}
    explained = [
        ReasonedPair(match.entity, match.target.span, indices.get(match.target.span), match.score, "chosen")
        for match in projection.matches
    ]
    chosen = {(pair.entity, pair.candidate) for pair in explained}
    for entity in range(len(problem.source_entities)):
        own = [match for match in projection.matches if match.entity == entity]
        for index, candidate in enumerate(problem.candidates):
            has_score = problem.scores.values[entity, index] > 0
            if (has_score or without_score) and (entity, candidate) not in chosen:
                explained.append(_judge(problem, projection, own, entity, index))
    return sorted(explained, key=lambda p: (p.entity, p.reason != "chosen", -(p.score or 0.0), p.candidate))


def best_rejected(problem: ProjectionProblem, projection: Projection) -> dict[int, tuple[Span, float]]:
    """The best candidate of each entity that was not chosen for it, with its score.

    Returns:
        Index of the entity → span and score; of equal scores the first span. An entity is
        left out where no other candidate has a positive score.
    """
    if not problem.candidates:
        return {}
    values = problem.scores.values.copy()
    indices = {span: index for index, span in enumerate(problem.candidates)}
    for match in projection.matches:
        if match.target.span in indices:  # the heuristic may choose a span that is no candidate
            values[match.entity, indices[match.target.span]] = 0.0
    best = values.argmax(axis=1)
    return {
        entity: (problem.candidates[index], float(values[entity, index]))
        for entity, index in enumerate(best.tolist())
        if values[entity, index] > 0
    }


def _judge(
    problem: ProjectionProblem, projection: Projection, own: list[Match], entity: int, index: int
) -> ReasonedPair:
    candidate, score = problem.candidates[index], float(problem.scores.values[entity, index])

    def because(reason: Reason, blocker: Match | None = None, difference: float = 0.0) -> ReasonedPair:
        return ReasonedPair(entity, candidate, index, score, reason, blocker, difference)

    if score <= 0:
        return because(_why_no_score(problem, entity, index))
    scored = [match for match in own if match.score is not None]
    worst = min(scored, key=lambda match: match.score or 0.0, default=None)
    behind = None if worst is None or worst.score is None else worst.score - score
    if behind is not None and behind > _EQUAL:
        return because("worse", worst, behind)
    for match in projection.matches:
        if match.entity != entity and match.target.span.overlaps(candidate):
            return because("overlap", match)
    if behind is not None and behind >= -_EQUAL:
        return because("tie", worst)
    return because("not chosen", own[0] if own else None)


def _why_no_score(problem: ProjectionProblem, entity: int, index: int) -> Reason:
    if any(part.raw[entity, index] > 0 for part in problem.scores.parts.values()):
        return "below threshold"
    return "no score" if has_link(problem, entity, problem.candidates[index]) else "no link"
