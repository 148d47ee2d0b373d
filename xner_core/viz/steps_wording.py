"""What the walk says at each step, for a reader who has never seen an alignment."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.types import Entity, Match, Projection, ProjectionProblem, SentencePair, Span
from xner_core.viz.steps import best_candidates, letter
from xner_core.viz.text import quoted

TITLES = ("Source", "Align", "Candidates", "Choose")
QUESTIONS = (
    "Which names are in the source sentence?",
    "Which words mean the same?",
    "What could each name have become?",
    "Which candidates fit together best?",
)
EXPLANATIONS = (
    "An entity is a name: of a person (PER), an organisation (ORG), a place (LOC), a date (DATE), or another "
    "one (MISC). Everything that follows starts from the entities of the source sentence.",
    "Each word is compared with all words of the other sentence, by what they mean where they stand; those "
    "that fit best are linked. The links of an entity tell where to look for it in the translation.",
    "A candidate is a run of words of the translation that an entity may have become. Its score says how "
    "well it suits the entity: it is high where many links lead into the run and few of its words are "
    "without one.",
    "Each entity gets at most one candidate, and no two share a word. Of all ways to choose, the one with "
    "the largest total score is taken.",
)
_NO_TARGET = {
    "no link": "none of its words has a link",
    "no candidate": "its links lead to no candidate",
    "below threshold": "all its scores are too low",
    "too short": "too few of its words are linked",
    "overlap": "other entities took the words of all its candidates",
    "infeasible": "not all entities can be projected",
}
_TIE_RULE = "that stands as far into its sentence as the name does, then the longer one"
_EQUAL = 1e-9


def entities_found(entities: Sequence[Entity], origin: str) -> str:
    """How many entities there are, and who marked them.

    Args:
        entities: Of the source sentence.
        origin: Who marked them, as in "by hand".
    """
    n = len(entities)
    return f"{n} {'entity' if n == 1 else 'entities'}, marked {origin}." if n else ""


def links_of_entities(
    pair: SentencePair, entities: Sequence[Entity], problem: ProjectionProblem
) -> list[str]:
    """One sentence for each entity: where its links lead."""
    says = []
    for index, entity in enumerate(entities):
        reached = sorted({j for i, j in problem.alignment.links if entity.span.start <= i < entity.span.end})
        words = ", ".join(quoted(pair.target.words[j]) for j in reached)
        there = (
            f"is linked with {words}" if words else "has no link: nothing of it was found in the translation"
        )
        says.append(f"{_named(pair, entities, index)} {there}.")
    return says


def links_between(problem: ProjectionProblem, entity: Entity, span: Span) -> int:
    """Number of links between the words of an entity and those of a candidate."""
    return sum(
        entity.span.start <= i < entity.span.end and span.start <= j < span.end
        for i, j in problem.alignment.links
    )


def score_in_words(problem: ProjectionProblem, entity: Entity, span: Span) -> str:
    """How the score by links comes about: `2 × 1 link ÷ (1 + 2 words)`."""
    n = links_between(problem, entity, span)
    return f"2 × {n} {'link' if n == 1 else 'links'} ÷ ({len(entity.span)} + {len(span)} words)"


def candidate_rows(
    pair: SentencePair, problem: ProjectionProblem, projection: Projection, *, chosen: bool
) -> list[dict[str, object]]:
    """The table behind the picture: the best candidates of each entity.

    Args:
        pair: The pair.
        problem: What is projected, scored by links alone.
        projection: Its solution.
        chosen: Whether to say which ones were chosen.

    Returns:
        Rows with `Entity`, `Candidate`, `Score`, `How it comes about` and, if asked for, `Chosen`.
    """
    rows = []
    for each in best_candidates(problem, projection):
        entity = problem.source_entities[each.entity]
        row: dict[str, object] = {
            "Entity": f"{letter(each.entity)} · {pair.source.surface(entity.span)}",
            "Candidate": pair.target.surface(each.span),
            "Score": each.score,
            "How it comes about": score_in_words(problem, entity, each.span),
        }
        rows.append(row | ({"Chosen": "✓ chosen" if each.chosen else ""} if chosen else {}))
    return rows


def without_candidates(pair: SentencePair, problem: ProjectionProblem) -> list[str]:
    """One sentence for each entity that has no candidate at all."""
    return [
        f"{_named(pair, problem.source_entities, index)} has no candidate: no link leads from it to the "
        "translation."
        for index in range(len(problem.source_entities))
        if not (problem.scores.values[index] > 0).any()
    ]


def choices(pair: SentencePair, problem: ProjectionProblem, projection: Projection) -> list[str]:
    """One sentence for each entity: what it became and why, or why it became nothing."""
    entities = problem.source_entities
    says = []
    for index in range(len(entities)):
        own = [match for match in projection.matches if match.entity == index]
        name = _named(pair, entities, index)
        for match in own:
            chosen = quoted(pair.target.surface(match.target.span))
            says.append(f"{name} becomes {chosen}: {_why(pair, problem, projection, match)}.")
        if not own:
            reason = next((u.reason for u in projection.unprojected if u.entity == index), "no candidate")
            says.append(f"{name} is left out: {_NO_TARGET[reason]}.")
    return says


def _why(pair: SentencePair, problem: ProjectionProblem, projection: Projection, match: Match) -> str:
    """Why a candidate was chosen, seen from the best of its rivals."""
    values = problem.scores.values[match.entity].tolist()
    scores = dict(zip(problem.candidates, values, strict=True))
    own = scores.pop(match.target.span, 0.0)
    rivals = {span: score for span, score in scores.items() if score > 0}
    if not rivals:
        return f"its only candidate, score {own:.2f}"
    best = min(rivals, key=lambda span: (-rivals[span], span))
    rival, score = quoted(pair.target.surface(best)), rivals[best]
    if own > score + _EQUAL:
        return f"its best candidate, score {own:.2f}; the next one, {rival}, has {score:.2f}"
    taken = [
        m.entity for m in projection.matches if m.entity != match.entity and m.target.span.overlaps(best)
    ]
    if taken:
        return f"score {own:.2f}; {rival} has {score:.2f}, but {letter(taken[0])} takes a word of it"
    return f"score {own:.2f}, as has {rival}; of equals the one is taken {_TIE_RULE}"


def total(
    pair: SentencePair,
    problem: ProjectionProblem,
    projection: Projection,
    second: Sequence[tuple[int, int]] | None,
    regret: float,
) -> str:
    """The total score, and what would be chosen if just that could not be had.

    Args:
        pair: The pair.
        problem: What is projected.
        projection: What was chosen.
        second: The second best choice, as indices of entities and candidates; None where there is none.
        regret: How much less that has in total.
    """
    says = f"Total score {projection.objective:.2f}"
    if second is None:
        return f"{says}; nothing else could be chosen."
    chosen = {match.entity: match.target.span for match in projection.matches}
    others = {entity: problem.candidates[candidate] for entity, candidate in second}
    changes = [
        f"{letter(entity)} would be {_or_nothing(pair, others.get(entity))} instead of "
        f"{_or_nothing(pair, chosen.get(entity))}"
        for entity in range(len(problem.source_entities))
        if chosen.get(entity) != others.get(entity)
    ]
    gap = "has the same total" if abs(regret) <= _EQUAL else f"has {regret:.2f} less"
    return f"{says}. The second best choice {gap}: {', '.join(changes)}."


def _or_nothing(pair: SentencePair, span: Span | None) -> str:
    return "nothing" if span is None else quoted(pair.target.surface(span))


def _named(pair: SentencePair, entities: Sequence[Entity], index: int) -> str:
    entity = entities[index]
    return f"{letter(index)} {quoted(pair.source.surface(entity.span))} ({entity.label})"
