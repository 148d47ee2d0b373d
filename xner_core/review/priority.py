"""One number for how likely a sentence needs a correction, and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

from xner_core.review.doubts import Doubts

WEIGHTS: Mapping[str, float] = {
    "margin": 0.5,
    "methods": 1.0,
    "links": 0.5,
    "unprojected": 0.5,
    "outside": 3.0,
    "capitals": 1.0,
    "untagged": 0.25,
}
"""What a doubt of 1 counts. None can be changed to another round number for a larger average precision on the
German and Spanish of Europarl-NER, with gold source entities and with a tagger's
(`python -m benchmarks.review_queue --fit`)."""


def priority(doubts: Doubts) -> float:
    """The weighted sum of the doubts; the larger, the sooner a person should look at the sentence."""
    values: dict[str, float] = asdict(doubts)
    return sum(WEIGHTS[name] * value for name, value in values.items())


def reasons(doubts: Doubts) -> list[str]:
    """What speaks for a correction, in words, what weighs most first; without words of the corpus."""
    told = [
        (WEIGHTS[name] * value, say(value))
        for name, value in asdict(doubts).items()
        if (say := _WORDS.get(name)) is not None and value >= _FROM.get(name, 0.0) and value > 0
    ]
    return [words for _, words in sorted(told, key=lambda each: -each[0])]


def _entities(value: float, rest_one: str, rest_many: str) -> str:
    n = round(value)
    return f"1 entity {rest_one}" if n == 1 else f"{n} entities {rest_many}"


_FROM = {"margin": 0.5, "links": 0.5, "outside": 0.2}
"""Below that a doubt counts, but a reader would not see why."""

_WORDS: Mapping[str, Callable[[float], str]] = {
    "margin": lambda value: (
        "another projection scores just as high"
        if value > 1 - 1e-9
        else "another projection scores nearly as high"
    ),
    "methods": lambda value: _entities(
        value, "is projected otherwise by another method", "are projected otherwise by another method"
    ),
    "links": lambda _: "a link of an entity is doubtful",
    "unprojected": lambda value: _entities(value, "has no target", "have no target"),
    "outside": lambda _: "links of an entity lead out of its target",
    "capitals": lambda value: _entities(
        value, "differs from its target in capital letters", "differ from their targets in capital letters"
    ),
    "untagged": lambda value: (
        "a capitalised word is in no entity"
        if value == 1
        else f"{round(value)}{' or more' if value >= 3 else ''} capitalised words are in no entity"
    ),
}
