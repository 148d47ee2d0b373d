"""The data of the candidate panel: scores and their parts, what each costs, and why it was chosen or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from xner_core.languages import direction
from xner_core.types import Match, ProjectionProblem, ScorePart, SentencePair, Span
from xner_core.viz.glossary import TERMS
from xner_core.viz.palette import label_colour
from xner_core.viz.text import quoted, visible

MOST_PER_ENTITY = 12
"""Candidates shown of one entity; scores that need no link give every n-gram some score."""
MOST_OF_ALL = 300
"""Candidates shown of an entity of which all are asked for: more make the page slow."""

Regret = Callable[[int, int], "float | None"]
"""How much the largest total falls if a candidate is forced: (entity, candidate) → points, or None where
the constraint leaves the entity no match."""


class Reasoned(Protocol):
    """A candidate seen from one source entity; `projection.reasons` says what each means."""

    @property
    def entity(self) -> int: ...  # noqa: D102
    @property
    def candidate(self) -> Span: ...  # noqa: D102
    @property
    def index(self) -> int | None: ...  # noqa: D102
    @property
    def score(self) -> float | None: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def blocker(self) -> Match | None: ...  # noqa: D102
    @property
    def difference(self) -> float: ...  # noqa: D102


_Place = tuple[int, Span]


def candidate_view(
    pair: SentencePair,
    problem: ProjectionProblem,
    reasoned: Mapping[str, Sequence[Reasoned]],
    regret: Regret,
    *,
    everything_of: int | None = None,
) -> dict[str, Any]:
    """Describe the candidates, by source entity and the best first.

    Args:
        pair: The sentence pair.
        problem: Its problem.
        reasoned: The explained candidates by the projector's name for the reader; the first one's
            choice is marked.
        regret: Of a source entity and a candidate of the problem.
        everything_of: A source entity of which more than the best candidates are listed.

    Returns:
        `caption`, `parts` and `columns` (each with `name` and `help`), `entities`: each with `entity`
        (its index), `text, label, colour, lang, dir`, `more` (how many candidates with a score are
        not listed), `least` (whether fewer can be listed) and `rows`; a row has `rank` (empty
        without a score), `text`, `words`, `score`, `parts`, `regret` (None where there is none),
        `chosen` (names of projectors), `marked`, `why` (reason → projectors that give it) and `adds`,
        what the parts add up to, in words.
    """
    by_place: dict[str, dict[_Place, Reasoned]] = {
        name: {(each.entity, each.candidate): each for each in several} for name, several in reasoned.items()
    }
    # What another projector chose is listed too, though it may have no score.
    listed = {place: each for places in reversed(by_place.values()) for place, each in places.items()}
    ranked: dict[int, list[Reasoned]] = {entity: [] for entity in range(len(problem.source_entities))}
    for each in sorted(listed.values(), key=lambda one: (-(one.score or 0.0), one.candidate)):
        ranked[each.entity].append(each)
    entities = [
        _entity(pair, problem, by_place, regret, entity, several, everything_of == entity)
        for entity, several in ranked.items()
        if several
    ]
    n_scored = sum(bool(each.score) for each in listed.values())
    return {
        "caption": f"{n_scored:,} {'candidate has' if n_scored == 1 else 'candidates have'} a score",
        "lang": pair.target.lang,
        "dir": direction(pair.target.lang),
        "parts": [{"name": name, "help": _part_help(name, part)} for name, part in _parts(problem).items()],
        "help": {
            "rank": "The place among this entity's candidates, by score.",
            "candidate": TERMS["target candidate"],
            "words": "Words of the translation from–to, counted from 0.",
            "score": TERMS["matching score"],
            "regret": TERMS["regret"],
            "chosen": "The projectors that chose it.",
            "why": "Why it was chosen, or not, by each projector that is shown.",
        },
        "entities": entities,
    }


def _entity(
    pair: SentencePair,
    problem: ProjectionProblem,
    by_place: Mapping[str, Mapping[_Place, Reasoned]],
    regret: Regret,
    entity: int,
    ranked: Sequence[Reasoned],
    everything: bool,
) -> dict[str, Any]:
    source = problem.source_entities[entity]
    most = MOST_OF_ALL if everything else MOST_PER_ENTITY
    rows = []
    for rank, each in enumerate(ranked, start=1):
        explained = {name: places.get((entity, each.candidate)) for name, places in by_place.items()}
        if rank <= most or any(map(_is_chosen, explained.values())):
            rows.append(_row(pair, problem, explained, regret, each, rank))
    return {
        "entity": entity,
        "text": " ".join(visible(word) for word in pair.source.words[source.span.start : source.span.end]),
        "label": source.label,
        "colour": label_colour(source.label),
        "lang": pair.source.lang,
        "dir": direction(pair.source.lang),
        "more": len(ranked) - len(rows),
        "least": everything,
        "rows": rows,
    }


def _row(
    pair: SentencePair,
    problem: ProjectionProblem,
    explained: Mapping[str, Reasoned | None],
    regret: Regret,
    each: Reasoned,
    rank: int,
) -> dict[str, Any]:
    span, entity, index = each.candidate, each.entity, each.index
    cost = None if index is None else regret(entity, index)
    why: dict[str, list[str]] = {}
    for name, found in explained.items():
        why.setdefault(_why(found, pair, problem), []).append(name)
    parts = {} if index is None else _parts(problem)
    return {
        "rank": rank if each.score else None,
        "text": " ".join(visible(word) for word in pair.target.words[span.start : span.end]),
        "words": str(span.start) if len(span) == 1 else f"{span.start}–{span.end - 1}",
        "score": None if each.score is None else round(each.score, 4),
        "parts": [round(float(part.contribution[entity, index]), 4) for part in parts.values()],
        "adds": [_adds(name, part, float(part.raw[entity, index])) for name, part in parts.items()],
        "regret": None if cost is None else abs(round(cost, 4)),
        "chosen": [name for name, found in explained.items() if _is_chosen(found)],
        "marked": _is_chosen(next(iter(explained.values()), None)),
        "why": list(why.items()),
    }


def _parts(problem: ProjectionProblem) -> dict[str, ScorePart]:
    """The parts worth a column: of a score with one part the sum says it all."""
    parts = problem.scores.parts
    return dict(parts) if len(parts) > 1 else {}


def _part_help(name: str, part: ScorePart) -> str:
    least = f", where that is at least {part.threshold:g}" if part.threshold else ""
    return f"What {name} adds: {part.weight:g} × its score{least}."


def _adds(name: str, part: ScorePart, raw: float) -> str:
    if raw and raw < part.threshold:
        return f"{name}: {raw:.3f} is below its threshold {part.threshold:g} and counts as 0"
    return f"{name}: {part.weight:g} × {raw:.3f} = {part.weight * raw:.3f}"


def _is_chosen(reasoned: Reasoned | None) -> bool:
    return reasoned is not None and reasoned.reason == "chosen"


def _why(reasoned: Reasoned | None, pair: SentencePair, problem: ProjectionProblem) -> str:
    if reasoned is None:
        return "no score"
    if reasoned.blocker is None:
        return reasoned.reason
    blocker = quoted(pair.target.surface(reasoned.blocker.target.span))
    if reasoned.reason == "overlap":
        owner = quoted(pair.source.surface(problem.source_entities[reasoned.blocker.entity].span))
        return f"overlaps {blocker}, chosen for {owner}"
    if reasoned.reason == "tie":
        return f"ties with {blocker}, which the tie rule prefers"
    if reasoned.reason == "worse":
        return f"{reasoned.difference:.2f} less than {blocker}"
    return f"more than {blocker}, which was chosen"
