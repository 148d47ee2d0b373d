"""What the exact solver works on, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
UNLIMITED = 1 << 40
"""Of an entity that may be matched any number of times."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How often each entity is to be matched.

    Attributes:
        fewest: int64, shape (entities,).
        most: The same; `UNLIMITED` where nothing bounds it.
    """

    fewest: Ints
    most: Ints


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried before the next means is taken; the defaults are measured ones.

    Attributes:
        price_steps: Steps of each search for prices.
        price_rounds: Searches for prices, each on the pairs that the one before leaves.
        beam: Labels kept at each word by the first, inexact walk; 0 leaves it out.
        tie_labels: Labels of the walk that keeps all optima, to choose by the tie rule.
        labels: Labels of the walk that looks for something better only.
    """

    price_steps: int = 60
    price_rounds: int = 3
    beam: int = 64
    tie_labels: int = 10_000
    labels: int = 25_000


@dataclass(frozen=True)
class Component:
    """Entities that compete for words, and the pairs they may use; sorted by end, start, entity.

    Words are renumbered: only those where a pair starts or ends count.

    Attributes:
        entity: int64, shape (pairs,), as are the next three.
        start: First word.
        end: Behind the last word.
        weight: The score on the grid.
        columns: What the tie rule looks at, shape (criteria, pairs).
        fewest: Matches each entity needs.
        most: Matches each entity may have.
        n_words: Number of words.
        shortage: What a missing match costs; more than all weights together.
    """

    entity: Ints
    start: Ints
    end: Ints
    weight: Ints
    columns: Ints
    fewest: list[int]
    most: list[int]
    n_words: int
    shortage: int = 0

    @cached_property
    def entities(self) -> list[int]:
        """`entity` as a list, for loops over pairs."""
        entities: list[int] = self.entity.tolist()
        return entities

    @cached_property
    def weights(self) -> list[int]:
        """`weight` as a list."""
        weights: list[int] = self.weight.tolist()
        return weights

    @cached_property
    def words(self) -> list[int]:
        """The words of each pair as the bits of a number."""
        spans = zip(self.start.tolist(), self.end.tolist(), strict=True)
        return [((1 << (end - start)) - 1) << start for start, end in spans]

    def restricted(self, keep: Ints) -> Component:
        """The same component with some of its pairs only; they are numbered anew."""
        return replace(
            self,
            entity=self.entity[keep],
            start=self.start[keep],
            end=self.end[keep],
            weight=self.weight[keep],
            columns=self.columns[:, keep],
        )

    def value(self, chosen: list[int]) -> int:
        """Total weight of pairs, less what their entities' missing matches cost."""
        counts = [0] * len(self.fewest)
        total = 0
        for pair in chosen:
            counts[self.entities[pair]] += 1
            total += self.weights[pair]
        missing = sum(max(0, need - count) for need, count in zip(self.fewest, counts, strict=True))
        return total - self.shortage * missing


@dataclass(slots=True)
class Solution:
    """A matching and what is proven of it.

    Attributes:
        pairs: (entity, candidate), sorted.
        objective: Sum of the pairs' scores.
        upper_bound: No matching with as few missing matches has a larger sum.
        proven: Whether the objective is the largest.
        tie_rule_proven: Whether the tie rule was followed among equal objectives.
        missing: Entity → matches it lacks of what it needs.
        settled_by: Means → number of components it settled.
    """

    pairs: list[tuple[int, int]]
    objective: float
    upper_bound: float
    proven: bool = True
    tie_rule_proven: bool = True
    missing: dict[int, int] = field(default_factory=dict)
    settled_by: dict[str, int] = field(default_factory=dict)
