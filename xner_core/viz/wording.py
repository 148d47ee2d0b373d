"""What a projection did, said in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.types import Match, Projection, ProjectionProblem, SentencePair, Span
from xner_core.viz.verdicts import count

_REASONS = {
    "no link": "none of its words has a link",
    "no candidate": "its links lead to no candidate with a score",
    "too short": "the linked words are too few for its length",
    "overlap": "all its candidates share a word with another match",
}


def summary(problem: ProjectionProblem, projection: Projection, name: str) -> str:
    """How many entities were projected, and how good that is known to be."""
    n_entities = len(problem.source_entities)
    if not n_entities:
        return "The source sentence has no entities, so there is nothing to project."
    done = n_entities - len(projection.unprojected)
    proof = {
        "optimal": "no matching has a larger total",
        "feasible": f"at most {projection.upper_bound:.2f} is possible"
        if projection.upper_bound is not None
        else "not proven best",
        "heuristic": "the heuristic does not look at scores",
    }[projection.status]
    return (
        f"{name} projects {done} of {n_entities} {_plural('entity', n_entities)}; "
        f"total score {projection.objective:.2f} ({proof})."
    )


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


def difference(
    pair: SentencePair, problem: ProjectionProblem, greedy: Projection, ilp: Projection
) -> list[str]:
    """Where greedy and exact matching differ, entity by entity; empty where they agree."""
    if greedy.target_entities == ilp.target_entities:
        return []
    gain = ilp.objective - greedy.objective
    sentences = [
        f"Greedy and ILP differ: ILP's total is {gain:.2f} higher "
        f"({ilp.objective:.2f} instead of {greedy.objective:.2f})."
        if gain > 1e-9
        else f"Greedy and ILP differ, but their totals are equal ({ilp.objective:.2f}): a tie."
    ]
    for index, entity in enumerate(problem.source_entities):
        ours, theirs = (_spans(p.matches, index) for p in (greedy, ilp))
        if ours != theirs:
            sentences.append(
                f"“{pair.source.surface(entity.span)}” ({entity.label}): greedy chooses "
                f"{_named(pair, ours)}, ILP {_named(pair, theirs)}."
            )
    return sentences


def cell(pair: SentencePair, problem: ProjectionProblem, selected: tuple[int, int] | None) -> str:
    """What is known of one cell of the alignment matrix."""
    if selected is None:
        return "Select a cell to read about its two words: click, or move with the arrows and press Enter."
    source, target = selected
    says = f"“{pair.source.words[source]}” ({source}) and “{pair.target.words[target]}” ({target}): "
    similarity = problem.alignment.similarity
    if similarity is not None:
        value = similarity[source, target]
        rank = int((similarity[source] > value).sum()) + 1
        says += f"similarity {value:.2f}, number {rank} of the row; "
    says += "linked" if selected in problem.alignment.links else "not linked"
    if pair.gold_alignment is not None:
        gold = pair.gold_alignment
        kind = "sure" if selected in gold.sure else "possible" if selected in gold.possible else "no"
        says += f"; {kind} gold link"
    return f"{says}."


def _spans(matches: Sequence[Match], entity: int) -> list[Span]:
    return [match.target.span for match in matches if match.entity == entity]


def _named(pair: SentencePair, spans: Sequence[Span]) -> str:
    return " and ".join(f"“{pair.target.surface(span)}”" for span in spans) or "nothing"


def _plural(noun: str, n: int) -> str:
    return noun if n == 1 else noun.removesuffix("y") + "ies"
