"""Figures of the app's benchmark: percentiles, bars, and how loaded the machine is."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

_LOOPS = 2_000_000
"""Of the calibration: a quarter of a second on the machine where the bars were set."""


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed (nearest rank).

    Args:
        values: One or more.
        share: In (0, 1]; 0.5 is the (lower) median.

    Raises:
        ValueError: If there is no value, or the share is outside.
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"the percentile {share} of {len(values)} values is not defined")
    return sorted(values)[ceil(share * len(values)) - 1]


def figure(values: Sequence[float], unit: str, bars: Mapping[str, float]) -> dict[str, Any]:
    """Describe one quantity that was measured several times.

    Args:
        values: The measurements.
        unit: What they are counted in.
        bars: The largest value allowed of `median`, `p95` or `max`.

    Returns:
        `n, unit, median, p95, max, bars` and `met`: whether all bars are; None where there is none.
    """
    described: dict[str, Any] = {
        "n": len(values),
        "unit": unit,
        "median": round(percentile(values, 0.5), 3),
        "p95": round(percentile(values, 0.95), 3),
        "max": round(max(values), 3),
    }
    met = all(described[name] <= bar for name, bar in bars.items()) if bars else None
    return {**described, "bars": dict(bars), "met": met}


def counted(found: int, expected: int) -> dict[str, Any]:
    """Describe how many of things that should all be there are."""
    met = found == expected
    return {"n": expected, "unit": "count", "found": found, "bars": {"found": expected}, "met": met}


def skipped(reason: str) -> dict[str, Any]:
    """Describe what could not be measured."""
    return {"skipped": reason}


def calibration(rounds: int = 3) -> float:
    """Milliseconds that a fixed loop of plain Python takes; the fastest round counts.

    Where two reports differ, the ratio of this figure tells how much of it is the machine.
    """
    fastest = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        total = 0
        for number in range(_LOOPS):
            total += number & 7
        fastest = min(fastest, time.perf_counter() - started)
    return round(1000 * fastest, 1)
