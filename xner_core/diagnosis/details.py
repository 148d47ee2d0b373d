"""The finer kinds of error that only a projection has."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from xner_core.evaluation.spans import Judged
from xner_core.projection.projector import has_link
from xner_core.types import Entity, Projection, ProjectionProblem

Detail = Literal[
    "no source entity",
    "no link",
    "no candidate",
    "below threshold",
    "lost to overlap",
    "outscored",
    "split",
    "merged",
    "too wide",
    "too narrow",
    "shifted",
    "source label",
    "other entity",
    "misplaced",
    "not in gold",
    "not tagged",
]
DETAILS: tuple[Detail, ...] = get_args(Detail)


def detail_of(
    judged: Judged,
    gold: Collection[Entity],
    predicted: Collection[Entity],
    problem: ProjectionProblem | None = None,
    projection: Projection | None = None,
) -> Detail:
    """Say more precisely what an error is.

    An entity of the source is *open* to a gold entity where it has the gold entity's label and no
    match of its own that is right. The first that holds is the answer.

    A missed entity: `merged`, a prediction of its label shares words with it and with another
    gold entity; `no source entity`, none is open; `lost to overlap` or `outscored`, its
    span is a candidate with a score for an open one, and another entity's match shares a word
    with it or not; `below threshold`, a part of such a score is positive, or (heuristic) the
    linked words are too few; `no link`, none joins it to an open one; `no candidate`;
    `below threshold` where none of its scores is positive.

    Wrong boundaries: `split`, several predictions of the gold label share words with it;
    `merged`, the prediction shares words with several gold entities of its label; `too wide`, it
    has words besides all of gold's; `too narrow`, it lacks some and has no others; `shifted`.

    A wrong label: `other entity`, a source entity with the right label is open; else
    `source label`, so the source entity carries the wrong one.

    A spurious entity: `split`, it shares words with a gold entity of its label that is matched with
    another prediction; `misplaced`, a gold entity of its label is missed; else `not in gold`.

    Args:
        judged: The error.
        gold: All gold entities of the sentence.
        predicted: All predicted ones.
        problem: What was projected; None where a tagger found the entities in the target sentence
            itself. What it missed is then `not tagged`, what it labelled wrong `source label`.
        projection: What became of it.
    """
    if judged.gold is not None and judged.predicted is not None:
        if judged.kind == "wrong label":
            return _wrong_label(judged.gold, gold, problem, projection)
        return _boundary(judged.gold, judged.predicted, gold, predicted)
    if judged.predicted is not None:
        return _spurious(judged.predicted, gold, predicted)
    assert judged.gold is not None
    if any(_touching(one, gold) > 1 for one in predicted if _alike(one, judged.gold)):
        return "merged"
    if problem is None or projection is None:
        return "not tagged"
    return _missed(judged.gold, gold, problem, projection)


def _missed(
    entity: Entity, gold: Collection[Entity], problem: ProjectionProblem, projection: Projection
) -> Detail:
    able = _open(entity, gold, problem, projection)
    if not able:
        return "no source entity"
    linked = [index for index in able if has_link(problem, index, entity.span)]
    if projection.status == "heuristic":
        return _missed_by_heuristic(entity, linked, projection)
    if entity.span in problem.candidates:
        column = problem.candidates.index(entity.span)
        if (problem.scores.values[able, column] > 0).any():
            return _lost(entity, able, projection)
        if any((part.raw[able, column] > 0).any() for part in problem.scores.parts.values()):
            return "below threshold"
    if not linked:
        return "no link"
    return "below threshold" if entity.span in problem.candidates else "no candidate"


def _missed_by_heuristic(entity: Entity, linked: list[int], projection: Projection) -> Detail:
    """It looks at links and lengths alone, not at candidates and scores."""
    if not linked:
        return "no link"
    short = {one.entity for one in projection.unprojected if one.reason == "too short"}
    return "below threshold" if short.issuperset(linked) else _lost(entity, linked, projection)


def _lost(entity: Entity, able: list[int], projection: Projection) -> Detail:
    others = (match for match in projection.matches if match.entity not in able)
    return "lost to overlap" if any(m.target.span.overlaps(entity.span) for m in others) else "outscored"


def _open(
    entity: Entity, gold: Collection[Entity], problem: ProjectionProblem, projection: Projection
) -> list[int]:
    right = {match.entity for match in projection.matches if match.target in gold}
    return [
        index
        for index, source in enumerate(problem.source_entities)
        if source.label == entity.label and index not in right
    ]


def _wrong_label(
    entity: Entity,
    gold: Collection[Entity],
    problem: ProjectionProblem | None,
    projection: Projection | None,
) -> Detail:
    if problem is None or projection is None:
        return "source label"
    return "other entity" if _open(entity, gold, problem, projection) else "source label"


def _boundary(
    entity: Entity, found: Entity, gold: Collection[Entity], predicted: Collection[Entity]
) -> Detail:
    if _touching(entity, predicted) > 1:
        return "split"
    if _touching(found, gold) > 1:
        return "merged"
    if found.span.start <= entity.span.start and entity.span.end <= found.span.end:
        return "too wide"
    if entity.span.start <= found.span.start and found.span.end <= entity.span.end:
        return "too narrow"
    return "shifted"


def _spurious(found: Entity, gold: Collection[Entity], predicted: Collection[Entity]) -> Detail:
    if any(_alike(found, one) for one in gold):
        return "split"
    alone = (one for one in gold if one.label == found.label)
    missed = any(not any(one.span.overlaps(other.span) for other in predicted) for one in alone)
    return "misplaced" if missed else "not in gold"


def _touching(entity: Entity, others: Collection[Entity]) -> int:
    """How many others of its label share a word with an entity."""
    return sum(_alike(entity, other) for other in others)


def _alike(one: Entity, other: Entity) -> bool:
    return one.label == other.label and one.span.overlaps(other.span)
