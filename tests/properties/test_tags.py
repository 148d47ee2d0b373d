"""Tags survive being written and read, and are read as conlleval and seqeval read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from seqeval.metrics.sequence_labeling import get_entities

from tests.oracles.conlleval import chunks
from tests.oracles.schemes import write_iob1, write_iobes
from tests.properties.strategies import tag_lists, tagged_sentences
from xner_core.tags import Scheme, decode, detect_scheme, encode, is_tag
from xner_core.types import Entity

Tagged = tuple[tuple[Entity, ...], int]
WRITERS: dict[Scheme, Callable[[tuple[Entity, ...], int], list[str]]] = {
    "IOB1": write_iob1,
    "IOB2": encode,
    "IOBES": write_iobes,
}


def _triples(tags: list[str], scheme: Scheme) -> set[tuple[int, int, str]]:
    entities, _ = decode(tags, scheme)
    found = {(entity.span.start, entity.span.end, entity.label) for entity in entities}
    assert len(found) == len(entities)
    return found


@pytest.mark.parametrize("scheme", WRITERS)
@given(tagged=tagged_sentences())
def test_entities_survive_every_scheme(scheme: Scheme, tagged: Tagged) -> None:
    entities, n_words = tagged
    tags = WRITERS[scheme](entities, n_words)
    assert len(tags) == n_words
    assert all(map(is_tag, tags))
    assert decode(tags, scheme) == (entities, [])


@pytest.mark.parametrize("scheme", WRITERS)
@given(tagged=tagged_sentences())
def test_the_scheme_is_recognised(scheme: Scheme, tagged: Tagged) -> None:
    entities, n_words = tagged
    if entities:
        assert detect_scheme([WRITERS[scheme](entities, n_words)]) == scheme


@given(tag_lists("BI"))
def test_iob2_is_read_as_conlleval_reads_it(tags: list[str]) -> None:
    assert _triples(tags, "IOB2") == chunks(tags)


@given(tag_lists("BI"))
def test_iob1_is_read_as_conlleval_reads_it(tags: list[str]) -> None:
    assert _triples(tags, "IOB1") == chunks(tags)
    assert decode(tags, "IOB1")[1] == []


@given(tag_lists("BI"))
def test_iob2_is_read_as_seqeval_reads_it(tags: list[str]) -> None:
    # seqeval's ends are inclusive.
    assert _triples(tags, "IOB2") == {(start, end + 1, label) for label, start, end in get_entities(tags)}


@pytest.mark.parametrize("scheme", ["IOB2", "IOBES"])
@given(tags=tag_lists("BIES"))
def test_any_tags_give_entities_in_order_that_share_no_word(scheme: Scheme, tags: list[str]) -> None:
    entities, _ = decode(tags, scheme)
    ends = [0]
    for entity in entities:
        assert ends[-1] <= entity.span.start
        ends.append(entity.span.end)
    assert decode(encode(entities, len(tags))) == (entities, [])


@given(tag_lists("BI"))
def test_iob2_repairs_are_the_tags_that_open_with_i(tags: list[str]) -> None:
    entities, repairs = decode(tags, "IOB2")
    opened = [e.span.start for e in entities if tags[e.span.start].startswith("I-")]
    assert [repair.index for repair in repairs] == opened
    mended = list(tags)
    for repair in repairs:
        assert repair.tag == tags[repair.index]
        mended[repair.index] = repair.read_as
    assert decode(mended, "IOB2") == (entities, [])
    assert mended == encode(entities, len(tags))


@given(tag_lists("BIES"))
def test_iobes_needs_a_repair_exactly_where_it_is_not_written_correctly(tags: list[str]) -> None:
    entities, repairs = decode(tags, "IOBES")
    assert (repairs == []) == (tags == write_iobes(entities, len(tags)))
