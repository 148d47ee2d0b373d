"""Similarities between the subwords of a sentence and of its translation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xner_core.types import Link, WordAlignment


@dataclass(frozen=True)
class SubwordEmbeddings:
    """One sentence in a vector space.

    Attributes:
        vectors: float32, shape (subwords, dimensions), each of length 1.
        words: Index of the word that each subword belongs to, ascending.
        n_words: Number of words; a word may have no subword.
    """

    vectors: NDArray[np.float32]
    words: NDArray[np.int64]
    n_words: int


@dataclass(frozen=True)
class SubwordSimilarity:
    """Similarities in [0, 1] between all subwords of a pair: (cosine + 1) / 2, as SimAlign has it.

    Attributes:
        values: float32, shape (source subwords, target subwords).
        source: The source sentence's subwords.
        target: The target sentence's subwords.
    """

    values: NDArray[np.float32]
    source: SubwordEmbeddings
    target: SubwordEmbeddings

    @classmethod
    def of(cls, source: SubwordEmbeddings, target: SubwordEmbeddings) -> SubwordSimilarity:
        """Compare two embedded sentences."""
        if not len(source.words) or not len(target.words):  # nothing to compare
            return cls(np.zeros((len(source.words), len(target.words)), np.float32), source, target)
        cosine = source.vectors @ target.vectors.T
        return cls(((cosine + 1) / 2).clip(0, 1), source, target)

    def word_values(self) -> NDArray[np.float32]:
        """The largest similarity of any two subwords, shape (source words, target words).

        A link joins two words as soon as two of their subwords are linked, so the
        largest value is the one that decided it. Words without subwords have 0.
        """
        values = np.zeros((self.source.n_words, self.target.n_words), dtype=np.float32)
        if self.values.size:
            rows, row_starts = np.unique(self.source.words, return_index=True)
            columns, column_starts = np.unique(self.target.words, return_index=True)
            best = np.maximum.reduceat(self.values, row_starts, axis=0)
            values[np.ix_(rows, columns)] = np.maximum.reduceat(best, column_starts, axis=1)
        return values

    def word_alignment(self, subword_links: NDArray[np.bool_]) -> WordAlignment:
        """Link two words where any of their subwords are linked."""
        rows, columns = np.nonzero(subword_links)
        links = np.zeros((self.source.n_words, self.target.n_words), dtype=bool)
        links[self.source.words[rows], self.target.words[columns]] = True
        return self.linked(links)

    def linked(self, links: NDArray[np.bool_]) -> WordAlignment:
        """The alignment with these links, shape (source words, target words), and the words' similarities."""
        pairs: list[Link] = [(i, j) for i, j in np.argwhere(links).tolist()]
        return WordAlignment(tuple(pairs), (), self.word_values())
