"""A person's changes of links, laid over an aligner's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.alignment.edits import NO_EDITS, LinkEdits, clear_word, edited, next_state, set_link
from xner_core.errors import CorrectionError
from xner_core.types import Link, LinkState, WordAlignment

SHAPE = (3, 4)
FOUND = WordAlignment.of([(0, 0), (1, 2)], [(1, 3)])

links = st.tuples(st.integers(0, 2), st.integers(0, 3))
states: st.SearchStrategy[LinkState] = st.sampled_from(["none", "sure", "possible"])
alignments = st.builds(WordAlignment.of, st.lists(links, max_size=6), st.lists(links, max_size=4))
commands = st.lists(st.tuples(links, states), max_size=12)


def all_states(alignment: WordAlignment) -> dict[Link, LinkState]:
    return {(i, j): alignment.state((i, j)) for i in range(3) for j in range(4)}


def test_a_link_is_none_then_sure_then_possible_then_none() -> None:
    assert [next_state(state) for state in ("none", "sure", "possible")] == ["sure", "possible", "none"]


def test_edits_hold_whatever_the_aligner_says() -> None:
    edits = LinkEdits.of([(2, 1, "possible"), (0, 0, "none"), (1, 2, "sure")])
    assert edited(FOUND, edits, SHAPE) == WordAlignment(((1, 2),), ((1, 3), (2, 1)))
    assert edited(WordAlignment(()), edits, SHAPE) == WordAlignment(((1, 2),), ((2, 1),))


def test_similarities_stay() -> None:
    similarity = np.ones(SHAPE, dtype=np.float32)
    found = WordAlignment(((0, 0),), similarity=similarity)
    assert edited(found, LinkEdits(((0, 0, "none"),)), SHAPE).similarity is similarity


@pytest.mark.parametrize("link", [(3, 0), (0, 4), (-1, 0), (0, -1)])
def test_a_link_outside_the_sentences_is_refused(link: Link) -> None:
    with pytest.raises(CorrectionError, match="3 source and 4 target words"):
        edited(FOUND, LinkEdits(((*link, "sure"),)), SHAPE)


@pytest.mark.parametrize(
    "changes", [((1, 0, "sure"), (0, 0, "sure")), ((0, 0, "sure"), (0, 0, "none")), ((0, 0, "certain"),)]
)
def test_edits_are_in_order_and_say_each_link_once(changes: tuple[tuple[int, int, LinkState], ...]) -> None:
    with pytest.raises(CorrectionError):
        LinkEdits(changes)


def test_of_two_changes_the_later_one_holds() -> None:
    assert LinkEdits.of([(1, 1, "sure"), (0, 0, "none"), (1, 1, "possible")]).changes == (
        (0, 0, "none"),
        (1, 1, "possible"),
    )


def test_edits_can_be_keys() -> None:
    assert len({LinkEdits.of([(1, 1, "sure")]), LinkEdits(((1, 1, "sure"),)), NO_EDITS}) == 2


def test_what_the_aligner_says_anyway_is_no_edit() -> None:
    edits = set_link(NO_EDITS, FOUND, (0, 0), "possible")
    assert edits.changes == ((0, 0, "possible"),)
    assert set_link(edits, FOUND, (0, 0), "sure") == NO_EDITS
    assert set_link(NO_EDITS, FOUND, (2, 2), "none") == NO_EDITS


def test_edits_that_another_aligner_makes_needless_are_kept_but_not_counted() -> None:
    edits = LinkEdits(((0, 0, "none"), (1, 2, "sure")))
    assert edits.against(FOUND).changes == ((0, 0, "none"),)
    assert len(edits.against(WordAlignment(()))) == 1


def test_clearing_a_word_removes_all_its_links_and_no_others() -> None:
    edits = LinkEdits(((1, 0, "sure"), (2, 3, "sure")))
    cleared = clear_word(edits, FOUND, "source", 1)
    assert edited(FOUND, cleared, SHAPE) == WordAlignment(((0, 0), (2, 3)))
    assert (1, 0) not in {each[:2] for each in cleared}  # made and removed by hand: nothing is left to say
    cleared = clear_word(edits, FOUND, "target", 3)
    assert edited(FOUND, cleared, SHAPE).links == ((0, 0), (1, 0), (1, 2))


@given(found=alignments, said=commands)
def test_the_last_word_on_each_link_holds(found: WordAlignment, said: list[tuple[Link, LinkState]]) -> None:
    expected, edits = all_states(found), NO_EDITS
    for link, state in said:
        expected[link] = state
        edits = set_link(edits, found, link, state)
    result = edited(found, edits, SHAPE)
    assert all_states(result) == expected
    assert list(result.sure) == sorted(result.sure)
    assert list(result.possible) == sorted(result.possible)
    assert len(edits) == sum(expected[link] != state for link, state in all_states(found).items())


@given(found=alignments, said=commands, side=st.sampled_from(["source", "target"]), index=st.integers(0, 2))
def test_a_cleared_word_has_no_link(
    found: WordAlignment, said: list[tuple[Link, LinkState]], side: str, index: int
) -> None:
    edits = LinkEdits.of([(*link, state) for link, state in said])
    before = all_states(edited(found, edits, SHAPE))
    cleared = clear_word(edits, found, "source" if side == "source" else "target", index)
    place = 0 if side == "source" else 1
    assert all_states(edited(found, cleared, SHAPE)) == {
        link: "none" if link[place] == index else state for link, state in before.items()
    }
