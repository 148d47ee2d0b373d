"""Capital letters at random, so that a tagger does not take a capital alone for a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xner_core.types import Entity, Sentence

WORDS_CAPITALISED = 0.4
"""Of the words of a chosen sentence; about as many as German has nouns."""


def with_capitals(
    tagged: Sequence[tuple[Sentence, Sequence[Entity]]], share: float, seed: int
) -> list[tuple[Sentence, Sequence[Entity]]]:
    """Begin words outside of entities with a capital, in some of the sentences.

    In English nearly nothing but names has a capital within a sentence, in German every noun: a
    tagger that saw English alone takes nouns for names.

    Args:
        tagged: Sentences and their entities.
        share: The share of the sentences that are changed.
        seed: What the choice starts from.
    """
    random = np.random.default_rng(seed)
    changed: list[tuple[Sentence, Sequence[Entity]]] = []
    for sentence, entities in tagged:
        if random.random() >= share:
            changed.append((sentence, entities))
            continue
        inside = {word for entity in entities for word in range(entity.span.start, entity.span.end)}
        chosen = random.random(len(sentence.words)) < WORDS_CAPITALISED
        words = tuple(
            word[:1].upper() + word[1:] if chosen[index] and index not in inside else word
            for index, word in enumerate(sentence.words)
        )
        changed.append((replace(sentence, words=words, text=None), entities))
    return changed
