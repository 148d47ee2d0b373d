"""What stages make survives being kept as bytes, to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import entity
from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity
from xner_core.runs.packing import (
    pack_alignments,
    pack_entities,
    pack_similarities,
    pack_tags,
    unpack_alignments,
    unpack_entities,
    unpack_similarities,
    unpack_tags,
)
from xner_core.types import TagProbabilities, WordAlignment

_links = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


def test_entities() -> None:
    found = [(entity(0, 2, "PER"), entity(3, 4, "Größe/ä\n")), ()]
    assert unpack_entities(pack_entities(found)) == found
    assert unpack_entities(pack_entities([])) == []


@settings(max_examples=25)
@given(st.lists(st.tuples(_links, _links, st.integers(0, 4), st.integers(0, 4)), max_size=4), st.booleans())
def test_alignments(shapes: list[tuple[list[tuple[int, int]], ...]], with_similarity: bool) -> None:
    random = np.random.default_rng(1)
    found = []
    for sure, possible, n, m in shapes:
        one = WordAlignment.of(sure, possible)
        values = random.random((n, m), dtype=np.float32) if with_similarity else None
        found.append(WordAlignment(one.sure, one.possible, values))
    again = unpack_alignments(pack_alignments(found))
    assert again == found
    for one, other in zip(found, again, strict=True):
        if one.similarity is None:
            assert other.similarity is None
        else:
            assert other.similarity is not None
            assert other.similarity.dtype == np.float32
            np.testing.assert_array_equal(one.similarity, other.similarity)


def test_similarities_are_those_that_extractions_read() -> None:
    random = np.random.default_rng(2)
    source = SubwordEmbeddings(random.random((3, 8), dtype=np.float32), np.array([0, 0, 2]), 3)
    target = SubwordEmbeddings(random.random((2, 8), dtype=np.float32), np.array([0, 1]), 2)
    nothing = SubwordEmbeddings(np.zeros((0, 8), np.float32), np.zeros(0, np.int64), 1)
    found = [SubwordSimilarity.of(source, target), SubwordSimilarity.of(nothing, target)]
    again = unpack_similarities(pack_similarities(found))
    for one, other in zip(found, again, strict=True):
        np.testing.assert_array_equal(one.values, other.values)
        np.testing.assert_array_equal(one.word_values(), other.word_values())
        assert (one.source.n_words, one.target.n_words) == (other.source.n_words, other.target.n_words)
        assert other.source.vectors.shape == (len(one.source.words), 0)


def test_tag_probabilities() -> None:
    values = np.random.default_rng(3).random((4, 3), dtype=np.float32)
    found = [TagProbabilities(("O", "B-PER", "I-PER"), values), None]
    first, second = unpack_tags(pack_tags(found))
    assert second is None
    assert first is not None
    assert first.tags == ("O", "B-PER", "I-PER")
    np.testing.assert_array_equal(first.values, values)
