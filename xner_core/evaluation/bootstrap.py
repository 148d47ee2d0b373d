"""How far chance may move F1, of one system or of the difference of two: the bootstrap over sentences.

Sentences are drawn with replacement, as many as there are, and both systems are scored on
the same draw (Efron and Tibshirani 1993; Koehn 2004 for pairs of systems). The interval is
that between percentiles of the draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
"""A system's true positives, false positives and false negatives: shape (sentences, 3)."""
_CELLS_PER_CHUNK = 1 << 22
"""Bounds the memory that draws take, to some 32 MB."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of micro-averaged F1 and how far chance may move it.

    Attributes:
        f1_a: F1 of the first system, in [0, 1].
        f1_b: F1 of the second.
        difference: The first less the second.
        low: Lower end of the interval.
        high: Upper end.
    """

    f1_a: float
    f1_b: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A micro-averaged F1 and how far chance may move it.

    Attributes:
        f1: In [0, 1].
        low: Lower end of the interval.
        high: Upper end.
    """

    f1: float
    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Whether the intervals share a value."""
        return self.low <= other.high and other.low <= self.high


def bootstrap_interval(counts: Counts, draws: int = 1000, seed: int = 0, level: float = 0.95) -> Interval:
    """Say how far chance may move the F1 of one system.

    As in `bootstrap_difference`, sentences with the same counts are drawn together, so it takes no
    longer for 100,000 sentences than for 1,000, and their order does not matter.

    Args:
        counts: Of each sentence, also of those without entities; one at least. Draws that hold no
            entity at all are left out.
        draws: How often the sentences are drawn.
        seed: Of the random numbers.
        level: Share of the draws inside the interval.
    """
    if counts.ndim != 2 or counts.shape[1] != 3 or not len(counts):
        raise ValueError(f"the counts of one sentence at least are needed, got shape {counts.shape}")
    patterns, times = _patterns(counts)
    rng = np.random.default_rng(seed)
    # A draw without any entity has no F1: a 0 would say that all was wrong.
    drawn = np.concatenate([f1(sums[sums.any(axis=1)]) for sums in _drawn_sums(patterns, times, draws, rng)])
    if not len(drawn):
        return Interval(0.0, 0.0, 0.0)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Interval(float(f1(counts.sum(axis=0))), float(low), float(high))


def bootstrap_difference(
    a: Counts, b: Counts, draws: int = 1000, seed: int = 0, level: float = 0.95
) -> Difference:
    """Compare two systems on the same sentences.

    Sentences with the same counts are drawn together, as one multinomial variable: that is the same
    distribution, it takes no longer for 100,000 sentences than for 1,000, and the order of
    the sentences does not matter. Nor does that of the systems, but for the sign.

    Args:
        a: Counts of the first system.
        b: Counts of the second, for the same sentences in the same order; one at least.
        draws: How often the sentences are drawn.
        seed: Of the random numbers.
        level: Share of the draws inside the interval.
    """
    if a.shape != b.shape or a.ndim != 2 or a.shape[1] != 3 or not len(a):
        raise ValueError(f"counts of the same sentences needed, got shapes {a.shape} and {b.shape}")
    patterns, counts = np.unique(np.hstack([a, b]), axis=0, return_counts=True)
    mirrored, mirrored_counts = np.unique(np.hstack([b, a]), axis=0, return_counts=True)
    sign = 1.0
    if _key(mirrored, mirrored_counts) < _key(patterns, counts):
        patterns, counts, sign = mirrored, mirrored_counts, -1.0
    drawn = sign * _drawn_differences(patterns, counts, draws, np.random.default_rng(seed))
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    f1_a, f1_b = (float(f1(each.sum(axis=0))) for each in (a, b))
    return Difference(f1_a, f1_b, f1_a - f1_b, float(low), float(high))


def f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Micro-averaged F1 from sums of true positives, false positives and false negatives.

    Args:
        counts: Shape (…, 3).

    Returns:
        Shape (…); 0 where there is nothing to score.
    """
    found = 2.0 * counts[..., 0]
    possible = found + counts[..., 1] + counts[..., 2]
    result: NDArray[np.float64] = np.divide(found, possible, out=np.zeros_like(found), where=possible > 0)
    return result


def _drawn_differences(
    patterns: Counts, counts: NDArray[np.int64], draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """The difference of F1 in each draw: shape (draws,)."""
    return np.concatenate(
        [f1(sums[:, :3]) - f1(sums[:, 3:]) for sums in _drawn_sums(patterns, counts, draws, rng)]
    )


def _drawn_sums(
    patterns: Counts, counts: NDArray[np.int64], draws: int, rng: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """The sums of the counts over the sentences of some draws at a time: shape (some draws, columns)."""
    n = int(counts.sum())
    size = max(1, _CELLS_PER_CHUNK // len(counts))
    for start in range(0, draws, size):
        yield rng.multinomial(n, counts / n, size=min(size, draws - start)) @ patterns


def _patterns(counts: Counts) -> tuple[Counts, NDArray[np.int64]]:
    """The different rows of the counts, sorted, and how often each occurs."""
    # Rows as numbers: numpy sorts these much faster.
    base = int(counts.max(initial=0)) + 1
    packed, times = np.unique((counts[:, 0] * base + counts[:, 1]) * base + counts[:, 2], return_counts=True)
    rest, third = np.divmod(packed, base)
    first, second = np.divmod(rest, base)
    return np.stack([first, second, third], axis=1), times


def _key(patterns: Counts, counts: NDArray[np.int64]) -> list[int]:
    """Something to tell which of two orders of the systems comes first."""
    return [*patterns.ravel().tolist(), *counts.tolist()]
