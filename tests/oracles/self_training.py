"""The training objectives of Dou and Neubig (2021), cell by cell."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]


def similarity(source: Matrix, target: Matrix) -> list[list[float]]:
    """(cosine + 1) / 2 of every two vectors."""

    def cosine(a: Sequence[float], b: Sequence[float]) -> float:
        return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))

    return [[(cosine(a, b) + 1) / 2 for b in target] for a in source]


def directions(values: Matrix, temperature: float) -> tuple[list[list[float]], list[list[float]]]:
    """P(target | source) and P(source | target)."""
    powers = [[math.exp(value / temperature) for value in row] for row in values]
    columns = [sum(row[j] for row in powers) for j in range(len(powers[0]))]
    forward = [[power / sum(row) for power in row] for row in powers]
    reverse = [[power / columns[j] for j, power in enumerate(row)] for row in powers]
    return forward, reverse


def mutual(values: Matrix) -> set[tuple[int, int]]:
    """Cells that are the largest of their row and of their column."""
    return {
        (i, j)
        for i, row in enumerate(values)
        for j, value in enumerate(row)
        if value == max(row) and value == max(other[j] for other in values)
    }


def self_training(
    values: Matrix, temperature: float, source_words: Sequence[int], target_words: Sequence[int]
) -> float:
    """-½ Σ log P(word of t | s) / n + log P(word of s | t) / m, over subwords of linked words."""
    forward, reverse = directions(values, temperature)
    linked = {(source_words[i], target_words[j]) for i, j in mutual(values)}
    total = 0.0
    for i, source_word in enumerate(source_words):
        for j, target_word in enumerate(target_words):
            if (source_word, target_word) in linked:
                to_target = sum(forward[i][k] for k, word in enumerate(target_words) if word == target_word)
                to_source = sum(reverse[k][j] for k, word in enumerate(source_words) if word == source_word)
                total += math.log(to_target) / len(source_words) + math.log(to_source) / len(target_words)
    return -total / 2


def agreement(values: Matrix, temperature: float) -> float:
    """-trace of the product of both directions, by the length of the shorter sentence."""
    forward, reverse = directions(values, temperature)
    shared = sum(f * r for rows in zip(forward, reverse, strict=True) for f, r in zip(*rows, strict=True))
    return -shared / min(len(values), len(values[0]))
