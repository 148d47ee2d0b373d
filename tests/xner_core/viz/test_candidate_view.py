"""What the candidate panel is given to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.builders import entity
from tests.xner_core.viz.examples import PERSON, PLACE, pair, projection
from xner_core.projection.reasons import explain
from xner_core.types import (
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    ScorePart,
    Span,
    Unprojected,
    WordAlignment,
)
from xner_core.viz.candidate_view import MOST_OF_ALL, MOST_PER_ENTITY, candidate_view

SPANS = (Span(0, 1), Span(1, 2), Span(3, 5), Span(4, 5))
VALUES = ((0.0, 0.2, 1.0, 0.5), (0.0, 0.9, 0.3, 0.0))
CHOSEN = projection((0, entity(3, 5, "PER")), (1, entity(1, 2, "LOC")))
OTHER = projection((0, entity(4, 5, "PER")), unprojected=[Unprojected(1, "overlap")])


def stated(parts: dict[str, ScorePart] | None = None, spans: tuple[Span, ...] = SPANS) -> ProjectionProblem:
    scores = ScoreMatrix.of(parts or {"alignment": ScorePart(np.array(VALUES))})
    return ProjectionProblem((PERSON, PLACE), spans, scores, WordAlignment(()), 6, 6)


def scored(problem: ProjectionProblem, found: Projection) -> Projection:
    """The projection with the scores of the problem."""
    index = {span: i for i, span in enumerate(problem.candidates)}
    matches = [
        replace(m, score=float(problem.scores.values[m.entity, index[m.target.span]]))
        if m.target.span in index
        else replace(m, score=None)
        for m in found.matches
    ]
    return replace(found, matches=tuple(matches))


def view(
    problem: ProjectionProblem,
    shown: dict[str, Projection],
    regret: Callable[[int, int], float | None] = lambda entity, candidate: 0.25,
    everything_of: int | None = None,
) -> dict[str, Any]:
    reasoned = {name: explain(problem, scored(problem, found)) for name, found in shown.items()}
    return candidate_view(pair(), problem, reasoned, regret, everything_of=everything_of)


def rows(seen: dict[str, Any], entity: int) -> list[dict[str, Any]]:
    [found] = [each["rows"] for each in seen["entities"] if each["entity"] == entity]
    return list(found)


def test_candidates_stand_by_entity_the_best_first() -> None:
    seen = view(stated(), {"ILP": CHOSEN})
    assert [(each["text"], each["label"], each["entity"]) for each in seen["entities"]] == [
        ("Maria Keller", "PER", 0),
        ("Bonn", "LOC", 1),
    ]
    assert [(r["rank"], r["text"], r["words"], r["score"]) for r in rows(seen, 0)] == [
        (1, "Maria Keller", "3–4", 1.0),
        (2, "Keller", "4", 0.5),
        (3, "Bonn", "1", 0.2),
    ]
    assert seen["caption"] == "5 candidates have a score"
    json.dumps(seen)


def test_who_chose_it_and_why_the_others_did_not() -> None:
    seen = view(stated(), {"ILP": CHOSEN, "Greedy": OTHER})
    whole, last, place = rows(seen, 0)
    assert (whole["chosen"], whole["marked"], last["chosen"], last["marked"]) == (
        ["ILP"],
        True,
        ["Greedy"],
        False,
    )
    assert whole["why"] == [("chosen", ["ILP"]), ("more than “Keller”, which was chosen", ["Greedy"])]
    assert last["why"] == [("0.50 less than “Maria Keller”", ["ILP"]), ("chosen", ["Greedy"])]
    assert place["why"] == [
        ("0.80 less than “Maria Keller”", ["ILP"]),
        ("0.30 less than “Keller”", ["Greedy"]),
    ]
    overlapping = rows(seen, 1)[1]["why"]
    assert ("overlaps “Keller”, chosen for “Maria Keller”", ["Greedy"]) in overlapping


def test_projectors_that_agree_about_the_reason_share_it() -> None:
    seen = view(stated(), {"ILP": CHOSEN, "Greedy": CHOSEN})
    assert rows(seen, 0)[0]["why"] == [("chosen", ["ILP", "Greedy"])]


def test_a_chosen_span_that_is_no_candidate_has_no_score() -> None:
    outside = projection((0, entity(2, 3, "PER")))
    found = rows(view(stated(), {"Heuristic": outside, "ILP": CHOSEN}), 0)[-1]
    assert (found["rank"], found["score"], found["regret"], found["words"]) == (None, None, None, "2")
    assert found["why"] == [("chosen", ["Heuristic"]), ("no score", ["ILP"])]


def test_regrets_are_those_of_the_listed_candidates_only() -> None:
    asked = []

    def regret(entity: int, candidate: int) -> float | None:
        asked.append((entity, candidate))
        return None if entity else -0.0

    seen = view(stated(), {"ILP": CHOSEN}, regret)
    assert sorted(asked) == [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2)]
    assert str(rows(seen, 0)[0]["regret"]) == "0.0"
    assert rows(seen, 1)[0]["regret"] is None


def test_parts_say_what_each_adds() -> None:
    parts = {
        "links": ScorePart(np.array(VALUES), weight=0.5),
        "name": ScorePart(np.full((2, 4), 0.4), weight=2.0, threshold=0.6),
    }
    seen = view(stated(parts), {"ILP": CHOSEN})
    assert [part["name"] for part in seen["parts"]] == ["links", "name"]
    assert seen["parts"][1]["help"] == "What name adds: 2 × its score, where that is at least 0.6."
    best = rows(seen, 0)[0]
    assert (best["score"], best["parts"]) == (0.5, [0.5, 0.0])
    assert best["adds"] == [
        "links: 0.5 × 1.000 = 0.500",
        "name: 0.400 is below its threshold 0.6 and counts as 0",
    ]
    assert view(stated(), {"ILP": CHOSEN})["parts"] == []  # the sum says it all


@pytest.fixture
def crowd() -> ProjectionProblem:
    """Every n-gram is a candidate of the first entity, each with less than the one before."""
    wide = tuple(Span(i, j) for i in range(6) for j in range(i + 1, 7))
    values = np.zeros((2, len(wide)))
    values[0] = np.linspace(1, 0.1, len(wide))
    return ProjectionProblem(
        (PERSON, PLACE),
        wide,
        ScoreMatrix.of({"alignment": ScorePart(values)}),
        WordAlignment(()),
        6,
        6,
    )


def test_only_the_best_are_listed_and_what_was_chosen(crowd: ProjectionProblem) -> None:
    worst = crowd.candidates[-1]
    chosen = projection((0, entity(worst.start, worst.end, "PER")))
    [group] = view(crowd, {"ILP": chosen})["entities"]
    assert [row["rank"] for row in group["rows"]] == [*range(1, MOST_PER_ENTITY + 1), len(crowd.candidates)]
    assert group["more"] == len(crowd.candidates) - MOST_PER_ENTITY - 1
    assert not group["least"]


def test_all_are_listed_on_request(crowd: ProjectionProblem) -> None:
    [group] = view(crowd, {"ILP": projection()}, everything_of=0)["entities"]
    assert (len(group["rows"]), group["more"], group["least"]) == (len(crowd.candidates), 0, True)
    assert len(crowd.candidates) <= MOST_OF_ALL
    [other] = view(crowd, {"ILP": projection()}, everything_of=1)["entities"]
    assert other["more"] == len(crowd.candidates) - MOST_PER_ENTITY


def test_an_entity_without_candidates_is_left_out() -> None:
    problem = stated({"alignment": ScorePart(np.array((VALUES[0], (0.0, 0.0, 0.0, 0.0))))})
    seen = view(problem, {"ILP": projection((0, entity(3, 5, "PER")))})
    assert [each["entity"] for each in seen["entities"]] == [0]
