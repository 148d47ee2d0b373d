"""The data of what two projectors found, line by line: which source entities each line is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from xner_core.types import Entity, ProjectionProblem, SentencePair
from xner_core.viz import wording
from xner_core.viz.changes import Projected
from xner_core.viz.difference_wording import difference
from xner_core.viz.differences import differences
from xner_core.viz.palette import label_colour


class RunnerUp(Protocol):
    """The second best matching; `projection.what_if` says what each means."""

    @property
    def pairs(self) -> Sequence[tuple[int, int]]: ...  # noqa: D102
    @property
    def regret(self) -> float: ...  # noqa: D102
    @property
    def missing(self) -> int: ...  # noqa: D102


def side_by_side_view(
    pair: SentencePair,
    problem: ProjectionProblem,
    one: Projected,
    other: Projected,
    exact: str,
    runner_up: RunnerUp | None,
) -> dict[str, Any]:
    """Describe two projections of a problem, and what separates them.

    Args:
        pair: The pair.
        problem: The problem.
        one: A projection of it, named for the reader.
        other: Another one.
        exact: The reader's name of the exact projector, whose margin is said.
        runner_up: The next best matching to the exact one; None where there is none.

    Returns:
        `boxes`: what each projector found, one box where both found the same; and `differ`, what
        separates them. All are lists of lines with `says`, `entities` (indices of source entities) and
        `pins` (whether a click pins the entity: a line about one entity, of this matching);
        `colours` of the source entities by index.
    """
    found = differences(problem, one.projection, other.projection)
    both = [one, other] if found else [one if one.name == exact else other]
    same = next(each for each in (one, other) if each is not both[-1])
    sentences = difference(pair, problem, one, other) or [f"{same.name} chooses the same."]
    return {
        "boxes": [
            [*_says(pair, problem, each), *([_margin(pair, problem, each, runner_up)] * (each.name == exact))]
            for each in both
        ],
        "differ": [
            _line(sentences[0]),
            *(_line(says, [each.entity]) for says, each in zip(sentences[1:], found, strict=True)),
        ],
        "colours": [label_colour(entity.label) for entity in problem.source_entities],
    }


def _says(pair: SentencePair, problem: ProjectionProblem, projected: Projected) -> list[dict[str, Any]]:
    projection = projected.projection
    about = [
        *(match.entity for match in projection.matches),
        *(each.entity for each in projection.unprojected),
        *(each.entity for each in projection.unmet),
    ]
    sentences = [
        *wording.chosen(pair, problem, projection),
        *wording.unprojected(pair, problem, projection),
        *wording.unmet(pair, problem, projection),
    ]
    return [
        _line(wording.total(projection, projected.name)),
        *(_line(says, [entity]) for says, entity in zip(sentences, about, strict=True)),
    ]


def _margin(
    pair: SentencePair, problem: ProjectionProblem, exact: Projected, runner_up: RunnerUp | None
) -> dict[str, Any]:
    best = exact.projection.target_entities
    if runner_up is None:
        return _line(wording.margin(pair, best, None))
    entities = problem.source_entities
    instead = {
        (entity, Entity(problem.candidates[candidate], entities[entity].label))
        for entity, candidate in runner_up.pairs
    }
    chosen = {(match.entity, match.target) for match in exact.projection.matches}
    targets = sorted(target for _, target in instead)
    return _line(
        wording.margin(pair, best, targets, runner_up.regret, runner_up.missing),
        sorted({entity for entity, _ in chosen ^ instead}),
        pins=False,
    )


def _line(says: str, entities: Sequence[int] = (), *, pins: bool = True) -> dict[str, Any]:
    return {"says": says, "entities": list(entities), "pins": pins and len(entities) == 1}
