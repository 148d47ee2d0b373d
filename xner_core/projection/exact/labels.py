"""A walk over the words that keeps every choice which may still become the best.

A label stands for all ways to decide the words so far that have used the entities
equally often; only the best of them is kept. Entities that no remaining pair can serve
are forgotten, so the number of labels depends on the entities alive at a word, not on
all of them (the live jobs of Halldórsson and Karlsson, 2006). A label is dropped when
its value and the bound on what may follow stay below what is known.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xner_core.projection.exact.instance import UNLIMITED, Component, Ints
from xner_core.projection.exact.schedule import Weights

Code = int
"""How often each live entity was used, packed into one number."""
Trail = tuple["Trail", int] | None
"""The pairs taken, the last one first."""
Label = tuple[int, float, Trail]
"""Exact worth so far with the tie rule; worth so far with the prices' allowance; pairs."""


class LimitError(Exception):
    """More labels than allowed, or out of time."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a walk is bounded by.

    Attributes:
        prices: Prices of the entities, shape (entities,).
        behind: The best priced total right of each word, shape (words + 1,).
        reach: No choice with a pair is worth more than this, shape (pairs,).
        allowance: What all prices give back where all demands are met.
        deadline: As `time.monotonic` has it.
    """

    prices: Weights
    behind: list[float]
    reach: Weights
    allowance: float
    deadline: float


def walk(
    component: Component, frame: Frame, threshold: float, limit: int, beam: int | None = None
) -> list[int] | None:
    """Find the best matching worth at least the threshold, the tie rule's choice among equals.

    Args:
        component: The component.
        frame: Bounds.
        threshold: Labels that cannot reach it are dropped.
        limit: Of labels in all.
        beam: Labels kept at each word; all where None. With a beam the answer may not be the best.

    Returns:
        The pairs, or None where nothing reaches the threshold.

    Raises:
        LimitError: If there are more labels than allowed.
    """
    return _Walk(component, frame, threshold).run(limit, beam)


class _Walk:
    def __init__(self, component: Component, frame: Frame, threshold: float) -> None:
        self.component, self.frame, self.threshold = component, frame, threshold
        keep = np.flatnonzero(frame.reach >= threshold)
        # What is counted: up to the most, or where that is unlimited up to what is needed.
        limits = [
            most if most < UNLIMITED else fewest
            for fewest, most in zip(component.fewest, component.most, strict=True)
        ]
        bits = [limit.bit_length() for limit in limits]
        self.shifts = np.cumsum([0, *bits]).tolist()
        self.masks = [(1 << n) - 1 for n in bits]
        self.refunds = [
            _refunds(price, fewest, limit)
            for price, fewest, limit in zip(frame.prices.tolist(), component.fewest, limits, strict=True)
        ]
        self.unit = 1
        """The tie rule's share of a label's worth is smaller than this."""
        keys = self._keys(keep)
        self.starting: list[list[tuple[int, ...]]] = [[] for _ in range(component.n_words)]
        last_start = [-1] * len(limits)
        starts, ends = component.start.tolist(), component.end.tolist()
        for key, pair in zip(keys, keep.tolist(), strict=True):
            entity, start = component.entities[pair], starts[pair]
            last_start[entity] = max(last_start[entity], start)
            self.starting[start].append((ends[pair], entity, limits[entity], key, pair))
        self.closing: list[list[int]] = [[] for _ in range(component.n_words + 1)]
        for entity, start in enumerate(last_start):
            self.closing[start + 1].append(entity)

    def _keys(self, keep: Ints) -> list[int]:
        """Weight and tie rule as one number a pair, whose sums compare like the two in turn."""
        most_pairs = self.component.n_words
        keys: NDArray[np.object_] = self.component.weight[keep].astype(object)
        for column in self.component.columns[:, keep]:
            size = 2 * most_pairs * int(np.abs(column).max(initial=0)) + 1
            keys = keys * size + column.astype(object)
            self.unit *= size
        whole: list[int] = keys.tolist()
        return whole

    def run(self, limit: int, beam: int | None) -> list[int] | None:
        n_words = self.component.n_words
        layers: list[dict[Code, Label]] = [{} for _ in range(n_words + 1)]
        code, worth, priced = self._close(0, 0, self.frame.allowance, [0])
        layers[0][code] = (worth, priced, None)
        # To skip the closing of entities where there is none.
        closed = np.cumsum([0, *map(len, self.closing)]).tolist()
        weights, behind, threshold = self.component.weights, self.frame.behind, self.threshold
        shifts, masks, refunds = self.shifts, self.masks, self.refunds
        total = 0
        for word in range(n_words):
            layer = layers[word]
            if beam and len(layer) > beam:
                best = sorted(layer.items(), key=lambda item: (-item[1][1], item[0]))[:beam]
                layer = dict(best)
            total += len(layer)
            if total > limit or time.monotonic() > self.frame.deadline:
                raise LimitError
            for code, (worth, priced, trail) in layer.items():
                if self.closing[word + 1]:
                    self._add(
                        layers[word + 1], *self._close(code, worth, priced, [word + 1]), trail, word + 1
                    )
                else:
                    self._add(layers[word + 1], code, worth, priced, trail, word + 1)
                for end, entity, most, key, pair in self.starting[word]:
                    count = (code >> shifts[entity]) & masks[entity]
                    new_priced = priced + weights[pair]
                    new_code = code
                    if count < most:
                        new_code += 1 << shifts[entity]
                        new_priced += refunds[entity][count + 1] - refunds[entity][count]
                    elif self.component.most[entity] < UNLIMITED:
                        continue
                    if new_priced + behind[end] < threshold:
                        continue
                    new_worth = worth + key
                    if closed[end + 1] > closed[word + 1]:
                        new_code, new_worth, new_priced = self._close(
                            new_code, new_worth, new_priced, range(word + 1, end + 1)
                        )
                    self._add(layers[end], new_code, new_worth, new_priced, (trail, pair), end)
            layers[word] = {}
        if not layers[n_words]:
            return None
        _, (_, _, trail) = max(layers[n_words].items(), key=lambda item: (item[1][0], -item[0]))
        chosen = []
        while trail is not None:
            trail, pair = trail
            chosen.append(pair)
        return chosen[::-1]

    def _add(
        self, layer: dict[Code, Label], code: Code, worth: int, priced: float, trail: Trail, word: int
    ) -> None:
        if priced + self.frame.behind[word] < self.threshold:
            return
        old = layer.get(code)
        if old is None or worth > old[0]:
            layer[code] = (worth, priced, trail)

    def _close(
        self, code: Code, worth: int, priced: float, words: list[int] | range
    ) -> tuple[Code, int, float]:
        """Forget the entities that no later pair can serve, and charge what they lack."""
        for word in words:
            for entity in self.closing[word]:
                count = (code >> self.shifts[entity]) & self.masks[entity]
                code -= count << self.shifts[entity]
                priced -= self.refunds[entity][count]
                missing = self.component.fewest[entity] - count
                if missing > 0:
                    worth -= self.component.shortage * self.unit * missing
                    priced -= self.component.shortage * missing
        return code, worth, priced


def _refunds(price: float, fewest: int, limit: int) -> list[float]:
    """What a price still gives back after each number of matches."""
    if price > 0:
        return [price * (limit - count) for count in range(limit + 1)]
    return [price * max(fewest - count, 0) for count in range(limit + 1)]
