"""The data of the link view: two rows of words and the links between them."""

from __future__ import annotations

from typing import Any

from xner_core.types import Projection, ProjectionProblem, SentencePair, WordAlignment
from xner_core.viz.alignment_view import link_list
from xner_core.viz.comparison import Comparison
from xner_core.viz.word_numbers import WordNumbers
from xner_core.viz.words import entity_words, gold_kind, side, source_groups, target_groups


def link_view(
    pair: SentencePair,
    problem: ProjectionProblem,
    projection: Projection,
    *,
    entities_only: bool,
    draw_gold: bool,
    numbers: WordNumbers | None = None,
    compared: Comparison | None = None,
    found: WordAlignment | None = None,
) -> dict[str, Any]:
    """Describe the link view of a pair, without what a person changed: the browser lays that over it.

    Args:
        pair: The pair.
        problem: Its entities and links.
        projection: The chosen target spans.
        entities_only: Leave out the links of words outside source entities, and the words that
            are then neither in an entity nor linked.
        draw_gold: Draw gold links too, where the corpus has them.
        numbers: Of all pairs of words; None where the links came without similarities.
        compared: Another alignment whose links are drawn too.
        found: The links before a person changed them; those of the problem where None.

    Returns:
        `source, target` (as in the grid's data, each with the words `shown`), `links` (see
        `link_list`), `told` (what is known of each link drawn, and of each that a person made or
        gold has: `source, target, gold, numbers`, where gold is "sure", "possible", "no" or "" where
        the corpus has none, and the numbers are those of `WordNumbers.of_cell`, or None), `names` of
        the compared alignments, `best` (see `WordNumbers`; None without numbers), `has_gold` and
        `draw_gold`.
    """
    inside = entity_words(problem.source_entities)
    gold = pair.gold_alignment
    drawn = gold.links if gold and draw_gold else ()
    links = link_list(found or problem.alignment, compared)
    source = side(pair.source, source_groups(problem), None if numbers is None else numbers.source_entropy)
    target = side(pair.target, target_groups(projection), None if numbers is None else numbers.target_entropy)
    if entities_only:
        links = [link for link in links if link[0] in inside]
    known = {(i, j) for i, j, *_ in links} | {*problem.alignment.links, *drawn}
    kept = sorted(link for link in known if link[0] in inside or not entities_only)
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
        "links": links,
        "told": [
            {
                "source": i,
                "target": j,
                "gold": gold_kind(pair, (i, j)),
                "numbers": None if numbers is None else numbers.of_cell(i, j),
            }
            for i, j in kept
        ],
        "names": list(compared.names) if compared else [],
        "best": None if numbers is None else numbers.best_two(),
        "has_gold": gold is not None,
        "draw_gold": bool(gold) and draw_gold,
    }
