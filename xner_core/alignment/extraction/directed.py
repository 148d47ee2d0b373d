"""Each word's most similar one, in one direction or in both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.extraction.base import Links, SimilarityConfig, SimilarityExtraction


def forward_links(similarity: NDArray[np.floating]) -> Links:
    """Link each row to its largest value; between equals the first counts."""
    links = np.zeros(similarity.shape, dtype=bool)
    if similarity.size:
        links[np.arange(len(links)), similarity.argmax(axis=1)] = True
    return links


def reverse_links(similarity: NDArray[np.floating]) -> Links:
    """Link each column to its largest value; between equals the first counts."""
    return forward_links(similarity.T).T


def mutual_links(similarity: NDArray[np.floating]) -> Links:
    """Link what is the largest value of its row and of its column."""
    return forward_links(similarity) & reverse_links(similarity)


class Argmax(SimilarityExtraction[SimilarityConfig]):
    """Links where each side is the other's most similar: few and precise."""

    Config = SimilarityConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        return mutual_links(similarity)


class Forward(SimilarityExtraction[SimilarityConfig]):
    """Each source subword's most similar target subword: every source word gets a link."""

    Config = SimilarityConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        return forward_links(similarity)


class Reverse(SimilarityExtraction[SimilarityConfig]):
    """Each target subword's most similar source subword: every target word gets a link."""

    Config = SimilarityConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        return reverse_links(similarity)


class Union(SimilarityExtraction[SimilarityConfig]):
    """The links of both directions together: many, and the least precise."""

    Config = SimilarityConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        return forward_links(similarity) | reverse_links(similarity)
