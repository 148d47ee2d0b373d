"""Why each pair of entity and candidate was or was not chosen, from the problem and the answer alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xner_core.types import Match, Projection, ProjectionProblem, Span

Reason = Literal["chosen", "worse", "tie", "overlap", "not chosen"]


@dataclass(frozen=True, slots=True)
class ReasonedPair:
    """A candidate seen from one source entity.

    Attributes:
        entity: Index of the source entity.
        candidate: The span; None where the projector chose one that was not a candidate.
        score: The pair's score; None like `Match.score`.
        reason: `chosen`; `overlap` (with the match of another entity, in `blocker`); `worse` or
            `tie` (than the entity's own match, in `blocker`); `not chosen` otherwise.
        blocker: The match that decided it.
    """

    entity: int
    candidate: Span
    score: float | None
    reason: Reason
    blocker: Match | None = None


def explain(problem: ProjectionProblem, projection: Projection) -> list[ReasonedPair]:
    """All pairs with a positive score and all matches, by entity, the best score first."""
    explained = [
        ReasonedPair(match.entity, match.target.span, match.score, "chosen") for match in projection.matches
    ]
    chosen = {(pair.entity, pair.candidate) for pair in explained}
    for entity in range(len(problem.source_entities)):
        own = next((match for match in projection.matches if match.entity == entity), None)
        for index, candidate in enumerate(problem.candidates):
            score = float(problem.scores.values[entity, index])
            if score > 0 and (entity, candidate) not in chosen:
                explained.append(_judge(entity, candidate, score, own, projection))
    return sorted(explained, key=lambda p: (p.entity, p.reason != "chosen", -(p.score or 0.0), p.candidate))


def _judge(
    entity: int, candidate: Span, score: float, own: Match | None, projection: Projection
) -> ReasonedPair:
    if own is not None and own.score is not None and score <= own.score + 1e-9:
        reason: Reason = "tie" if score >= own.score - 1e-9 else "worse"
        return ReasonedPair(entity, candidate, score, reason, own)
    for match in projection.matches:
        if match.entity != entity and match.target.span.overlaps(candidate):
            return ReasonedPair(entity, candidate, score, "overlap", match)
    return ReasonedPair(entity, candidate, score, "not chosen", own)
