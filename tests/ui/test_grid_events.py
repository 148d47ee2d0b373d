"""The reducer of the grid's changes: pure, so that it is tested without the app."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.state import GridDocument, apply_grid_change

SHAPE = (3, 4)
DOC = "corpus/sentence"
NEW = GridDocument(shape=SHAPE)
BEFORE = GridDocument(ack=5, selected=(0, 0), shape=SHAPE)


def event(seq: Any, selected: Any) -> dict[str, Any]:
    return {"doc": DOC, "seq": seq, "selected": selected}


def test_a_newer_event_selects_its_cell() -> None:
    assert apply_grid_change(BEFORE, event(6, [2, 3])) == GridDocument(6, (2, 3), SHAPE)


def test_numbers_may_be_left_out() -> None:
    assert apply_grid_change(BEFORE, event(9, [1, 1])) == GridDocument(9, (1, 1), SHAPE)


def test_no_cell_deselects() -> None:
    assert apply_grid_change(BEFORE, event(6, None)) == GridDocument(6, None, SHAPE)


@pytest.mark.parametrize("seq", [5, 4, 0, -1])
def test_a_repeated_or_stale_event_changes_nothing(seq: int) -> None:
    assert apply_grid_change(BEFORE, event(seq, [2, 3])) == BEFORE
    assert apply_grid_change(BEFORE, event(seq, None)) == BEFORE


@pytest.mark.parametrize("cell", [[3, 0], [0, 4], [-1, 0], [0, -1], [10**9, 0]])
def test_a_cell_outside_the_matrix_changes_nothing(cell: list[int]) -> None:
    assert apply_grid_change(BEFORE, event(6, cell)) == BEFORE


@pytest.mark.parametrize(
    "malformed",
    [
        None,
        "click",
        [],
        {},
        {"doc": DOC},
        {"selected": [0, 1]},
        {"doc": DOC, "seq": 6},
        event("6", [0, 1]),
        event(6.5, [0, 1]),
        event(None, [0, 1]),
        event(6, [0]),
        event(6, [0, 1, 2]),
        event(6, [0, "1"]),
        event(6, [0.0, 1.0]),
        event(6, [True, False]),  # as an index of numpy's, True is something else than 1
        event(6, "01"),
        event(6, {"0": 1}),
        event(6, False),
    ],
)
def test_a_malformed_event_changes_nothing(malformed: object) -> None:
    assert apply_grid_change(BEFORE, malformed) == BEFORE


def test_true_is_no_number() -> None:
    assert apply_grid_change(NEW, event(True, [0, 1])) == NEW


VALID_CELLS = st.none() | st.tuples(st.integers(0, SHAPE[0] - 1), st.integers(0, SHAPE[1] - 1)).map(list)
ANY_CELL = VALID_CELLS | st.lists(st.integers(-2, 6), max_size=3) | st.text(max_size=2)


@st.composite
def reported(draw: st.DrawFn) -> list[tuple[dict[str, Any], bool]]:
    """Events with growing numbers, and whether each is a valid one of this sentence."""
    found, seq = [], 0
    for _ in range(draw(st.integers(0, 12))):
        seq += draw(st.integers(1, 3))
        cell = draw(ANY_CELL)
        inside = isinstance(cell, list) and len(cell) == 2 and 0 <= cell[0] < 3 and 0 <= cell[1] < 4
        found.append((event(seq, cell), cell is None or inside))
    return found


@given(events=reported(), replays=st.data())
def test_any_sequence_ends_in_its_last_valid_event(
    events: list[tuple[dict[str, Any], bool]], replays: st.DataObject
) -> None:
    document = NEW
    for index, (each, _) in enumerate(events):
        document = apply_grid_change(document, each)
        replayed = events[replays.draw(st.integers(0, index))]
        if replayed[1]:  # an event that was taken in may be delivered again, an ignored one has no say
            assert apply_grid_change(document, replayed[0]) == document
    valid = [each for each, is_valid in events if is_valid]
    if not valid:
        assert document == NEW
    else:
        cell = valid[-1]["selected"]
        assert document == GridDocument(valid[-1]["seq"], cell if cell is None else tuple(cell), SHAPE)
