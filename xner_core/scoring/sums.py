"""Sums over spans of words by prefix sums: no loop over entity × candidate × word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xner_core.types import Span


class Bounds(NamedTuple):
    """Spans as two arrays: the words `starts[k]` to `ends[k] - 1`."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Bounds:
        """Read the bounds of any number of spans, none included."""
        return cls(
            np.array([span.start for span in spans], dtype=np.int64),
            np.array([span.end for span in spans], dtype=np.int64),
        )

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words of each span."""
        return self.ends - self.starts


def span_sums(values: NDArray[Any], spans: Bounds) -> NDArray[np.float64]:
    """Sum each row over each span of columns.

    Args:
        values: Numbers or truth values, shape (rows, words).
        spans: Spans of the words; an empty one sums up to 0.

    Returns:
        Shape (rows, spans). Counts are exact; sums of fractions are off by rounding.
    """
    rows, words = values.shape
    prefix = np.zeros((rows, words + 1))  # prefix[r, k]: the sum of the first k words
    np.cumsum(values, axis=1, dtype=np.float64, out=prefix[:, 1:])
    return prefix[:, spans.ends] - prefix[:, spans.starts]


def block_sums(values: NDArray[Any], rows: Bounds, columns: Bounds) -> NDArray[np.float64]:
    """Sum a matrix over each pair of a span of rows and a span of columns.

    Returns:
        Shape (row spans, column spans).
    """
    # Rows first: there are few entities, so the wide array of candidates is made once, for them only.
    return span_sums(span_sums(values.T, rows).T, columns)
