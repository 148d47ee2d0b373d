"""The bootstrap as it is told in words: sentences are drawn one by one, in plain Python."""

from __future__ import annotations

import random
from collections.abc import Sequence

Triple = tuple[int, int, int]


def f1(triples: Sequence[Triple]) -> float:
    right = sum(tp for tp, _, _ in triples)
    predicted = sum(tp + fp for tp, fp, _ in triples)
    gold = sum(tp + fn for tp, _, fn in triples)
    if right == 0:
        return 0.0
    precision, recall = right / predicted, right / gold
    return 2 * precision * recall / (precision + recall)


def differences(a: Sequence[Triple], b: Sequence[Triple], draws: int, seed: int) -> list[float]:
    """The difference of F1 in each draw, sorted."""
    rng = random.Random(seed)
    found = []
    for _ in range(draws):
        drawn = [rng.randrange(len(a)) for _ in a]
        found.append(f1([a[i] for i in drawn]) - f1([b[i] for i in drawn]))
    return sorted(found)


def figures(triples: Sequence[Triple], draws: int, seed: int) -> list[float]:
    """F1 in each draw, sorted."""
    rng = random.Random(seed)
    return sorted(f1([triples[rng.randrange(len(triples))] for _ in triples]) for _ in range(draws))
