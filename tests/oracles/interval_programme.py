"""The best matching by walking over the target words: exact for sentences too long to try everything."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from tests.oracles.matching import AT_MOST_ONCE, Terms, Worth, exact_score, taste
from xner_core.types import ProjectionProblem


def best_by_words(problem: ProjectionProblem, terms: Terms = AT_MOST_ONCE) -> Worth:
    """The worth of the best matching.

    The state is the next free word and how often each entity was used, counted as far as
    it matters.
    """
    n_entities = len(problem.source_entities)
    enough = terms.n_proj
    starting: dict[int, list[int]] = {}
    for index, span in enumerate(problem.candidates):
        starting.setdefault(span.start, []).append(index)
    own = {
        (entity, index): (
            exact_score(problem, (entity, index)),
            taste(problem, ((entity, index),), terms.prefer),
        )
        for entity in range(n_entities)
        for index in range(len(problem.candidates))
        if problem.scores.values[entity, index] > 0
    }

    @cache
    def best(word: int, counts: tuple[int, ...]) -> Worth:
        if word == problem.n_target:
            lacking = sum(max(0, terms.fewest - count) for count in counts)
            return Worth(-lacking, Fraction(0), (Fraction(0),) * len(terms.prefer))
        found = best(word + 1, counts)
        for index in starting.get(word, []):
            for entity, count in enumerate(counts):
                if (entity, index) not in own or count >= terms.most:
                    continue
                after = (*counts[:entity], min(count + 1, enough), *counts[entity + 1 :])
                rest = best(problem.candidates[index].end, after)
                score, liking = own[entity, index]
                liked = tuple(a + b for a, b in zip(liking, rest.taste, strict=True))
                found = max(found, Worth(rest.met, rest.objective + score, liked))
        return found

    return best(0, (0,) * n_entities)
