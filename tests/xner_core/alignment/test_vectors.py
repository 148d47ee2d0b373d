"""Pooling, centring and length, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from xner_core.alignment.vectors import Pooling, comparable

VECTORS = np.array([[3, 4], [0, 2], [4, 0], [-1, 0]], dtype=np.float32)
WORDS = np.array([0, 2, 2, 3])  # the tokenizer left nothing of word 1


def _unit(*rows: tuple[float, float]) -> NDArray[np.float64]:
    values = np.array(rows, dtype=float)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("pooling", "words", "expected"),
    [
        ("none", [0, 2, 2, 3], _unit((3, 4), (0, 2), (4, 0), (-1, 0))),
        ("mean", [0, 2, 3], _unit((3, 4), (2, 1), (-1, 0))),
        ("max", [0, 2, 3], _unit((3, 4), (4, 2), (-1, 0))),
        ("first", [0, 2, 3], _unit((3, 4), (0, 2), (-1, 0))),
    ],
)
def test_words_are_pooled(pooling: Pooling, words: list[int], expected: NDArray[np.float64]) -> None:
    found = comparable(VECTORS, WORDS, 5, pooling, 0)
    assert found.words.tolist() == words
    assert found.n_words == 5
    assert found.vectors.dtype == np.float32
    np.testing.assert_allclose(found.vectors, expected, atol=1e-6)


def test_the_sentence_s_mean_is_taken_off_after_pooling() -> None:
    # The words' means are (3, 4), (2, 1) and (-1, 0); their mean is (4/3, 5/3).
    whole = comparable(VECTORS, WORDS, 4, "mean", 1)
    np.testing.assert_allclose(
        whole.vectors, _unit((5 / 3, 7 / 3), (2 / 3, -2 / 3), (-7 / 3, -5 / 3)), atol=1e-6
    )
    half = comparable(VECTORS, WORDS, 4, "mean", 0.5)
    np.testing.assert_allclose(
        half.vectors, _unit((7 / 3, 19 / 6), (4 / 3, 1 / 6), (-5 / 3, -5 / 6)), atol=1e-6
    )


def test_the_given_vectors_are_not_changed() -> None:
    before = VECTORS.copy()
    comparable(VECTORS, WORDS, 4, "none", 1)
    np.testing.assert_array_equal(VECTORS, before)


@pytest.mark.parametrize("pooling", ["none", "mean", "max", "first"])
@pytest.mark.parametrize("centring", [0, 1])
def test_a_sentence_without_subwords(pooling: Pooling, centring: float) -> None:
    nothing = comparable(np.zeros((0, 1), np.float32), np.zeros(0, np.int64), 2, pooling, centring)
    assert (len(nothing.vectors), len(nothing.words), nothing.n_words) == (0, 0, 2)


def test_a_single_subword_that_is_centred_away_stays_finite() -> None:
    alone = comparable(VECTORS[:1], np.array([0]), 1, "none", 1)
    np.testing.assert_array_equal(alone.vectors, [[0, 0]])
