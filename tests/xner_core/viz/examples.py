"""One sentence pair, as gold and as projected, for the tests of what is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.builders import entity
from xner_core.types import (
    Entity,
    Match,
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    Sentence,
    SentencePair,
    Status,
    Unprojected,
    WordAlignment,
)
from xner_core.viz.word_numbers import WordNumbers

SOURCE = ("Maria", "Keller", "lives", "in", "Bonn", ".")
TARGET = ("In", "Bonn", "lebt", "Maria", "Keller", ".")
PERSON, PLACE = entity(0, 2, "PER"), entity(4, 5, "LOC")
GOLD = (entity(1, 2, "LOC"), entity(3, 5, "PER"))
LINKS = ((0, 3), (1, 4), (2, 2), (3, 0), (4, 1), (5, 5))


SIMILARITY = np.fromfunction(lambda i, j: i / 10 + j / 100, (6, 6)).astype(np.float32)


def numbers() -> WordNumbers:
    """Of the words of the problem; forward probabilities are its similarities, backward ones 1 less these."""
    entropies = np.array([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    return WordNumbers(SIMILARITY, SIMILARITY, 1 - SIMILARITY, entropies, entropies[::-1])


def pair(
    *,
    gold: Sequence[Entity] | None = GOLD,
    gold_alignment: WordAlignment | None = None,
    note: str = "",
    target_lang: str = "de",
    target: Sequence[str] = TARGET,
) -> SentencePair:
    return SentencePair(
        "example",
        Sentence(SOURCE, "en", (PERSON, PLACE)),
        Sentence(tuple(target), target_lang, None if gold is None else tuple(gold)),
        gold_alignment,
        note,
    )


def problem(
    source_entities: Sequence[Entity] = (PERSON, PLACE),
    links: Sequence[tuple[int, int]] = LINKS,
    *,
    similar: bool = True,
) -> ProjectionProblem:
    """A problem without candidates; the similarity of words i and j is .1·i + .01·j, if there is one."""
    return ProjectionProblem(
        tuple(source_entities),
        (),
        ScoreMatrix(np.zeros((len(source_entities), 0)), {}),
        WordAlignment(tuple(links), similarity=SIMILARITY if similar else None),
        6,
        6,
    )


def projection(
    *matches: tuple[int, Entity],
    unprojected: Sequence[Unprojected] = (),
    objective: float = 0.0,
    upper_bound: float | None = None,
    status: Status = "optimal",
) -> Projection:
    """What was found: (index of the source entity, projected entity), and the rest."""
    found = tuple(Match(index, target, 1.0) for index, target in matches)
    return Projection(found, tuple(unprojected), objective, upper_bound, status)
