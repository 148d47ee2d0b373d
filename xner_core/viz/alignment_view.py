"""The data of the alignment grid: values of cells, links as shapes over them, spans as brackets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from xner_core.types import Entity, Projection, ProjectionProblem, SentencePair, WordAlignment
from xner_core.viz.comparison import Comparison
from xner_core.viz.palette import label_colour
from xner_core.viz.word_numbers import WordNumbers, percent
from xner_core.viz.words import entity_words, side, source_groups, target_groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Cells = Literal["similarity", "forward", "backward", "links"]
CELL_NAMES: dict[Cells, str] = {
    "similarity": "similarity",
    "forward": "forward probability",
    "backward": "backward probability",
    "links": "links only",
}


def alignment_view(
    pair: SentencePair,
    problem: ProjectionProblem,
    projection: Projection,
    *,
    entity_rows_only: bool,
    cells: Cells = "similarity",
    numbers: WordNumbers | None = None,
    compared: Comparison | None = None,
    found: WordAlignment | None = None,
    editable: bool = True,
) -> dict[str, Any]:
    """Describe the grid of a pair, without what a person changed: the browser lays that over it.

    Args:
        pair: The pair.
        problem: Its entities and links.
        projection: The chosen target spans.
        entity_rows_only: Leave the rows of words outside source entities out.
        cells: Which values the cells show.
        numbers: The values of all cells; None where the links came without similarities.
        compared: Another alignment whose links lie over those of the problem.
        found: The links before a person changed them; those of the problem where None.
        editable: Whether links can be changed here.

    Returns:
        `source, target` (see `words.side`), `rows`
        (the source words shown), `cells` (`name`, `percent` as a list per row shown, empty where
        there are none, and `range` as the least and the largest of the scale), `links` (see
        `link_list`), `editable`, `names` (of the compared alignments, empty without),
        `has_gold` (whether the corpus has gold links), `gold_sure`, `gold_possible` (pairs of word indices),
        `numbers` (for the rows shown: `similarity` in thousandths, `forward` and `backward` in
        percent; `best`, see `WordNumbers`; None where there are none) and `brackets` (projected
        and gold target spans, with the `group` of their source entity where that is known).
    """
    inside = entity_words(problem.source_entities)
    rows = [i for i in range(len(pair.source.words)) if i in inside or not entity_rows_only]
    gold = pair.gold_alignment
    groups = target_groups(projection)
    return {
        "source": side(
            pair.source, source_groups(problem), None if numbers is None else numbers.source_entropy
        ),
        "target": side(pair.target, groups, None if numbers is None else numbers.target_entropy),
        "rows": rows,
        "cells": _cells(numbers, cells, rows),
        "links": link_list(found or problem.alignment, compared),
        "editable": editable,
        "names": list(compared.names) if compared else [],
        "has_gold": gold is not None,
        "gold_sure": list(gold.sure) if gold else [],
        "gold_possible": list(gold.possible) if gold else [],
        "numbers": None
        if numbers is None
        else {
            "similarity": numbers.thousandths()[rows].tolist(),
            "forward": percent(numbers.forward[rows]).tolist(),
            "backward": percent(numbers.backward[rows]).tolist(),
            "best": numbers.best_two(),
        },
        "brackets": [
            *_brackets(projection.target_entities, "projected", groups),
            *_brackets(pair.target.entities or (), "gold", groups),
        ],
    }


def link_list(found: WordAlignment, compared: Comparison | None) -> list[list[Any]]:
    """Each link as source word, target word, and what the alignment and the compared one say of it.

    That is "sure", "possible" or "none".
    """
    second = compared.second if compared else WordAlignment(())
    links = sorted({*found.links, *second.links})
    return [[*link, found.state(link), second.state(link)] for link in links]


def _cells(numbers: WordNumbers | None, cells: Cells, rows: list[int]) -> dict[str, Any]:
    values = None if numbers is None else _values(numbers, cells)
    if values is None:
        return {"name": CELL_NAMES["links"], "percent": [], "range": [0, 100]}
    whole = percent(values)
    # Similarities lie close together, so the scale is the sentence's own; probabilities use all of theirs.
    own = cells == "similarity" and whole.size
    return {
        "name": CELL_NAMES[cells],
        "percent": whole[rows].tolist(),
        "range": [int(whole.min()), int(whole.max())] if own else [0, 100],
    }


def _values(numbers: WordNumbers, cells: Cells) -> NDArray[np.floating] | None:
    return {
        "similarity": numbers.similarity,
        "forward": numbers.forward,
        "backward": numbers.backward,
        "links": None,
    }[cells]


def _brackets(entities: Sequence[Entity], kind: str, groups: Mapping[Entity, int]) -> list[dict[str, Any]]:
    return [
        {
            "start": e.span.start,
            "end": e.span.end,
            "label": e.label,
            "colour": label_colour(e.label),
            "kind": kind,
            "group": groups.get(e),
        }
        for e in entities
    ]
