"""The data of the alignment grid: similarities, links as shapes over them, spans as brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from xner_core.languages import direction
from xner_core.types import Entity, Projection, ProjectionProblem, Sentence, SentencePair
from xner_core.viz.palette import label_colour
from xner_core.viz.text import visible


def alignment_view(
    pair: SentencePair, problem: ProjectionProblem, projection: Projection, *, entity_rows_only: bool
) -> dict[str, Any]:
    """Describe the grid of a pair.

    Args:
        pair: The pair.
        problem: Its entities and links.
        projection: The chosen target spans.
        entity_rows_only: Leave the rows of words outside source entities out.

    Returns:
        `source, target` (words with `text, label, colour`, and `lang, dir`), `rows` (the
        source words shown), `similarity` (percent, a list per row shown; empty where there
        is none), `links`, `gold_sure`, `gold_possible` as pairs of word indices, and
        `brackets` (projected and gold target spans).
    """
    inside = {i for e in problem.source_entities for i in range(e.span.start, e.span.end)}
    rows = [i for i in range(len(pair.source.words)) if i in inside or not entity_rows_only]
    similarity = problem.alignment.similarity
    gold = pair.gold_alignment
    return {
        "source": _side(pair.source, problem.source_entities),
        "target": _side(pair.target, projection.target_entities),
        "rows": rows,
        "similarity": [] if similarity is None else np.rint(similarity[rows] * 100).astype(int).tolist(),
        "links": list(problem.alignment.links),
        "gold_sure": list(gold.sure) if gold else [],
        "gold_possible": list(gold.possible) if gold else [],
        "brackets": [
            *_brackets(projection.target_entities, "projected"),
            *_brackets(pair.target.entities or (), "gold"),
        ],
    }


def _side(sentence: Sentence, entities: Sequence[Entity]) -> dict[str, Any]:
    labels = {i: e.label for e in entities for i in range(e.span.start, e.span.end)}
    return {
        "lang": sentence.lang,
        "dir": direction(sentence.lang),
        "words": [
            {
                "text": visible(word),
                "label": labels.get(i, ""),
                "colour": label_colour(labels[i]) if i in labels else "",
            }
            for i, word in enumerate(sentence.words)
        ],
    }


def _brackets(entities: Sequence[Entity], kind: str) -> list[dict[str, Any]]:
    return [
        {
            "start": e.span.start,
            "end": e.span.end,
            "label": e.label,
            "colour": label_colour(e.label),
            "kind": kind,
        }
        for e in entities
    ]
