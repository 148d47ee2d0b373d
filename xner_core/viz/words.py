"""What the matrix and the link view say of words and links alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from xner_core.languages import direction
from xner_core.types import (
    Entity,
    Link,
    Projection,
    ProjectionProblem,
    Sentence,
    SentencePair,
)
from xner_core.viz.palette import label_colour
from xner_core.viz.text import quoted, visible
from xner_core.viz.word_numbers import percent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def side(
    sentence: Sentence, entities: Mapping[Entity, int], entropy: NDArray[np.floating] | None
) -> dict[str, Any]:
    """Describe a sentence.

    Args:
        sentence: The sentence.
        entities: Whose labels its words carry, and the source entity that each belongs to.
        entropy: How undecided each word is, 0 to 1; None where that is unknown.

    Returns:
        `lang, dir` and `words`, each with `text, quoted, label, colour`, `group` (the index of its
        source entity, or None) and `undecided` (in percent, or None).
    """
    labels = {i: e.label for e in entities for i in range(e.span.start, e.span.end)}
    groups = {i: group for e, group in entities.items() for i in range(e.span.start, e.span.end)}
    undecided = [None] * len(sentence.words) if entropy is None else percent(entropy).tolist()
    return {
        "lang": sentence.lang,
        "dir": direction(sentence.lang),
        "words": [
            {
                "text": visible(word),
                "quoted": quoted(word),
                "label": labels.get(i, ""),
                "colour": label_colour(labels[i]) if i in labels else "",
                "group": groups.get(i),
                "undecided": undecided[i],
            }
            for i, word in enumerate(sentence.words)
        ],
    }


def source_groups(problem: ProjectionProblem) -> dict[Entity, int]:
    """The source entities with their indices."""
    return {entity: index for index, entity in enumerate(problem.source_entities)}


def target_groups(projection: Projection) -> dict[Entity, int]:
    """The projected entities with the indices of their source entities."""
    return {match.target: match.entity for match in projection.matches}


def entity_words(entities: Iterable[Entity]) -> set[int]:
    """The words that are inside an entity."""
    return {i for entity in entities for i in range(entity.span.start, entity.span.end)}


def gold_kind(pair: SentencePair, link: Link) -> str:
    """What gold says of a link: "sure", "possible" or "no"; empty where the corpus has no gold links."""
    gold = pair.gold_alignment
    if gold is None:
        return ""
    return "sure" if link in gold.sure else "possible" if link in gold.possible else "no"
