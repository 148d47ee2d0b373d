"""The NER score, word by word."""

from __future__ import annotations

from xner_core.types import Span, TagProbabilities


def ner_score(label: str, candidate: Span, tags: TagProbabilities, alpha: float) -> float:
    def probability(word: int, tag: str) -> float:
        return float(tags.values[word][tags.tags.index(tag)]) if tag in tags.tags else 0.0

    total = probability(candidate.start, f"B-{label}")
    for word in range(candidate.start + 1, candidate.end):
        total += probability(word, f"I-{label}")
    length = candidate.end - candidate.start
    factor = 1.0
    for _ in range(length - 1):
        factor *= alpha
    return factor * total / length
