"""A tagger that is sure of its tags means the same entities, whatever scheme it was trained in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.conlleval import chunks
from tests.oracles.schemes import write_iob1, write_iobes
from tests.properties.problems import TAGS, tag_probabilities
from tests.properties.strategies import tagged_sentences
from xner_core.ner.iob2 import to_iob2
from xner_core.tags import encode, most_probable_entities
from xner_core.types import Entity, TagProbabilities


def _write_bilou(entities: Sequence[Entity], n_words: int) -> list[str]:
    renamed = {"E": "L", "S": "U"}
    return [renamed.get(tag[0], tag[0]) + tag[1:] for tag in write_iobes(entities, n_words)]


WRITERS: dict[str, Callable[[tuple[Entity, ...], int], list[str]]] = {
    "IOB1": write_iob1,
    "IOB2": encode,
    "IOBES": write_iobes,
    "BILOU": _write_bilou,
}


@pytest.mark.parametrize("scheme", WRITERS)
@given(tagged=tagged_sentences())
def test_entities_in_any_scheme_become_their_iob2_tags(
    scheme: str, tagged: tuple[tuple[Entity, ...], int]
) -> None:
    entities, n_words = tagged
    tags = WRITERS[scheme](entities, n_words)
    columns = sorted({"O", *tags})
    values = np.zeros((n_words, len(columns)))
    values[range(n_words), [columns.index(tag) for tag in tags]] = 1
    found = to_iob2(columns, values, scheme="IOB1" if scheme == "IOB1" else "IOB2")
    assert [found.tags[column] for column in found.values.argmax(axis=1)] == encode(entities, n_words)
    assert most_probable_entities(found) == entities


@given(tags=st.integers(1, 9).flatmap(tag_probabilities), scheme=st.sampled_from(["IOB1", "IOB2"]))
def test_nothing_is_lost_or_invented(tags: TagProbabilities, scheme: str) -> None:
    found = to_iob2(tags.tags, tags.values, scheme="IOB1" if scheme == "IOB1" else "IOB2")
    assert found.tags == TAGS
    assert (found.values >= 0).all()
    np.testing.assert_allclose(found.values.sum(axis=1), 1)
    np.testing.assert_allclose(found.values[:, 0], tags.values[:, 0])
    # What a label has in all stays; in IOB2 each tag keeps its own.
    for first in (1, 3, 5):
        label = slice(first, first + 2)
        np.testing.assert_allclose(found.values[:, label].sum(axis=1), tags.values[:, label].sum(axis=1))
    if scheme == "IOB2":
        np.testing.assert_allclose(found.values, tags.values)


@given(tags=st.integers(1, 9).flatmap(tag_probabilities))
def test_the_most_probable_entities_are_conlleval_s_chunks(tags: TagProbabilities) -> None:
    best = [max(zip(row, (-i for i in range(len(row))), tags.tags, strict=True))[2] for row in tags.values]
    found = {(e.span.start, e.span.end, e.label) for e in most_probable_entities(tags)}
    assert found == chunks(best)
