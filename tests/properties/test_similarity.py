"""Word similarities are the best of their subwords, by trying all of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity


@st.composite
def embeddings(draw: st.DrawFn) -> SubwordEmbeddings:
    """Sentences of up to four words, each with up to three subwords or none."""
    counts = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4))
    words = np.array([word for word, count in enumerate(counts) for _ in range(count)], dtype=np.int64)
    angles = np.array(draw(st.lists(st.floats(0, 6), min_size=len(words), max_size=len(words))))
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32).reshape(len(words), 2)
    return SubwordEmbeddings(vectors, words, len(counts))


@given(embeddings(), embeddings(), st.integers(0, 2**12))
def test_words_against_a_plain_loop(source: SubwordEmbeddings, target: SubwordEmbeddings, seed: int) -> None:
    similarity = SubwordSimilarity.of(source, target)
    links = np.random.default_rng(seed).random(similarity.values.shape) < 0.3
    values = np.zeros((source.n_words, target.n_words), dtype=np.float32)
    linked = set()
    for i, row in enumerate(source.words):
        for j, column in enumerate(target.words):
            values[row, column] = max(values[row, column], similarity.values[i, j])
            if links[i, j]:
                linked.add((int(row), int(column)))
    np.testing.assert_array_equal(similarity.word_values(), values)
    assert set(similarity.word_alignment(links).sure) == linked
