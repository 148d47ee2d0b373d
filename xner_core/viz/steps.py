"""The data of the walk: two sentences that gain links, candidates and choices step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_uppercase
from typing import Any, NamedTuple

from xner_core.languages import direction, language_name
from xner_core.types import Entity, Projection, ProjectionProblem, Sentence, SentencePair, Span
from xner_core.viz.palette import label_colour
from xner_core.viz.text import quoted, visible

SOURCE, ALIGN, CANDIDATES, CHOOSE = 1, 2, 3, 4
"""The steps."""
MOST_CANDIDATES = 3
"""Candidates shown of each entity, besides the one that was chosen."""


class Candidate(NamedTuple):
    """A candidate with a score, or one that was chosen.

    Attributes:
        entity: Index of the source entity.
        span: Words of the translation.
        score: Its matching score; None where a projector chose what is no candidate.
        chosen: Whether it was chosen.
    """

    entity: int
    span: Span
    score: float | None
    chosen: bool


def letter(entity: int) -> str:
    """What an entity is called in the picture: A to Z, then AA, AB and so on."""
    before, last = divmod(entity, len(ascii_uppercase))
    return (letter(before - 1) if before else "") + ascii_uppercase[last]


def best_candidates(
    problem: ProjectionProblem, projection: Projection, most: int = MOST_CANDIDATES
) -> list[Candidate]:
    """The best candidates of each entity and whatever was chosen, by entity and the best first.

    Args:
        problem: The problem.
        projection: Its solution.
        most: Candidates of each entity; of those with equal scores the first and shortest ones.
    """
    chosen = {(match.entity, match.target.span): match.score for match in projection.matches}
    found = []
    for entity in range(len(problem.source_entities)):
        scored = [
            Candidate(entity, span, score, (entity, span) in chosen)
            for span, score in zip(problem.candidates, problem.scores.values[entity].tolist(), strict=True)
            if score > 0
        ]
        ranked = sorted(scored, key=lambda each: (-(each.score or 0.0), not each.chosen, each.span))
        shown = ranked[:most]
        listed = {each.span for each in shown}
        shown += [
            Candidate(entity, span, score, True)
            for (owner, span), score in chosen.items()
            if owner == entity and span not in listed
        ]
        found += shown
    return found


def walk_view(
    pair: SentencePair,
    entities: Sequence[Entity],
    step: int,
    problem: ProjectionProblem | None = None,
    projection: Projection | None = None,
) -> dict[str, Any]:
    """Describe the picture at one step.

    What comes later is described from the second step on already, marked as not shown yet: so
    the words keep their places when it appears.

    Args:
        pair: The pair; the target sentence is left out at the first step.
        entities: Of the source sentence, in order.
        step: 1 to 4.
        problem: What is projected; needed from the second step on.
        projection: Its solution; needed from the second step on.

    Returns:
        `step`; `source` and `target`, each with `title, lang, dir, words`, the target None at
        the first step; `entities`, each with `start, end, label, letter, colour, says`; `links`
        as `[source word, target word, entity or None]`; `candidates`, each with `entity, start,
        end, row, letter, colour, score, chosen, says`. Candidates of one row share no word.
    """
    view = {
        "step": step,
        "source": _side("Source", pair.source),
        "target": None,
        "entities": [
            {
                "start": entity.span.start,
                "end": entity.span.end,
                "label": entity.label,
                "letter": letter(index),
                "colour": label_colour(entity.label),
                "says": f"{letter(index)}: {quoted(pair.source.surface(entity.span))}, {entity.label}",
            }
            for index, entity in enumerate(entities)
        ],
        "links": [],
        "candidates": [],
    }
    if step == SOURCE or problem is None or projection is None:
        return view
    owner = {word: index for index, entity in enumerate(entities) for word in _words(entity.span)}
    shown = best_candidates(problem, projection)
    return view | {
        "target": _side("Target", pair.target),
        "links": [[i, j, owner.get(i)] for i, j in problem.alignment.links],
        "candidates": [
            {
                "entity": each.entity,
                "start": each.span.start,
                "end": each.span.end,
                "row": row,
                "letter": letter(each.entity),
                "colour": label_colour(entities[each.entity].label),
                "score": "" if each.score is None else f"{each.score:.2f}",
                "chosen": each.chosen,
                "says": _says(pair, entities, each, step),
            }
            for each, row in zip(shown, _rows(shown), strict=True)
        ],
    }


def _says(pair: SentencePair, entities: Sequence[Entity], candidate: Candidate, step: int) -> str:
    entity = entities[candidate.entity]
    says = [
        quoted(pair.target.surface(candidate.span)),
        f"candidate of {letter(candidate.entity)}, {quoted(pair.source.surface(entity.span))}",
        "" if candidate.score is None else f"score {candidate.score:.2f}",
        "" if step < CHOOSE else "chosen" if candidate.chosen else "not chosen",
    ]
    return " · ".join(filter(None, says))


def _side(role: str, sentence: Sentence) -> dict[str, Any]:
    return {
        "title": f"{role} · {language_name(sentence.lang)}",
        "lang": sentence.lang,
        "dir": direction(sentence.lang),
        "words": [visible(word) for word in sentence.words],
    }


def _words(span: Span) -> range:
    return range(span.start, span.end)


def _rows(candidates: Sequence[Candidate]) -> Iterator[int]:
    """A row for each candidate: the first one where no other is in its way, best candidates first."""
    rank: dict[int, int] = {}
    order = []
    for index, each in enumerate(candidates):
        rank[each.entity] = rank.get(each.entity, -1) + 1
        order.append((rank[each.entity], each.entity, index))
    rows: list[list[Span]] = []
    found: dict[int, int] = {}
    for _, _, index in sorted(order):
        span = candidates[index].span
        free = (row for row, taken in enumerate(rows) if not any(span.overlaps(other) for other in taken))
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(span)
        found[index] = row
    return (found[index] for index in range(len(candidates)))
