"""Links of whole words by unbalanced optimal transport: a word that fits nothing stays behind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.alignment.extraction.base import Links, SimilarityConfig, SimilarityExtraction
from xner_core.alignment.extraction.directed import mutual_links
from xner_core.alignment.extraction.distortion import distorted
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.types import WordAlignment


class UnbalancedConfig(SimilarityConfig):
    """Options of unbalanced; docs/methods.md says how they were chosen and how flat the choice is."""

    distortion: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="How much less similar words count that stand at different places of their sentences; "
        "0 is off.",
    )
    regularisation: float = Field(
        default=0.035,
        ge=0.01,
        le=1,
        description="How much the plan's entropy weighs, in units of similarity; the smaller, the sharper.",
    )
    marginal: float = Field(
        default=0.3,
        ge=0.001,
        le=100,
        description="How much it costs to leave a word behind or to carry more than its weight, in units of "
        "similarity.",
    )
    offset: float = Field(
        default=0.07,
        ge=-1,
        le=1,
        description="How much more similar than the sentences' median two words must be to gain anything.",
    )
    share: float = Field(
        default=0.5,
        gt=0,
        lt=1,
        description="A link carries more than this share of what two words of equal weight could.",
    )
    mutual_share: float = Field(
        default=0.375,
        gt=0,
        lt=1,
        description="The same for two words each of which carries most to the other.",
    )
    tolerance: float = Field(
        default=1e-4, gt=0, le=0.1, description="The relative change of the plan at which the search ends."
    )
    iterations: int = Field(default=300, ge=1, le=100_000, description="The most rounds of scaling.")


class UnbalancedTransport(SimilarityExtraction[UnbalancedConfig]):
    """Links of whole words by optimal transport in which a word without a counterpart may stay behind.

    The plan carries the source sentence's subwords to the target sentence's at the
    largest total similarity, plus an entropy, less what it costs to carry more or less
    than each subword's weight. What two words carry to each other is summed up over
    their subwords and divided by the geometric mean of the words' weights; links are
    read from that share. In a matrix that says nothing of words each row and each column
    is one.

    Arase, Bao and Yokoi (2023) align words by unbalanced transport; how it is solved is
    Chizat et al.'s (2018).
    """

    Config = UnbalancedConfig

    def align(self, similarity: SubwordSimilarity) -> WordAlignment:
        """See `Extraction`."""
        links = np.zeros((similarity.source.n_words, similarity.target.n_words), dtype=bool)
        if similarity.values.size:
            rows, first_rows = np.unique(similarity.source.words, return_index=True)
            columns, first_columns = np.unique(similarity.target.words, return_index=True)
            plan = self._plan(distorted(similarity.values, self.config.distortion))
            links[np.ix_(rows, columns)] = self._links(plan, first_rows, first_columns)
        return similarity.linked(links)

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        rows, columns = similarity.shape
        return self._links(self._plan(similarity), np.arange(rows), np.arange(columns))

    def _plan(self, similarity: NDArray[np.floating]) -> NDArray[np.float64]:
        config = self.config
        return unbalanced_plan(
            similarity,
            config.regularisation,
            config.marginal,
            config.offset,
            config.tolerance,
            config.iterations,
        )

    def _links(
        self, plan: NDArray[np.float64], first_rows: NDArray[np.int64], first_columns: NDArray[np.int64]
    ) -> Links:
        """Links between the words that begin at these rows and columns."""
        if not plan.size:
            return np.zeros((len(first_rows), len(first_columns)), dtype=bool)
        rows, columns = plan.shape
        carried = np.add.reduceat(np.add.reduceat(plan, first_rows, axis=0), first_columns, axis=1)
        source = np.diff(first_rows, append=rows) / rows
        target = np.diff(first_columns, append=columns) / columns
        share = carried / np.sqrt(source[:, None] * target)
        links: Links = (share > self.config.share) | (
            mutual_links(share) & (share > self.config.mutual_share)
        )
        return links


def unbalanced_plan(
    similarity: NDArray[np.floating],
    regularisation: float,
    marginal: float,
    offset: float,
    tolerance: float = 1e-4,
    iterations: int = 300,
) -> NDArray[np.float64]:
    """The plan P of largest ⟨P, S - s⟩ - regularisation · KL(P | R) - marginal · (KL(P1 | a) + KL(Pᵀ1 | b)).

    a and b are uniform weights that sum up to 1, R is √(rows · columns) · a bᵀ, s is the
    median similarity plus the offset, and KL(p | q) is the sum of p ln(p / q) - p + q.
    Solved by scaling rows and columns in turn (Chizat, Peyré, Schmitzer and Vialard 2018).

    Args:
        similarity: S, shape (source, target).
        regularisation: At least 0.01 for similarities in [0, 1]; smaller ones may overflow.
        marginal: Above 0; the larger, the closer rows and columns come to a and b.
        offset: In units of similarity.
        tolerance: Stops when no row's factor changes by a larger share.
        iterations: Stops after as many rounds, even where the tolerance is not reached.

    Returns:
        float64, of the same shape.
    """
    rows, columns = similarity.shape
    if not similarity.size:
        return np.zeros((rows, columns))
    gain = similarity.astype(np.float64)
    gain -= np.median(gain) + offset
    kernel = np.exp(gain / regularisation) / np.sqrt(rows * columns)
    power = marginal / (marginal + regularisation)
    by_row = np.ones(rows)
    for _ in range(iterations):
        by_column = (1 / columns / (by_row @ kernel)) ** power
        scaled = (1 / rows / (kernel @ by_column)) ** power
        done = np.abs(scaled / by_row - 1).max() <= tolerance
        by_row = scaled
        if done:
            break
    plan: NDArray[np.float64] = by_row[:, None] * kernel * by_column
    return plan
