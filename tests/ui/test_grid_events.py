"""The reducer of the grid's events: pure, so that it is tested without the app."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.state import GridDocument, apply_grid_event

SHAPE = (3, 4)
DOC = "corpus/sentence"
BEFORE = GridDocument(ack=5, selected=(0, 0))


def event(seq: Any, selected: Any, doc: Any = DOC) -> dict[str, Any]:
    return {"doc": doc, "seq": seq, "selected": selected}


def test_a_newer_event_selects_its_cell() -> None:
    assert apply_grid_event(BEFORE, event(6, [2, 3]), DOC, SHAPE) == GridDocument(6, (2, 3))


def test_numbers_may_be_left_out() -> None:
    assert apply_grid_event(BEFORE, event(9, [1, 1]), DOC, SHAPE) == GridDocument(9, (1, 1))


def test_no_cell_deselects() -> None:
    assert apply_grid_event(BEFORE, event(6, None), DOC, SHAPE) == GridDocument(6, None)


@pytest.mark.parametrize("seq", [5, 4, 0, -1])
def test_a_repeated_or_stale_event_changes_nothing(seq: int) -> None:
    assert apply_grid_event(BEFORE, event(seq, [2, 3]), DOC, SHAPE) == BEFORE
    assert apply_grid_event(BEFORE, event(seq, None), DOC, SHAPE) == BEFORE


@pytest.mark.parametrize("doc", ["corpus/other", "other/sentence", "", None, 1, [DOC]])
def test_an_event_of_another_sentence_changes_nothing(doc: object) -> None:
    assert apply_grid_event(BEFORE, event(6, [2, 3], doc), DOC, SHAPE) == BEFORE


@pytest.mark.parametrize("cell", [[3, 0], [0, 4], [-1, 0], [0, -1], [10**9, 0]])
def test_a_cell_outside_the_matrix_changes_nothing(cell: list[int]) -> None:
    assert apply_grid_event(BEFORE, event(6, cell), DOC, SHAPE) == BEFORE


@pytest.mark.parametrize(
    "malformed",
    [
        None,
        "click",
        [],
        {},
        {"doc": DOC},
        {"seq": 6, "selected": [0, 1]},
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
    assert apply_grid_event(BEFORE, malformed, DOC, SHAPE) == BEFORE


def test_true_is_no_number() -> None:
    assert apply_grid_event(GridDocument(), event(True, [0, 1]), DOC, SHAPE) == GridDocument()


VALID_CELLS = st.none() | st.tuples(st.integers(0, SHAPE[0] - 1), st.integers(0, SHAPE[1] - 1)).map(list)
ANY_CELL = VALID_CELLS | st.lists(st.integers(-2, 6), max_size=3) | st.text(max_size=2)


@st.composite
def reported(draw: st.DrawFn) -> list[tuple[dict[str, Any], bool]]:
    """Events with growing numbers, and whether each is a valid one of this sentence."""
    found, seq = [], 0
    for _ in range(draw(st.integers(0, 12))):
        seq += draw(st.integers(1, 3))
        cell, doc = draw(ANY_CELL), draw(st.sampled_from([DOC, DOC, "corpus/other"]))
        inside = isinstance(cell, list) and len(cell) == 2 and 0 <= cell[0] < 3 and 0 <= cell[1] < 4
        found.append((event(seq, cell, doc), doc == DOC and (cell is None or inside)))
    return found


@given(events=reported(), replays=st.data())
def test_any_sequence_ends_in_its_last_valid_event(
    events: list[tuple[dict[str, Any], bool]], replays: st.DataObject
) -> None:
    document = GridDocument()
    for index, (each, _) in enumerate(events):
        document = apply_grid_event(document, each, DOC, SHAPE)
        replayed = events[replays.draw(st.integers(0, index))]
        if replayed[1]:  # an event that was taken in may be delivered again, an ignored one has no say
            assert apply_grid_event(document, replayed[0], DOC, SHAPE) == document
    valid = [each for each, is_valid in events if is_valid]
    if not valid:
        assert document == GridDocument()
    else:
        cell = valid[-1]["selected"]
        assert document == GridDocument(valid[-1]["seq"], cell if cell is None else tuple(cell))
