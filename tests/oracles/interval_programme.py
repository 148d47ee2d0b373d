"""The best matching by walking over the target words: exact for sentences too long to try everything."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from tests.oracles.matching import taste
from xner_core.types import ProjectionProblem

Best = tuple[float, int, Fraction, Fraction]
"""The objective, rounded, and the taste."""


def best_by_words(problem: ProjectionProblem) -> Best:
    """The largest objective, and among its matchings the best taste.

    The state is the next free word and the set of entities that are used up.
    """
    n_entities = len(problem.source_entities)
    starting: dict[int, list[int]] = {}
    for index, span in enumerate(problem.candidates):
        starting.setdefault(span.start, []).append(index)

    @cache
    def best(word: int, used: int) -> Best:
        if word == problem.n_target:
            return (0.0, 0, Fraction(0), Fraction(0))
        found = best(word + 1, used)
        for index in starting.get(word, []):
            for entity in range(n_entities):
                score = float(problem.scores.values[entity, index])
                if used >> entity & 1 or score <= 0:
                    continue
                value, length, near, left = best(problem.candidates[index].end, used | 1 << entity)
                own = taste(problem, ((entity, index),))
                found = max(found, (round(value + score, 9), length + own[0], near + own[1], left + own[2]))
        return found

    return best(0, 0)
