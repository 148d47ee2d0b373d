"""Components written by hand or at random, what they may choose, and the best of it by trying everything."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from xner_core.projection.exact.instance import UNLIMITED, Component
from xner_core.projection.exact.labels import Frame
from xner_core.projection.exact.prices import allowance
from xner_core.projection.exact.schedule import Schedule, Weights

Pair = tuple[int, int, int, int]
"""Entity, first word, behind the last word, weight."""
DEMANDS = [(0, 1), (0, 2), (1, 1), (2, 2), (1, UNLIMITED), (2, UNLIMITED), (0, UNLIMITED)]


def component_of(
    pairs: Sequence[Pair],
    fewest: Sequence[int],
    most: Sequence[int],
    columns: Sequence[Sequence[int]] = (),
    shortage: int = 0,
) -> Component:
    """A component of pairs in any order; each of the columns has one number a pair."""
    order = sorted(range(len(pairs)), key=lambda i: (pairs[i][2], pairs[i][1], pairs[i][0]))
    entity, start, end, weight = np.array(pairs, dtype=np.int64)[order].T
    tastes = np.array(columns, dtype=np.int64).reshape(len(columns), len(pairs))[:, order]
    return Component(
        entity, start, end, weight, tastes, list(fewest), list(most), int(end.max()), shortage=shortage
    )


def random_component(rng: np.random.Generator, n_columns: int = 2) -> Component:
    """At most 3 entities, 6 words and 8 pairs; ties are common."""
    n_entities, n_words = int(rng.integers(1, 4)), int(rng.integers(1, 7))
    every = [
        (entity, a, b)
        for entity in range(n_entities)
        for a in range(n_words)
        for b in range(a + 1, n_words + 1)
    ]
    chosen = rng.choice(len(every), size=min(len(every), int(rng.integers(1, 9))), replace=False)
    pairs = [(*every[i], int(rng.choice([2, 3, 4, 6]))) for i in chosen]
    demands = [DEMANDS[i] for i in rng.integers(len(DEMANDS), size=n_entities)]
    fewest, most = zip(*demands, strict=True)
    columns = rng.integers(-3, 4, size=(n_columns, len(pairs))).tolist()
    return component_of(pairs, fewest, most, columns, shortage=2 * sum(pair[3] for pair in pairs) + 1)


def choices(component: Component) -> Iterator[list[int]]:
    """Every choice of pairs that share no word and exceed no demand, by pair."""

    def extend(pair: int, chosen: list[int]) -> Iterator[list[int]]:
        if pair == len(component.entity):
            yield chosen
            return
        yield from extend(pair + 1, chosen)
        entity = component.entity[pair]
        used = sum(component.entity[other] == entity for other in chosen)
        if used < component.most[entity] and all(disjoint(component, pair, other) for other in chosen):
            yield from extend(pair + 1, [*chosen, pair])

    return extend(0, [])


def disjoint(component: Component, one: int, other: int) -> bool:
    """Whether two pairs share no word."""
    starts, ends = component.start, component.end
    return bool(ends[one] <= starts[other] or ends[other] <= starts[one])


def is_choice(component: Component, chosen: list[int]) -> bool:
    """Whether these pairs may be chosen together."""
    return sorted(chosen) in list(choices(component))


def worth(component: Component, chosen: list[int]) -> int:
    """Weights, less the cost of missing matches."""
    total = sum(int(component.weight[pair]) for pair in chosen)
    for entity, fewest in enumerate(component.fewest):
        count = sum(int(component.entity[pair]) == entity for pair in chosen)
        total -= component.shortage * max(0, fewest - count)
    return total


def taste(component: Component, chosen: list[int]) -> list[int]:
    """The sum of each column."""
    return [int(column[chosen].sum()) for column in component.columns]


def best(component: Component) -> tuple[int, list[int]]:
    """The largest worth, and the best taste with it."""
    return max((worth(component, chosen), taste(component, chosen)) for chosen in choices(component))


def unlimited(component: Component) -> Component:
    """The same pairs, with nothing asked of the entities."""
    n_entities = len(component.most)
    return replace(component, fewest=[0] * n_entities, most=[UNLIMITED] * n_entities)


def frame_of(component: Component, prices: Weights, deadline: float = math.inf) -> Frame:
    """What bounds a walk under these prices."""
    schedule = Schedule(component)
    reduced = component.weight - prices[component.entity]
    before, behind = schedule.forward(reduced)[0], schedule.backward(reduced)
    given_back = float(
        allowance(prices, np.array(component.fewest, float), np.array(component.most, float)).sum()
    )
    reach = np.array(before)[component.start] + reduced + np.array(behind)[component.end] + given_back
    return Frame(prices, behind, reach, given_back, deadline)


def random_prices(rng: np.random.Generator, component: Component) -> Weights:
    """Prices that the demands allow: none above 0 without a limit, none below 0 without a need."""
    prices = rng.uniform(-component.shortage, 8, size=len(component.most)) * rng.integers(
        0, 2, size=len(component.most)
    )
    highest = np.where(np.array(component.most) < UNLIMITED, np.inf, 0.0)
    lowest = np.where(np.array(component.fewest) > 0, -float(component.shortage), 0.0)
    return np.clip(prices, lowest, highest)
