"""Which source entities each line about two projections belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, PERSON, PLACE, pair, problem, projection
from xner_core.types import Projection, ProjectionProblem, ScoreMatrix, Span, Unmet, Unprojected
from xner_core.viz.changes import Projected
from xner_core.viz.palette import label_colour
from xner_core.viz.side_by_side_view import side_by_side_view

BOTH = projection((1, GOLD[0]), (0, GOLD[1]), objective=1.5)


@dataclass(frozen=True)
class Next:
    """A second best matching."""

    pairs: tuple[tuple[int, int], ...]
    regret: float = 0.5
    missing: int = 0


def with_candidates(*spans: Span) -> ProjectionProblem:
    return replace(problem(), candidates=spans, scores=ScoreMatrix(np.zeros((2, len(spans))), {}))


def view(one: Projection, other: Projection, runner_up: Next | None = None) -> dict[str, object]:
    spans = with_candidates(GOLD[0].span, GOLD[1].span, Span(3, 4))
    named = [Projected(name, (PERSON, PLACE), found) for name, found in (("Greedy", one), ("ILP", other))]
    return side_by_side_view(pair(), spans, named[0], named[1], "ILP", runner_up)


def about(lines: object) -> list[tuple[str, list[int]]]:
    """The first words of each line, and its entities."""
    assert isinstance(lines, list)
    return [(" ".join(line["says"].split()[:2]), line["entities"]) for line in lines]


def test_every_line_belongs_to_its_entity() -> None:
    greedy = replace(
        projection((0, entity(1, 5, "PER")), unprojected=[Unprojected(1, "overlap")], objective=1.0),
        unmet=(Unmet(1, 1),),
    )
    shown = view(greedy, BOTH, Next(((0, 2), (1, 0))))
    first, second = shown["boxes"]  # type: ignore[misc]
    assert about(first) == [
        ("Greedy: 1.00", []),
        ("“Maria Keller”", [0]),
        ("“Bonn” (LOC)", [1]),
        ("“Bonn” lacks", [1]),
    ]
    assert about(second) == [
        ("ILP: 1.50", []),
        ("“Bonn” →", [1]),
        ("“Maria Keller”", [0]),
        ("Margin 0.50:", [0]),
    ]
    assert about(shown["differ"]) == [
        ("Greedy and", []),
        ("“Maria Keller”", [0]),
        ("“Bonn” (LOC):", [1]),
    ]
    assert [line["pins"] for line in second] == [False, True, True, False]
    assert shown["colours"] == [label_colour("PER"), label_colour("LOC")]


def test_a_margin_may_be_about_several_entities() -> None:
    [box] = view(BOTH, BOTH, Next(()))["boxes"]  # type: ignore[misc]
    assert about(box)[-1] == ("Margin 0.50:", [0, 1])
    [box] = view(BOTH, BOTH)["boxes"]  # type: ignore[misc]
    assert about(box)[-1] == ("There is", [])


def test_where_both_agree_the_exact_one_is_shown() -> None:
    shown = view(BOTH, BOTH)
    assert [about(box)[0][0] for box in shown["boxes"]] == ["ILP: 1.50"]  # type: ignore[attr-defined]
    assert shown["differ"] == [{"says": "Greedy chooses the same.", "entities": [], "pins": False}]
