"""The one order of entities and candidates."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from tests.builders import entity, problem, spans
from tests.properties.problems import permuted
from xner_core.projection.canonical import canonical
from xner_core.types import ProjectionProblem, ScoreMatrix, WordAlignment

ENTITIES = (entity(0, 1, "LOC"), entity(0, 1, "PER"), entity(0, 2, "LOC"), entity(1, 2, "LOC"))
CANDIDATES = spans((0, 1), (0, 3), (1, 2), (2, 4))
STATED = ProjectionProblem(ENTITIES, CANDIDATES, ScoreMatrix(np.eye(4), {}), WordAlignment.of([]), 5, 5)


def test_whatever_the_order_of_the_input_it_goes_from_left_to_right() -> None:
    for order in permutations(range(4)):
        shuffled = permuted(STATED, list(order), list(order))
        found = canonical(shuffled, shuffled.scores.values)
        assert tuple(shuffled.source_entities[i] for i in found.entities) == ENTITIES
        assert tuple(shuffled.candidates[i] for i in found.candidates) == CANDIDATES
        assert found.sources.tolist() == [[0, 1], [0, 1], [0, 2], [1, 2]]
        assert found.targets.tolist() == [[0, 1], [0, 3], [1, 2], [2, 4]]
        assert (found.arrange(shuffled.scores.values) == STATED.scores.values).all()


def test_what_no_entity_scores_is_left_out() -> None:
    scores = np.array([[0, 0.5, 0, -1], [0, 0, 0, -1], [0, 0.25, 1e-300, 0], [0, 0, 0, 0]])
    found = canonical(STATED, scores)
    assert found.candidates == [1, 2]
    assert found.arrange(scores).tolist() == scores[:, [1, 2]].tolist()


def test_nothing_is_in_order_too() -> None:
    nothing = problem([], {})
    found = canonical(nothing, nothing.scores.values)
    assert (found.entities, found.candidates) == ([], [])
