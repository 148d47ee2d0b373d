"""Two runs compared, said in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SORTS = {
    "both": "Both right",
    "only_a": "Only A right",
    "only_b": "Only B right",
    "neither": "Both missed",
    "spurious_both": "Wrong in both",
    "spurious_only_a": "Wrong only in A",
    "spurious_only_b": "Wrong only in B",
}
"""How two runs agree on an entity → what the reader calls it."""
SORT_HELP = {
    "both": "Gold entities that both found, span and label.",
    "only_a": "Gold entities that only A found.",
    "only_b": "Gold entities that only B found.",
    "neither": "Gold entities that neither found.",
    "spurious_both": "Entities that both made and gold does not have.",
    "spurious_only_a": "Entities that only A made and gold does not have.",
    "spurious_only_b": "Entities that only B made and gold does not have.",
}


def conclusion(compared: Mapping[str, Any], a: str, b: str, level: float) -> str:
    """Which run is better on some sentences, by how much, and whether that may be chance.

    Args:
        compared: As `runs.compare.Compared`, as plain data.
        a: Name of the first run.
        b: Name of the second.
        level: Share of the draws inside the interval.
    """
    n = compared["n_sentences"]
    of = f"F1 {compared['f1_a']:.3f} and {compared['f1_b']:.3f} on {n:,} sentences"
    difference, low, high = (compared[key] for key in ("difference", "low", "high"))
    if not any(compared["entities"].values()):
        return f"There is no such entity in {n:,} sentences."
    if abs(difference) < _SEEN and abs(low) < _SEEN and abs(high) < _SEEN:
        return f"{a} and {b} are equal: {of}."
    interval = f"{level:.0%} interval {low:+.3f} to {high:+.3f}"
    if low > 0 or high < 0:
        better, worse = (a, b) if low > 0 else (b, a)
        return f"{better} is better than {worse} by {abs(difference):.3f}: {of}; {interval}."
    return (
        f"Inconclusive: {a} less {b} is {difference:+.3f}, but 0 lies in the {interval}, so the difference "
        f"may be chance; {of}."
    )


_SEEN = 0.0005
"""What three digits show as 0."""
