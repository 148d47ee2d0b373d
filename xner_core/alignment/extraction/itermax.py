"""Argmax, then again for what it left over (Jalili Sabet et al. 2020, SimAlign)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from xner_core.alignment.extraction.base import Links, SimilarityConfig, SimilarityExtraction
from xner_core.alignment.extraction.directed import mutual_links


class ItermaxConfig(SimilarityConfig):
    """Options of itermax."""

    alpha: float = Field(
        default=0.9, ge=0.5, le=1, description="How much a word that already has a link still counts."
    )
    iterations: int = Field(default=2, ge=1, le=10, description="Rounds; the first one is argmax.")


class Itermax(SimilarityExtraction[ItermaxConfig]):
    """Argmax, repeated for the words still without a link: more links, still precise."""

    Config = ItermaxConfig

    def _choose(self, similarity: NDArray[np.floating]) -> Links:
        links = mutual_links(similarity)
        if min(similarity.shape) <= 2:  # as SimAlign: too small for a second look
            return links
        for _ in range(self.config.iterations - 1):
            free_rows = ~links.any(axis=1, keepdims=True)
            free_columns = ~links.any(axis=0, keepdims=True)
            if not free_rows.any() or not free_columns.any():
                break
            weight = np.minimum(1.0, self.config.alpha * (free_rows.astype(np.float64) + free_columns))
            found = mutual_links(similarity * weight) & (free_rows | free_columns)
            if not (found & ~links).any():
                break
            links |= found
        return links
