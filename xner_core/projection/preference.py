"""The tie rule: which of several equally good projections is chosen.

Ties are common (equal scores for a span and its part, repeated words) and decide
more about F1 than exactness does, so the rule is an option and the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field

from xner_core.config import ComponentConfig
from xner_core.types import Span

Criterion = Literal["longer", "shorter", "diagonal", "left", "right"]
Criteria = tuple[Criterion, ...]
Bounds = NDArray[np.int64]
"""Starts and ends of spans, shape (spans, 2)."""


def _split(value: object) -> object:
    """Let the command line write `longer,left`."""
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


class TieConfig(ComponentConfig):
    """Options of every projector that may meet a tie."""

    prefer: Annotated[Criteria, BeforeValidator(_split)] = Field(
        default=("diagonal", "longer", "left"),
        description="What decides between equal totals, the most important first: longer or shorter targets, "
        "targets near the diagonal (as far into the sentence as their sources), further left or right.",
    )


def columns(prefer: Criteria, sources: Bounds, targets: Bounds, n_source: int, n_target: int) -> Bounds:
    """How well each pair of entity and candidate meets each criterion; larger is better.

    Whole numbers, because sums of them are compared for equality. The distance from the
    diagonal is squared, so that crossing two matches is never as good as not crossing them.

    Returns:
        Shape (criteria, entities, candidates).
    """
    lengths = targets[:, 1] - targets[:, 0]
    found = np.empty((len(prefer), len(sources), len(targets)), dtype=np.int64)
    for row, criterion in enumerate(prefer):
        if criterion == "diagonal":
            found[row] = -((sources.sum(axis=1)[:, None] * n_target - targets.sum(axis=1) * n_source) ** 2)
        else:
            found[row] = {
                "longer": lengths,
                "shorter": -lengths,
                "left": -targets[:, 0],
                "right": targets[:, 0],
            }[criterion]
    return found


def bounds_of(spans: Sequence[Span]) -> Bounds:
    """Starts and ends of spans."""
    return np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
