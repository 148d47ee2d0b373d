"""From the encoder's vectors to those that are compared: pooled, centred, of length 1."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.similarity import SubwordEmbeddings

Pooling = Literal["none", "mean", "max", "first"]


def comparable(
    vectors: NDArray[np.float32], words: NDArray[np.int64], n_words: int, pooling: Pooling, centring: float
) -> SubwordEmbeddings:
    """Make the vectors of a sentence ready to be compared with another's.

    Args:
        vectors: One for each subword, shape (subwords, dimensions).
        words: Index of the word that each subword belongs to, ascending.
        n_words: Number of words.
        pooling: What stands for a word: its subwords as they are (none), their mean, the
            largest value in each dimension (max), or the first subword.
        centring: What share of the sentence's mean vector is taken off; 0 is none.
    """
    if pooling != "none":
        vectors, words = _pooled(vectors, words, pooling)
    if centring and len(vectors):
        vectors = vectors - np.float32(centring) * vectors.mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return SubwordEmbeddings(vectors / np.maximum(lengths, np.float32(1e-12)), words, n_words)


def _pooled(
    vectors: NDArray[np.float32], words: NDArray[np.int64], pooling: Pooling
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """One vector for each word that has a subword."""
    found, first, counts = np.unique(words, return_index=True, return_counts=True)
    if pooling == "first" or not len(found):
        return vectors[first], found
    if pooling == "max":
        return np.maximum.reduceat(vectors, first, axis=0), found
    means = np.add.reduceat(vectors, first, axis=0) / counts[:, None]
    return means.astype(np.float32), found
