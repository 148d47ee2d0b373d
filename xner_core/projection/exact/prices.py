"""Prices on the entities' demands (Lagrangian relaxation, sub-gradient search).

A match of an entity in demand is charged its price, one of an entity that needs more
is rewarded. For any prices one sweep bounds the optimum from above; good prices make
the bound so tight that a matching found on the way meets it, which proves it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np

from xner_core.projection.exact.instance import UNLIMITED, Component
from xner_core.projection.exact.schedule import Schedule, Weights

TOLERANCE = 1e-11
"""Relative: sums of whole numbers below 2^53 are exact, those with prices are not quite."""


@dataclass(slots=True)
class Priced:
    """What the search for prices found.

    Attributes:
        prices: The best, shape (entities,).
        bound: No matching is worth more.
        value: What `chosen` is worth.
        chosen: The best matching met on the way.
    """

    prices: Weights
    bound: float
    value: int
    chosen: list[int]

    @property
    def slack(self) -> float:
        """Differences as small as this mean nothing."""
        return TOLERANCE * max(1.0, abs(self.bound))

    @property
    def is_proven(self) -> bool:
        """Whether bound and matching meet."""
        return self.bound - self.value <= self.slack


def search_prices(
    component: Component,
    schedule: Schedule,
    steps: int,
    deadline: float,
    known: Priced | None = None,
) -> Priced:
    """Look for prices with a low bound, at most so many steps and until the deadline (`time.monotonic`).

    Args:
        component: The component.
        schedule: Its sweeps.
        steps: How many sweeps at most.
        deadline: As `time.monotonic` has it.
        known: Where to go on from: prices and a matching.
    """
    fewest = np.array(component.fewest, dtype=float)
    most = np.array(component.most, dtype=float)
    is_bounded = most < UNLIMITED
    lowest = np.where(fewest > 0, -float(component.shortage), 0.0)
    highest = np.where(is_bounded, np.inf, 0.0)
    weights = component.weight.astype(float)
    best_first = _best_first(component)

    value, chosen = pack(component, best_first)
    if known is not None and known.value >= value:
        value, chosen = known.value, known.chosen
    prices = np.zeros(len(fewest)) if known is None else known.prices
    found = Priced(prices, np.inf, value, chosen)
    reach, stalled = 1.0, 0
    scale = 0.0
    for _ in range(steps):
        totals, relaxed = schedule.forward(weights - prices[component.entity])
        bound = totals[-1] + float(allowance(prices, fewest, most).sum())
        scale = scale or abs(bound) + 1.0
        gap = max(found.bound - found.value, 0.0) if found.bound < np.inf else np.inf
        stalled = 0 if gap == np.inf or bound < found.bound - 1e-4 * gap else stalled + 1
        if bound < found.bound:
            found.bound, found.prices = bound, prices
        heavy_first = sorted(relaxed, key=lambda pair: -component.weights[pair])
        value, chosen = pack(component, chain(heavy_first, best_first))
        if value > found.value:
            found.value, found.chosen = value, chosen
        if found.is_proven or time.monotonic() > deadline:
            break
        used = np.bincount(component.entity[relaxed], minlength=len(fewest)).astype(float)
        # How far each demand is exceeded (price up) or missed (price down).
        slope = np.where(prices > 0, used - most, np.where(prices < 0, used - fewest, 0.0))
        slope = np.where(used > most, used - most, np.where(used < fewest, used - fewest, slope))
        steepness = float(slope @ slope)
        if steepness == 0:
            break
        if stalled >= 4:
            reach, stalled, prices = reach / 2, 0, found.prices
            if reach < 0.02:
                break
        aim = max(found.value, bound - 0.1 * scale)
        prices = np.clip(prices + reach * (bound - aim) / steepness * slope, lowest, highest)
    return found


def allowance(prices: Weights, fewest: Weights, most: Weights) -> Weights:
    """What the prices give back: each demand met in full. Shape (entities,)."""
    return np.where(prices > 0, np.where(most < UNLIMITED, most, 0.0), fewest) * prices


def pack(component: Component, order: Iterable[int]) -> tuple[int, list[int]]:
    """Take pairs in this order as long as they fit."""
    entities, words = component.entities, component.words
    counts = [0] * len(component.most)
    room = sum(component.most)
    taken = 0
    chosen: list[int] = []
    for pair in order:
        entity = entities[pair]
        if counts[entity] >= component.most[entity] or taken & words[pair]:
            continue
        taken |= words[pair]
        counts[entity] += 1
        chosen.append(pair)
        room -= 1
        if not room:
            break
    return component.value(chosen), chosen


def _best_first(component: Component) -> list[int]:
    keys = (component.entity, component.start, *(-component.columns[::-1]), -component.weight)
    ranked: list[int] = np.lexsort(keys).tolist()
    return ranked
