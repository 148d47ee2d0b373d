"""A sweep over layers and extractions in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MEASURE_NAMES = {"aer": "AER", "f1": "F1"}
BETTER = {"aer": "lower is better", "f1": "higher is better"}


def figure(value: float) -> str:
    """A figure in [0, 1] with three digits and without the zero before the point, as tables print it."""
    return f"{value:.3f}".removeprefix("0")


def best_in_words(sweep: Mapping[str, Any]) -> str:
    """Which combination is best, and how the default one does.

    Args:
        sweep: As `align_sweep` returns it.
    """
    measure, best, default = sweep["measure"], sweep["best"], sweep["default"]
    words = (
        f"Best: layer {best['layer']} with {best['extraction']}, "
        f"{MEASURE_NAMES[measure]} {figure(best[measure])}"
    )
    if default is None:
        return f"{words}."
    if default == best:
        return f"{words}, which is the default."
    place = f"layer {default['layer']}, {default['extraction']}"
    return f"{words}; the default ({place}) has {figure(default[measure])}."
