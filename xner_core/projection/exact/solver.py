"""The exact solver: cheap means first, each only for what those before left open."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xner_core.projection.exact.favourites import favourites
from xner_core.projection.exact.instance import UNLIMITED, Component, Demand, Effort, Ints, Solution
from xner_core.projection.exact.labels import Frame, LimitError, walk
from xner_core.projection.exact.prices import Priced, allowance, search_prices
from xner_core.projection.exact.programme import solve_programme
from xner_core.projection.exact.reductions import components, equal_rows, undominated
from xner_core.projection.exact.schedule import Schedule
from xner_core.projection.exact.sharing import share_out
from xner_core.projection.grid import on_grid

TieColumns = Callable[[Ints, Ints], Ints]
"""Entities and candidates, by index → what the tie rule looks at, shape (criteria, entities, candidates)."""

_MERGED_FROM = 5
"""So many entities with equal scores become one where the tie rule tells them apart."""


def solve(
    scores: NDArray[np.float64],
    targets: Ints,
    demand: Demand,
    tie_columns: TieColumns,
    *,
    time_limit: float = 30.0,
    effort: Effort | None = None,
) -> Solution:
    """Match entities with candidates so that the total score is largest.

    No two chosen candidates share a word. Only pairs with a positive score are chosen.
    Where an entity cannot have all the matches it needs, fewest missing matches come
    first, then the total score, then the tie rule.

    Args:
        scores: Shape (entities, candidates), both from left to right (`canonical`).
        targets: Starts and ends of the candidates, shape (candidates, 2).
        demand: How often each entity is to be matched.
        tie_columns: The tie rule.
        time_limit: In seconds; after it the best found is returned with its bound.
        effort: How much each means tries.
    """
    deadline = time.monotonic() + time_limit
    weights = on_grid(scores)
    if not demand.most.all():
        weights[demand.most == 0] = 0
    if not weights.any():
        return answer(scores, [], demand)
    if demand.most.max() == 1:
        chosen = favourites(
            weights, targets, lambda entity, some: tie_columns(np.array([entity]), some)[:, 0]
        )
        if chosen is not None:
            solution = answer(scores, chosen, demand)
            solution.settled_by["favourites"] = 1
            return solution
    return _search(scores, weights, targets, demand, tie_columns, deadline, effort or Effort())


def answer(
    scores: NDArray[np.float64],
    chosen: list[tuple[int, int]],
    demand: Demand,
    gap: float = 0.0,
    proven: bool = True,
) -> Solution:
    """State a choice of pairs and what it leaves to be wished.

    Args:
        scores: Shape (entities, candidates).
        chosen: Pairs of entity and candidate.
        demand: What was asked of each entity.
        gap: By how much another choice may be better.
        proven: Whether none is.
    """
    missing = {}
    if demand.fewest.any():
        lacking = demand.fewest - np.bincount([entity for entity, _ in chosen], minlength=len(scores))
        missing = {entity: int(lacking[entity]) for entity in np.flatnonzero(lacking > 0).tolist()}
    objective = math.fsum(scores[pair] for pair in chosen)
    return Solution(
        pairs=sorted(chosen),
        objective=objective,
        upper_bound=objective + gap,
        proven=proven,
        missing=missing,
    )


def _search(
    scores: NDArray[np.float64],
    weights: Ints,
    targets: Ints,
    demand: Demand,
    tie_columns: TieColumns,
    deadline: float,
    effort: Effort,
) -> Solution:
    columns = tie_columns(np.arange(len(weights)), np.arange(len(targets)))
    groups, tie_rule_proven = _merge(weights, demand, columns)
    first = [members[0] for members in groups]
    grouped = weights[first]
    # The tie rule sees a merged entity as the mean of its members.
    tastes = np.stack([columns[:, members].sum(axis=1) // len(members) for members in groups], axis=1)
    keep = undominated(grouped, _ranks(tastes), targets)
    entity, candidate = np.nonzero(keep)
    order = np.lexsort((entity, targets[candidate, 0], targets[candidate, 1]))
    entity, candidate = entity[order], candidate[order]
    start, end = targets[candidate, 0], targets[candidate, 1]
    sizes = np.array([len(members) for members in groups])
    fewest = demand.fewest[first] * sizes
    most = np.minimum(demand.most[first] * sizes, UNLIMITED)

    taken: dict[int, list[int]] = {}
    settled: Counter[str] = Counter()
    gap, proven = 0.0, True
    for members in components(len(groups), entity, start, end):
        pairs = np.flatnonzero(np.isin(entity, members))
        cuts = np.unique(np.concatenate([start[pairs], end[pairs]]))
        component = Component(
            entity=np.searchsorted(members, entity[pairs]),
            start=np.searchsorted(cuts, start[pairs]),
            end=np.searchsorted(cuts, end[pairs]),
            weight=grouped[entity[pairs], candidate[pairs]],
            columns=tastes[:, entity[pairs], candidate[pairs]],
            fewest=fewest[members].tolist(),
            most=most[members].tolist(),
            n_words=len(cuts) - 1,
        )
        found = settle(component, deadline, effort)
        settled[found.settled_by] += 1
        gap += found.gap
        proven &= found.proven
        tie_rule_proven &= found.tie_rule_proven
        for pair in pairs[found.chosen].tolist():
            taken.setdefault(int(entity[pair]), []).append(int(candidate[pair]))

    chosen = [
        pair
        for group, candidates in taken.items()
        for pair in share_out(groups[group], sorted(candidates), columns, demand)
    ]
    top = weights.argmax()
    unit = float(scores.flat[top]) / float(weights.flat[top])
    solution = answer(scores, chosen, demand, gap * unit, proven)
    solution.tie_rule_proven = tie_rule_proven
    solution.settled_by = dict(settled)
    return solution


def _merge(weights: Ints, demand: Demand, columns: Ints) -> tuple[list[list[int]], bool]:
    """Group entities that a solver need not tell apart, and say whether the tie rule would not either."""
    groups: list[list[int]] = []
    alike = True
    for members in equal_rows(weights, demand.fewest, demand.most):
        wanted = columns[:, members][:, :, weights[members[0]] > 0]
        told_apart = bool((wanted != wanted[:, :1]).any())
        if told_apart and len(members) < _MERGED_FROM:
            groups += [[member] for member in members]
        else:
            groups.append(members)
            alike &= not told_apart
    return groups, alike


def _ranks(columns: Ints) -> Ints:
    """The tie rule as one number a pair, larger is better; shape (entities, candidates)."""
    ranks = np.zeros(columns.shape[1:], dtype=np.int64)
    size = 1
    for column in columns:
        lowest = column.min()
        width = int(column.max() - lowest) + 1
        size *= width
        if size >= 1 << 62:  # what is left out here decides later
            break
        ranks = ranks * width + (column - lowest)
    return ranks


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer for one component.

    Attributes:
        chosen: Its pairs.
        gap: No choice with as few missing matches has a sum larger by more than this.
        proven: Whether no choice is better.
        tie_rule_proven: Whether the tie rule was followed among equals.
        settled_by: By which means.
    """

    chosen: list[int]
    gap: float
    proven: bool
    tie_rule_proven: bool
    settled_by: str


def settle(component: Component, deadline: float, effort: Effort) -> Settled:
    """Find the best choice of a component's pairs."""
    everything = math.inf
    if any(component.fewest):  # a missing match costs more than all weights together
        everything = Schedule(component).forward(component.weight.astype(float))[0][-1]
        component = replace(component, shortage=2 * int(everything) + 1)
    part, kept, priced, frame = _reduce_by_prices(component, deadline, effort)

    def settled(found: list[int] | None, tie_rule_proven: bool, by: str) -> Settled:
        chosen = priced.chosen if found is None else found
        return Settled(kept[chosen].tolist(), 0.0, True, tie_rule_proven, by)

    try:
        if effort.beam and not priced.is_proven:
            better = walk(part, frame, priced.value + priced.slack, UNLIMITED, effort.beam)
            if better is not None and part.value(better) > priced.value:
                priced.chosen, priced.value = better, part.value(better)
        # With everything that may be as good, so that the tie rule decides.
        return settled(walk(part, frame, priced.value - priced.slack, effort.tie_labels), True, "labels")
    except LimitError:
        pass
    if priced.is_proven:
        return settled(None, False, "prices")
    try:
        return settled(walk(part, frame, priced.value + priced.slack, effort.labels), False, "labels")
    except LimitError:
        pass
    found, bound = solve_programme(part, deadline - time.monotonic())
    if found is not None and part.value(found) > priced.value:
        priced.chosen, priced.value = found, part.value(found)
    gap = max(min(bound, priced.bound) - priced.value, 0.0)
    proven = gap <= priced.slack
    # What missing matches cost makes that bound loose; no choice has more than everything.
    room = everything - sum(part.weights[pair] for pair in priced.chosen)
    return Settled(
        kept[priced.chosen].tolist(), 0.0 if proven else min(gap, room), proven, False, "programme"
    )


def _reduce_by_prices(
    component: Component, deadline: float, effort: Effort
) -> tuple[Component, Ints, Priced, Frame]:
    """Search for prices, leave out the pairs that they prove useless, and again on what is left.

    Returns:
        What is left of the component, where its pairs are in the whole one, the best prices
        and matching, and what bounds a walk.
    """
    part, kept = component, np.arange(len(component.weight))
    known: Priced | None = None
    rounds = effort.price_rounds
    while True:
        schedule = Schedule(part)
        known = search_prices(part, schedule, effort.price_steps, deadline, known)
        rounds -= 1
        reduced = part.weight - known.prices[part.entity]
        before, behind = schedule.forward(reduced)[0], schedule.backward(reduced)
        given_back = float(
            allowance(known.prices, np.array(part.fewest, float), np.array(part.most, float)).sum()
        )
        # No choice with the pair is worth more than this (fixing by reduced cost).
        reach = np.array(before)[part.start] + reduced + np.array(behind)[part.end] + given_back
        frame = Frame(known.prices, behind, reach, given_back, deadline)
        useful = reach >= known.value - known.slack
        useful[known.chosen] = True
        if known.is_proven or rounds <= 0 or useful.all():
            return part, kept, known, frame
        keep = np.flatnonzero(useful)
        part, kept = part.restricted(keep), kept[keep]
        known = replace(known, chosen=np.searchsorted(keep, known.chosen).tolist())
