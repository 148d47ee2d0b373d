"""Candidate recall: how many gold entities a projector could find at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xner_core.types import Entity, Span


def candidate_recall(
    gold: Sequence[Collection[Entity]],
    candidates: Sequence[Collection[Span]],
    labels: Collection[str] | None = None,
) -> float:
    """Share of the gold spans that are among the candidates, whatever their label.

    No projector that chooses among the candidates has a higher recall. The
    heuristic does not: it merges ranges of linked words.

    Args:
        gold: Gold entities of each sentence.
        candidates: Candidates of each sentence.
        labels: The labels of the gold entities that count; all where None.

    Returns:
        The share, in [0, 1]; 0 where there is no gold entity.
    """
    found = total = 0
    for entities, spans in zip(gold, candidates, strict=True):
        known = set(spans)
        counted = [entity.span in known for entity in entities if labels is None or entity.label in labels]
        found += sum(counted)
        total += len(counted)
    return found / total if total else 0.0
