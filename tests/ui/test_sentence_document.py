"""What one window knows and wants of a sentence: pure, so that it is tested without the app."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.sentence_document import SentenceDocument, Unsaved, entities_from, merged, moved_index
from xner_core.corrections.events import UNSAID, Event, Kind, Origin, SentenceKey, Value
from xner_core.types import Entity, LinkEdit, Sentence, SentencePair, Span

PAIR = SentencePair("s", Sentence(("a", "b", "c"), "en"), Sentence(("x", "y", "z", "w"), "de"))
ORIGIN = Origin("demo", "0")
NEW = SentenceDocument.of(PAIR, ORIGIN)
PER, LOC = Entity(Span(0, 1), "PER"), Entity(Span(1, 3), "LOC")
ONE: LinkEdit = (0, 1, "sure")
TWO: LinkEdit = (2, 3, "none")


def event(number: int, kind: Kind, version: int, after: Value, author: str = "Ben") -> Event:
    key = SentenceKey.of(PAIR)
    return Event(
        number,
        key,
        kind,
        version,
        UNSAID[kind],
        after,
        "edit",
        author,
        datetime(2026, 1, 1, tzinfo=UTC),
        "",
        None,
        f"step {number}",
        ORIGIN,
    )


def test_what_was_there_at_first_is_no_news() -> None:
    first = NEW.read([event(3, "links", 1, (ONE,))], 3)
    assert (first.news, first.grid.version, list(first.grid.edits)) == ((), 1, [ONE])
    theirs = event(7, "links", 2, (ONE, TWO))
    second = first.read([*first.history, theirs], 7)
    assert (second.news, second.grid.version, list(second.grid.edits)) == ((theirs,), 2, [ONE, TWO])
    assert second.grid.turn == 0  # only what a button of this window did has a turn of its own


def test_what_this_window_made_is_no_news_and_ends_the_news() -> None:
    theirs, mine = event(1, "note", 1, "hm"), event(2, "links", 1, (ONE,), "Ana")
    document = NEW.read([], 0).read([theirs], 1)
    assert document.news == (theirs,)
    document = document.made([mine]).read([theirs, mine], 2, by_button=True)
    assert (document.news, document.grid.turn) == ((), 1)


def test_an_unchanged_sentence_keeps_what_the_browser_knows() -> None:
    document = NEW.read([event(1, "links", 1, (ONE,))], 1)
    again = document.read(document.history, 9)
    assert (again.checked, again.grid, again.state) == (9, document.grid, document.state)


def test_a_window_may_write_over_what_it_made_itself_and_no_further() -> None:
    history = [event(n, "links", n, ((0, n, "sure"),)) for n in (1, 2, 3)]
    document = NEW.made(history[:2]).read(history, 3)
    assert document.seen("links", 0) == 2
    assert document.seen("links", 3) == 3
    assert document.seen("note", 0) == 0
    assert document.value("links", 2) == ((0, 2, "sure"),)
    assert document.value("links", 0) == ()


def unsaved(base: Value, mine: Value, kind: Kind = "links") -> Unsaved:
    return Unsaved(kind, "edit", base, mine)


def test_clicks_before_the_browser_heard_are_one_unsaved_change_and_later_ones_another() -> None:
    document = NEW.refused(unsaved((), (ONE,))).refused(unsaved((), (ONE, TWO)))
    assert [each.mine for each in document.unsaved] == [(ONE, TWO)]
    document = document.refused(unsaved((ONE,), ()))
    assert [each.mine for each in document.unsaved] == [(ONE, TWO), ()]
    document = document.refused(Unsaved("links", "undo", None, None))
    assert len(document.unsaved) == 3
    assert [each.mine for each in document.settled(document.unsaved[0]).unsaved] == [(), None]


FOUND = {"source": (PER,), "target": (PER,)}


@pytest.mark.parametrize(
    ("kind", "base", "mine", "theirs", "both"),
    [
        ("links", (), (ONE,), (TWO,), ((ONE, TWO),)),
        ("links", (), (ONE,), ((0, 1, "none"),), None),
        ("links", (ONE,), (), (ONE, TWO), ((TWO,),)),
        ("links", (), (ONE, TWO), (ONE,), ((ONE, TWO),)),  # theirs is part of mine
        ("source_entities", (PER,), (PER, LOC), (), ((LOC,),)),
        ("source_entities", (PER,), (Entity(Span(0, 1), "ORG"),), (Entity(Span(0, 2), "PER"),), None),
        ("source_entities", (PER,), (), (Entity(Span(0, 1), "ORG"),), None),  # deleted, and relabelled
        ("source_entities", None, (PER, LOC), (), ((LOC,),)),  # it began with what was found
        ("source_entities", (PER,), None, (), None),
        ("note", "", "mine", "theirs", None),
        ("note", "", "mine", "", ("mine",)),
        ("status", "created", "approved", "approved", ("approved",)),
    ],
)
def test_both(kind: Kind, base: Value, mine: Value, theirs: Value, both: tuple[Value] | None) -> None:
    assert merged(kind, base, mine, theirs, FOUND) == both


LINKS = st.dictionaries(
    st.tuples(st.integers(0, 2), st.integers(0, 2)), st.sampled_from(["none", "sure", "possible"]), max_size=5
).map(lambda said: tuple(sorted((i, j, how) for (i, j), how in said.items())))


def as_map(links: Iterable[Any]) -> dict[tuple[int, int], str]:
    return {(i, j): how for i, j, how in links}


@given(LINKS, LINKS, LINKS)
def test_both_of_two_changes_of_links_are_made_link_by_link(base: Any, mine: Any, theirs: Any) -> None:
    found = merged("links", base, mine, theirs, {})
    old, one, other = map(as_map, (base, mine, theirs))
    places = {*old, *one, *other}
    # Three different states, where "nothing is said of it" is one too.
    clash = any(len({old.get(at), one.get(at), other.get(at)}) == 3 for at in places)
    assert (found is None) == clash
    if found is not None:
        whole = {at: (one if one.get(at) != old.get(at) else other).get(at) for at in places}
        said: Any = found[0]
        assert as_map(said) == {at: how for at, how in whole.items() if how is not None}


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "x",
        [[0, 1]],
        [[0, 5, "PER"]],
        [[1, 1, "PER"]],
        [[-1, 1, "PER"]],
        [[True, 2, "PER"]],
        [[0, 1.0, "PER"]],
        [[0, 1, ""]],
        [[0, 1, "A B"]],
        [[0, 1, "A\n"]],
        [[0, 1, "A" * 41]],
        [[0, 1, 7]],
        [(0, 1, "PER")],
        [[0, 1, "PER"], 3],
    ],
)
def test_forged_entities_are_none(forged: object) -> None:
    assert entities_from(forged, 4) is None


def test_entities_are_sorted_and_each_stands_once() -> None:
    assert entities_from([[1, 3, "LOC"], [0, 1, "PER"], [0, 1, "PER"]], 4) == (PER, LOC)
    assert entities_from([], 4) == ()


def test_a_pinned_entity_is_found_again() -> None:
    assert moved_index(1, (PER, LOC), (LOC,)) == 0
    assert moved_index(1, (PER, LOC), (PER, Entity(Span(2, 3), "ORG"))) == 1
    assert moved_index(0, (PER, LOC), (LOC,)) is None
    assert moved_index(5, (PER, LOC), (PER, LOC)) is None
