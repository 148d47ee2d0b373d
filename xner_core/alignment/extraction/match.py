"""The best one-to-one links (SimAlign's match; an assignment problem)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.extraction.base import Links, SimilarityConfig, SimilarityExtraction


class MaximumWeightMatch(SimilarityExtraction[SimilarityConfig]):
    """The one-to-one links with the largest total similarity: every subword of the shorter side gets one."""

    Config = SimilarityConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        from scipy.optimize import linear_sum_assignment

        links = np.zeros(similarity.shape, dtype=bool)
        links[linear_sum_assignment(similarity, maximize=True)] = True
        return links
