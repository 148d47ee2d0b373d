"""Tags read by hand-made cases; agreement with conlleval and seqeval is in tests/oracles."""

from __future__ import annotations

import pytest

from tests.builders import entity
from xner_core.tags import Scheme, TagRepair, decode, detect_scheme, encode, is_tag
from xner_core.types import Entity

PER, LOC = "PER", "LOC"


@pytest.mark.parametrize("tag", ["O", "B-PER", "I-geo-loc", "E-X", "S-X", "B-LOC-deriv", "I-Ö"])
def test_is_tag(tag: str) -> None:
    assert is_tag(tag)


@pytest.mark.parametrize(
    "tag", ["", "o", "B", "B-", "PER", "L-PER", "b-PER", "B_PER", "O-PER", "B- PER", "OO"]
)
def test_is_no_tag(tag: str) -> None:
    assert not is_tag(tag)


@pytest.mark.parametrize(
    ("scheme", "tags", "entities"),
    [
        ("IOB2", "O O", []),
        ("IOB2", "", []),
        ("IOB2", "B-PER I-PER O B-LOC", [(0, 2, PER), (3, 4, LOC)]),
        ("IOB2", "B-PER B-PER I-PER", [(0, 1, PER), (1, 3, PER)]),
        ("IOB2", "B-PER B-LOC I-LOC", [(0, 1, PER), (1, 3, LOC)]),
        ("IOB1", "I-PER I-PER O I-LOC", [(0, 2, PER), (3, 4, LOC)]),
        ("IOB1", "I-PER B-PER I-PER", [(0, 1, PER), (1, 3, PER)]),
        ("IOB1", "I-PER I-LOC", [(0, 1, PER), (1, 2, LOC)]),
        ("IOBES", "S-PER B-LOC E-LOC", [(0, 1, PER), (1, 3, LOC)]),
        ("IOBES", "B-LOC I-LOC I-LOC E-LOC S-LOC", [(0, 4, LOC), (4, 5, LOC)]),
        ("IOBES", "S-PER S-PER O", [(0, 1, PER), (1, 2, PER)]),
    ],
)
def test_entities_of_correct_tags(scheme: Scheme, tags: str, entities: list[tuple[int, int, str]]) -> None:
    assert decode(tags.split(), scheme) == (tuple(entity(*e) for e in entities), [])


@pytest.mark.parametrize(
    ("scheme", "tags", "entities", "repairs"),
    [
        ("IOB2", "O I-PER I-PER", [(1, 3, PER)], [(1, "I-PER", "B-PER")]),
        ("IOB2", "B-PER I-LOC I-LOC", [(0, 1, PER), (1, 3, LOC)], [(1, "I-LOC", "B-LOC")]),
        ("IOB2", "I-PER O I-PER", [(0, 1, PER), (2, 3, PER)], [(0, "I-PER", "B-PER"), (2, "I-PER", "B-PER")]),
        ("IOBES", "B-PER O", [(0, 1, PER)], [(0, "B-PER", "S-PER")]),
        ("IOBES", "B-PER I-PER", [(0, 2, PER)], [(1, "I-PER", "E-PER")]),
        ("IOBES", "B-PER I-PER S-LOC", [(0, 2, PER), (2, 3, LOC)], [(1, "I-PER", "E-PER")]),
        ("IOBES", "E-PER", [(0, 1, PER)], [(0, "E-PER", "S-PER")]),
        ("IOBES", "S-PER E-PER", [(0, 1, PER), (1, 2, PER)], [(1, "E-PER", "S-PER")]),
        ("IOBES", "O I-PER E-PER", [(1, 3, PER)], [(1, "I-PER", "B-PER")]),
        ("IOBES", "B-PER E-LOC", [(0, 1, PER), (1, 2, LOC)], [(0, "B-PER", "S-PER"), (1, "E-LOC", "S-LOC")]),
    ],
)
def test_repairs_are_returned(
    scheme: Scheme,
    tags: str,
    entities: list[tuple[int, int, str]],
    repairs: list[tuple[int, str, str]],
) -> None:
    assert decode(tags.split(), scheme) == (
        tuple(entity(*e) for e in entities),
        [TagRepair(*repair) for repair in repairs],
    )


@pytest.mark.parametrize(
    ("sequences", "scheme"),
    [
        ([], "IOB2"),
        (["O O"], "IOB2"),
        (["B-PER I-PER", "O B-LOC"], "IOB2"),
        (["I-PER O", "O I-LOC"], "IOB1"),
        (["I-PER B-PER"], "IOB1"),
        (["B-PER B-PER"], "IOB2"),
        # One B- where IOB1 needs none makes it IOB2 with a fault.
        (["I-PER O", "B-LOC O"], "IOB2"),
        # The word before is in another sentence.
        (["I-PER", "B-PER"], "IOB2"),
        (["O O", "S-PER"], "IOBES"),
        (["I-PER O", "B-PER E-PER"], "IOBES"),
    ],
)
def test_detect_scheme(sequences: list[str], scheme: Scheme) -> None:
    assert detect_scheme([tags.split() for tags in sequences]) == scheme


def test_encode_writes_iob2() -> None:
    assert encode([entity(3, 4, LOC), entity(0, 2)], 5) == ["B-PER", "I-PER", "O", "B-LOC", "O"]


@pytest.mark.parametrize("entities", [[entity(0, 2), entity(1, 3)], [entity(0, 1), entity(0, 1)]])
def test_encode_refuses_entities_that_share_a_word(entities: list[Entity]) -> None:
    with pytest.raises(ValueError, match="shares a word"):
        encode(entities, 3)


def test_encode_refuses_an_entity_behind_the_sentence() -> None:
    with pytest.raises(ValueError, match="behind the last of 3"):
        encode([entity(2, 4)], 3)
