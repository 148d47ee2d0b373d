"""What becomes of source entities under two settings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, PERSON, PLACE, projection
from xner_core.types import Entity
from xner_core.viz.changes import Projected, changes

OTHER = entity(2, 3, "ORG")
SPOTS = st.integers(0, 5).map(lambda at: entity(at, at + 1, "X"))


def found(*matches: tuple[Entity, Entity], unmatched: tuple[Entity, ...] = ()) -> Projected:
    sources = tuple(dict.fromkeys([source for source, _ in matches] + list(unmatched)))
    indexed = [(sources.index(source), target) for source, target in matches]
    return Projected("some", sources, projection(*indexed))


@st.composite
def projected(draw: st.DrawFn) -> Projected:
    """Some of three source entities with up to two targets each."""
    matches = [
        (source, target)
        for source in draw(st.lists(st.sampled_from([PERSON, PLACE, OTHER]), unique=True))
        for target in draw(st.lists(SPOTS, max_size=2, unique=True))
    ]
    return found(*matches, unmatched=draw(st.sampled_from([(), (PERSON,), (OTHER, PLACE)])))


def test_each_kind() -> None:
    before = found((PERSON, GOLD[1]), (PLACE, GOLD[0]), unmatched=(OTHER,))
    after = found((PLACE, entity(0, 1, "LOC")), (OTHER, entity(2, 3, "ORG")))
    assert [(each.source, each.kind) for each in changes(before, after)] == [
        (PERSON, "lost"),
        (OTHER, "gained"),
        (PLACE, "moved"),
    ]
    [lost, gained, moved] = changes(before, after)
    assert (lost.before, lost.after) == ((GOLD[1],), ())
    assert (gained.before, gained.after) == ((), (entity(2, 3, "ORG"),))
    assert (moved.before, moved.after) == ((GOLD[0],), (entity(0, 1, "LOC"),))


def test_all_targets_of_an_entity_count_whatever_their_order() -> None:
    spots = entity(0, 1, "X"), entity(3, 4, "X")
    both = found((PERSON, spots[1]), (PERSON, spots[0]))
    assert both.targets == {PERSON: spots}
    assert changes(both, found((PERSON, spots[0]), (PERSON, spots[1]))) == []
    assert [each.kind for each in changes(found((PERSON, spots[0])), both)] == ["moved"]


@given(projected(), projected())
def test_what_is_gained_one_way_is_lost_the_other(one: Projected, other: Projected) -> None:
    opposite = {"gained": "lost", "lost": "gained", "moved": "moved"}
    there = {(each.source, opposite[each.kind]) for each in changes(one, other)}
    assert there == {(each.source, each.kind) for each in changes(other, one)}


@given(projected(), projected())
def test_only_entities_with_other_targets_change(one: Projected, other: Projected) -> None:
    assert changes(one, one) == []
    listed = {each.source for each in changes(one, other)}
    pairs = [
        {(m.target, each.source_entities[m.entity]) for m in each.projection.matches} for each in (one, other)
    ]
    assert listed == {source for _, source in pairs[0] ^ pairs[1]}
