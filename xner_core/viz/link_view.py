"""The data of the link view: two rows of words and the links between them."""

from __future__ import annotations

from typing import Any

from xner_core.types import Link, Projection, ProjectionProblem, SentencePair
from xner_core.viz.alignment_view import link_list
from xner_core.viz.comparison import Comparison
from xner_core.viz.word_numbers import WordNumbers
from xner_core.viz.words import entity_words, gold_kind, side


def link_view(
    pair: SentencePair,
    problem: ProjectionProblem,
    projection: Projection,
    *,
    entities_only: bool,
    draw_gold: bool,
    numbers: WordNumbers | None = None,
    compared: Comparison | None = None,
) -> dict[str, Any]:
    """Describe the link view of a pair.

    Args:
        pair: The pair.
        problem: Its entities and links.
        projection: The chosen target spans.
        entities_only: Leave out the links of words outside source entities, and the words that
            are then neither in an entity nor linked.
        draw_gold: Draw gold links too, where the corpus has them.
        numbers: Of all pairs of words; None where the links came without similarities.
        compared: Another alignment whose links are drawn too.

    Returns:
        `source, target` (as in the grid's data, each with the words `shown`), `links` (each with
        `source, target, who, gold, sure, colour, numbers`: who has it, "" where only gold has;
        gold "sure", "possible", "no" or "" where the corpus has none; whether it is sure; the
        colour of its source entity; the numbers of `WordNumbers.of_cell`, or None), `names` of
        the compared alignments, `best` (see `WordNumbers`; None without numbers) and `draw_gold`.
    """
    inside = entity_words(problem.source_entities)
    gold = pair.gold_alignment
    drawn = gold.links if gold and draw_gold else ()
    who: dict[Link, str] = {(i, j): has for i, j, has in link_list(problem, compared)}
    possible = {*problem.alignment.possible, *(compared.second.possible if compared else ())}
    source = side(pair.source, problem.source_entities, None if numbers is None else numbers.source_entropy)
    target = side(
        pair.target, projection.target_entities, None if numbers is None else numbers.target_entropy
    )
    kept = sorted(link for link in {*who, *drawn} if link[0] in inside or not entities_only)
    shown = {
        "source": inside | {i for i, _ in kept},
        "target": entity_words(projection.target_entities) | {j for _, j in kept},
    }
    for name, words in (("source", source), ("target", target)):
        n = len(words["words"])
        words["shown"] = sorted(shown[name]) if entities_only else list(range(n))
    return {
        "source": source,
        "target": target,
        "links": [
            {
                "source": i,
                "target": j,
                "who": who.get((i, j), ""),
                "gold": gold_kind(pair, (i, j)),
                "sure": (i, j) not in possible,
                "colour": source["words"][i]["colour"],
                "numbers": None if numbers is None else numbers.of_cell(i, j),
            }
            for i, j in kept
        ],
        "names": list(compared.names) if compared else [],
        "best": None if numbers is None else numbers.best_two(),
        "draw_gold": bool(gold) and draw_gold,
    }
