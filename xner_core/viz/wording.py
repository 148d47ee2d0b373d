"""What a projection did, said in plain words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xner_core.types import (
    Entity,
    Link,
    LinkState,
    Projection,
    ProjectionProblem,
    Sentence,
    SentencePair,
    WordAlignment,
)
from xner_core.viz.comparison import Comparison
from xner_core.viz.text import quoted
from xner_core.viz.verdicts import count
from xner_core.viz.word_numbers import Rival, WordNumbers, percent
from xner_core.viz.words import gold_kind

_EQUAL = 1e-9
_REASONS = {
    "no link": "none of its words has a link",
    "no candidate": "its links lead to no candidate with a score",
    "below threshold": "all its scores are below the threshold",
    "too short": "the linked words are too few for its length",
    "overlap": "all its candidates share a word with another match",
    "infeasible": "not all entities can be projected as often as they must, and strict asks for all or none",
}
_STATES: dict[LinkState, str] = {"none": "no link", "sure": "link", "possible": "possible link"}

_AGREEMENT = {
    (True, True): "Both directions agree",
    (True, False): "Only forward agrees",
    (False, True): "Only backward agrees",
    (False, False): "Neither direction agrees",
}


def summary(problem: ProjectionProblem, projection: Projection, name: str) -> str:
    """How many entities were projected, and how good that is known to be."""
    n_entities = len(problem.source_entities)
    if not n_entities:
        return "The source sentence has no entities, so there is nothing to project."
    done = n_entities - len(projection.unprojected)
    return (
        f"{name} projects {done} of {n_entities} {_plural('entity', n_entities)}; "
        f"total score {projection.objective:.2f} ({_proof(projection)})."
        + (
            ""
            if projection.tie_rule_proven
            else " Others may have the same total; the tie rule was not settled."
        )
    )


def total(projection: Projection, name: str) -> str:
    """The total score, and how good it is known to be, in short."""
    return f"{name}: {projection.objective:.2f} in total; {_proof(projection)}."


def chosen(pair: SentencePair, problem: ProjectionProblem, projection: Projection) -> list[str]:
    """One sentence for each match."""
    return [
        f"“{pair.source.surface(problem.source_entities[m.entity].span)}” → "
        f"“{pair.target.surface(m.target.span)}” {m.target.label}"
        + ("" if m.score is None else f", score {m.score:.2f}")
        + "."
        for m in projection.matches
    ]


def unprojected(pair: SentencePair, problem: ProjectionProblem, projection: Projection) -> list[str]:
    """One sentence for each entity that was not projected."""
    return [
        f"“{pair.source.surface(problem.source_entities[u.entity].span)}” "
        f"({problem.source_entities[u.entity].label}) is not projected: {_REASONS[u.reason]}."
        for u in projection.unprojected
    ]


def against_gold(pair: SentencePair, projection: Projection) -> list[str]:
    """How the projected entities compare to gold; nothing where there is no gold."""
    gold, predicted = pair.target.entities, projection.target_entities
    if gold is None:
        return []
    if not gold and not predicted:
        return ["Rightly, nothing is tagged in the translation."]
    verdicts = {kind: n for kind, n in count(gold, predicted).items() if n}
    return ["Against gold: " + ", ".join(f"{n} {kind}" for kind, n in verdicts.items()) + "."]


def note(pair: SentencePair) -> list[str]:
    """The corpus's own remark on the pair, if there is one."""
    return [f"What is hard here: {pair.note}"] if pair.note else []


def unmet(pair: SentencePair, problem: ProjectionProblem, projection: Projection) -> list[str]:
    """One sentence for each entity that lacks projections it must have."""
    return [
        f"“{pair.source.surface(problem.source_entities[u.entity].span)}” lacks {u.missing} of the "
        "projections that the constraint asks for."
        for u in projection.unmet
    ]


def margin(
    pair: SentencePair,
    best: Sequence[Entity],
    next_best: Sequence[Entity] | None,
    regret: float = 0.0,
    missing: int = 0,
) -> str:
    """How far the best matching is ahead of the next one.

    Args:
        pair: The pair.
        best: The best one's target entities.
        next_best: The next one's; None where there is none.
        regret: By how much the next one's total is smaller.
        missing: How many more required projections it misses.
    """
    if next_best is None:
        return "There is no other matching."
    gone = listed(pair, [entity for entity in best if entity not in next_best])
    come = listed(pair, [entity for entity in next_best if entity not in best])
    instead = f"has {come} instead of {gone}"
    if come == gone:  # both nothing
        instead = "shares the same targets out differently"
    if missing:
        return f"Any other matching misses more projections; the next best {instead}."
    if abs(regret) <= _EQUAL:
        return f"A tie: another matching with the same total {instead}. The tie rule decided."
    return f"Margin {regret:.2f}: the next best matching {instead}."


def cell(
    pair: SentencePair,
    problem: ProjectionProblem,
    selected: tuple[int, int] | None,
    numbers: WordNumbers | None = None,
    compared: Comparison | None = None,
    found: WordAlignment | None = None,
) -> list[str]:
    """What is known of the two words of a cell or link, one line for each idea.

    The browser says the same of what is pointed at: numbers.js.

    Args:
        pair: The pair.
        problem: Its links, as a person changed them.
        selected: The two words.
        numbers: Of all pairs of words; None where the links came without similarities.
        compared: With another alignment.
        found: The links before a person changed them; those of the problem where None.
    """
    if selected is None:
        return [
            "Select two words to read about them. A click changes their link too; "
            "the arrows and Enter only select."
        ]
    source, target = selected
    words = _word(pair.source, source), _word(pair.target, target)
    gold = gold_kind(pair, selected)
    lines = [
        f"{words[0]} and {words[1]}: {_linked(problem, selected, compared)}"
        + (f"; {gold} gold link." if gold else ".")
    ]
    before = problem.alignment.state(selected) if found is None else found.state(selected)
    if before != problem.alignment.state(selected):
        lines.append(f"Changed by hand; the aligner says: {_STATES[before]}.")
    if numbers is not None:
        lines += _numbers(pair, numbers, source, target)
    return lines


def _numbers(pair: SentencePair, numbers: WordNumbers, source: int, target: int) -> list[str]:
    similarity, forward, backward = numbers.of_cell(source, target)
    row, column = numbers.row_rival(source, target), numbers.column_rival(source, target)
    rivals = [rival.similarity for rival in (row, column) if rival]
    margin = f", margin {(similarity - max(rivals)) / 1000:+.3f}" if rivals else ""
    agrees = (row is None or not row.ahead, column is None or not column.ahead)
    undecided = percent(np.array([numbers.source_entropy[source], numbers.target_entropy[target]]))
    return [
        f"Similarity {similarity / 1000:.3f}{margin}; "
        f"forward probability {forward / 100:.2f}, backward {backward / 100:.2f}.",
        f"Row: {_rival(pair.target, row)}. Column: {_rival(pair.source, column)}. {_AGREEMENT[agrees]}.",
        f"Undecided: {quoted(pair.source.words[source])} {undecided[0] / 100:.2f} of 1, "
        f"{quoted(pair.target.words[target])} {undecided[1] / 100:.2f} of 1.",
    ]


def compared_links(compared: Comparison) -> str:
    """How many links two alignments share, and how many only one of them has."""
    has = [who for _, who in compared.links()]
    both, first, second = (has.count(who) for who in ("both", "first", "second"))
    one, other = compared.names
    count = f"{both} {'link' if both == 1 else 'links'} in both"
    if not first and not second:
        return f"{count}: {one} and {other} link the same words."
    return f"{count}, {first} only by {one}, {second} only by {other}."


def _linked(problem: ProjectionProblem, link: Link, compared: Comparison | None) -> str:
    state = problem.alignment.state(link)
    if state == "none" and compared is not None:
        state = compared.second.state(link)
    if state == "none":
        return "not linked"
    linked = "linked" if state == "sure" else "linked as possible"
    has = compared.who(link) if compared else None
    if compared is None or has is None:
        return linked
    one, other = compared.names
    who = {"both": f"{one} and {other}", "first": f"{one} only", "second": f"{other} only"}
    return f"{linked} by {who[has]}"


def _word(sentence: Sentence, index: int) -> str:
    return f"{quoted(sentence.words[index])} ({index})"


def _rival(sentence: Sentence, rival: Rival | None) -> str:
    if rival is None:
        return "no other word"
    place = "best" if rival.ahead else "runner-up"
    return f"{place} {_word(sentence, rival.word)} {rival.similarity / 1000:.3f}"


def _proof(projection: Projection) -> str:
    return {
        "optimal": "no matching has a larger total",
        "relaxed": "no matching that misses as few projections has a larger total",
        "infeasible": "the constraint cannot be met",
        "feasible": f"at most {projection.upper_bound:.2f} is possible"
        if projection.upper_bound is not None
        else "not proven best",
        "heuristic": "the heuristic does not look at scores",
    }[projection.status]


def listed(pair: SentencePair, entities: Sequence[Entity]) -> str:
    """Target entities with their labels."""
    return ", ".join(f"“{pair.target.surface(e.span)}” {e.label}" for e in entities) or "nothing"


def _plural(noun: str, n: int) -> str:
    return noun if n == 1 else noun.removesuffix("y") + "ies"
