"""The reducer of the grid's changes: pure, so that it is tested without the app."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.grid_document import GridDocument, Wanted, apply_grid_change
from xner_core.alignment.edits import NO_EDITS, LinkEdits

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


ONE = LinkEdits(((0, 1, "sure"),))
TWO = LinkEdits(((0, 1, "possible"), (2, 3, "none")))


def edits_event(seq: int, edits: Any, turn: int = 0) -> dict[str, Any]:
    return {**event(seq, None), "edits": edits, "turn": turn}


def sent(edits: LinkEdits) -> list[list[Any]]:
    return [list(each) for each in edits]


def wanted(document: GridDocument) -> LinkEdits | None:
    return None if document.wanted is None else document.wanted.edits


def test_edits_are_wanted_as_a_whole_over_the_version_that_the_browser_knew() -> None:
    document = apply_grid_change(NEW, {**edits_event(1, sent(ONE)), "version": 3})
    assert (document.ack, document.edits, document.wanted) == (1, NO_EDITS, Wanted(ONE, 3))
    document = NEW.told(ONE, 4)
    assert apply_grid_change(document, edits_event(2, sent(TWO))).wanted == Wanted(TWO, 4)
    assert wanted(apply_grid_change(document, edits_event(2, []))) == NO_EDITS
    assert apply_grid_change(BEFORE, edits_event(5, sent(TWO))) == BEFORE  # late


@pytest.mark.parametrize("version", [None, "3", 3.0, True])
def test_a_forged_version_is_that_which_the_browser_was_told(version: object) -> None:
    change = {**edits_event(1, sent(ONE)), "version": version}
    assert apply_grid_change(NEW.told(TWO, 6), change).wanted == Wanted(ONE, 6)


def test_a_change_without_edits_only_selects() -> None:
    document = apply_grid_change(NEW.told(ONE, 1), event(2, [1, 1]))
    assert (document.edits, document.wanted, document.selected) == (ONE, None, (1, 1))
    assert apply_grid_change(document, edits_event(3, sent(ONE))).wanted is None


@pytest.mark.parametrize(
    "edits",
    [
        None,
        "01",
        {},
        [[0, 1]],
        [[0, 1, "sure", 1]],
        [[0, 1, "certain"]],
        [[0, 1, ["sure"]]],
        [[0, 1, None]],
        [[3, 0, "sure"]],
        [[0, 4, "sure"]],
        [[-1, 0, "sure"]],
        [[True, 0, "sure"]],
        [[0.0, 1, "sure"]],
        [["0", "1", "sure"]],
        ["0s"],
        [[0, 1, "sure"], None],
    ],
)
def test_forged_edits_change_nothing(edits: object) -> None:
    assert apply_grid_change(BEFORE, edits_event(6, edits)) == BEFORE


def test_a_click_made_before_the_browser_heard_of_a_button_is_added_to_what_the_button_did() -> None:
    document = NEW.told(TWO, 2).told(ONE, 3, by_button=True)
    clicked = LinkEdits.of([*TWO, (1, 1, "sure")])
    first = apply_grid_change(document, edits_event(1, sent(clicked), turn=0))
    assert wanted(first) == LinkEdits.of([*ONE, (1, 1, "sure")])
    first = first.told(LinkEdits.of([*ONE, (1, 1, "sure")]), 4)
    again = LinkEdits.of([*clicked, (1, 2, "sure")])
    second = apply_grid_change(first, edits_event(2, sent(again), turn=0))
    assert wanted(second) == LinkEdits.of([*ONE, (1, 1, "sure"), (1, 2, "sure")])
    heard = apply_grid_change(second, edits_event(3, sent(ONE), turn=1))
    assert wanted(heard) == ONE


def test_removing_what_a_button_left_alone_is_added_too() -> None:
    document = NEW.told(TWO, 1).told(LinkEdits.of([*TWO, (1, 1, "sure")]), 2, by_button=True)
    clicked = apply_grid_change(document, edits_event(1, sent(LinkEdits(TWO.changes[:1])), turn=0))
    assert wanted(clicked) == LinkEdits.of([TWO.changes[0], (1, 1, "sure")])
