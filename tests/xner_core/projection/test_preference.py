"""The tie rule by hand, and how it is written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.builders import spans
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.projection.preference import bounds_of, columns

PROJECTORS = ["heuristic", "greedy", "ilp"]
SOURCES, TARGETS = bounds_of(spans((0, 1), (3, 5))), bounds_of(spans((1, 4), (6, 7)))


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("longer", [[3, 1], [3, 1]]),
        ("shorter", [[-3, -1], [-3, -1]]),
        ("left", [[-1, -6], [-1, -6]]),
        ("right", [[1, 6], [1, 6]]),
        # Twice the middles are 1 and 8 of 5 words, and 5 and 13 of 8: 8 - 25, 8 - 65, 64 - 25, 64 - 65.
        ("diagonal", [[-(17**2), -(57**2)], [-(39**2), -1]]),
    ],
)
def test_each_criterion_by_hand(criterion: Any, expected: list[list[int]]) -> None:
    found = columns((criterion,), SOURCES, TARGETS, 5, 8)
    assert found.tolist() == [expected]
    assert found.dtype == np.int64


def test_criteria_stand_in_the_order_they_are_given() -> None:
    assert columns(("left", "longer"), SOURCES, TARGETS, 5, 8).tolist() == [
        [[-1, -6], [-1, -6]],
        [[3, 1], [3, 1]],
    ]
    assert columns((), SOURCES, TARGETS, 5, 8).shape == (0, 2, 2)


def test_not_crossing_is_nearer_to_the_diagonal_than_crossing() -> None:
    # The plain distances are 1 + 1 words either way.
    sources, targets = np.array([[0, 1], [1, 2]]), np.array([[1, 2], [2, 3]])
    (found,) = columns(("diagonal",), sources, targets, 4, 4)
    assert found[0, 0] + found[1, 1] > found[0, 1] + found[1, 0]


def test_bounds_are_starts_and_ends() -> None:
    assert bounds_of(spans((0, 1), (3, 5))).tolist() == [[0, 1], [3, 5]]
    assert bounds_of([]).shape == (0, 2)


@pytest.mark.parametrize("name", PROJECTORS)
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("longer,left", ("longer", "left")),
        (" shorter , right ", ("shorter", "right")),
        ("diagonal", ("diagonal",)),
        ("", ()),
        (["left"], ("left",)),
    ],
)
def test_it_is_written_as_a_list_or_with_commas(name: str, written: Any, expected: tuple[str, ...]) -> None:
    projector = Choice(name=name, options={"prefer": written}).build("projector")
    assert projector.config.prefer == expected


@pytest.mark.parametrize("name", PROJECTORS)
def test_the_default_is_the_same_for_all(name: str) -> None:
    assert Choice(name=name).build("projector").config.prefer == ("diagonal", "longer", "left")


@pytest.mark.parametrize("name", PROJECTORS)
@pytest.mark.parametrize("written", ["longest", "longer left", ["longer", "up"], 3, None])
def test_what_is_no_criterion_is_refused(name: str, written: Any) -> None:
    with pytest.raises(ConfigError, match="prefer"):
        Choice(name=name, options={"prefer": written}).build("projector")
