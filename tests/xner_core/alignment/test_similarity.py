"""From subwords to words."""

from __future__ import annotations

import numpy as np
import pytest

from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity


def _embedded(vectors: list[list[float]], words: list[int], n_words: int) -> SubwordEmbeddings:
    return SubwordEmbeddings(np.array(vectors, dtype=np.float32), np.array(words, dtype=np.int64), n_words)


SOURCE = _embedded([[1, 0], [0, 1], [0.6, 0.8]], words=[0, 0, 2], n_words=3)
TARGET = _embedded([[1, 0], [-1, 0]], words=[0, 1], n_words=2)


def test_similarity_is_the_cosine_moved_to_0_and_1() -> None:
    values = SubwordSimilarity.of(SOURCE, TARGET).values
    np.testing.assert_allclose(values, [[1, 0], [0.5, 0.5], [0.8, 0.2]], atol=1e-6)
    assert values.dtype == np.float32


def test_rounding_does_not_leave_0_and_1() -> None:
    long = _embedded([[1.001, 0], [-1.001, 0]], words=[0, 1], n_words=2)
    values = SubwordSimilarity.of(long, long).values
    assert values.min() == 0
    assert values.max() == 1


def test_words_have_the_largest_value_of_their_subwords() -> None:
    # Word 1 of the source has no subword.
    values = SubwordSimilarity.of(SOURCE, TARGET).word_values()
    np.testing.assert_allclose(values, [[1, 0.5], [0, 0], [0.8, 0.2]], atol=1e-6)


def test_words_are_linked_where_any_subword_is() -> None:
    similarity = SubwordSimilarity.of(SOURCE, TARGET)
    links = np.array([[True, False], [True, False], [False, True]])
    alignment = similarity.word_alignment(links)
    assert alignment.sure == ((0, 0), (2, 1))
    assert alignment.possible == ()
    assert alignment.similarity is not None
    np.testing.assert_array_equal(alignment.similarity, similarity.word_values())


def test_no_links() -> None:
    alignment = SubwordSimilarity.of(SOURCE, TARGET).word_alignment(np.zeros((3, 2), dtype=bool))
    assert alignment.links == ()


@pytest.mark.parametrize("n_words", [0, 2])
def test_a_sentence_without_subwords(n_words: int) -> None:
    nothing = _embedded([], words=[], n_words=n_words)
    nothing = SubwordEmbeddings(nothing.vectors.reshape(0, 2), nothing.words, n_words)
    similarity = SubwordSimilarity.of(nothing, TARGET)
    assert similarity.word_values().tolist() == [[0, 0]] * n_words
    assert similarity.word_alignment(np.zeros((0, 2), dtype=bool)).links == ()


def test_a_sentence_without_subwords_has_no_similarity_and_no_links() -> None:
    nothing = SubwordEmbeddings(np.zeros((0, 1), np.float32), np.zeros(0, np.int64), 2)
    something = SubwordEmbeddings(np.eye(3, dtype=np.float32), np.arange(3), 3)
    similarity = SubwordSimilarity.of(nothing, something)
    assert similarity.values.shape == (0, 3)
    assert similarity.word_alignment(similarity.values > 0).links == ()
    assert similarity.word_values().shape == (2, 3)
