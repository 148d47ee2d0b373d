"""The figures of a run, from its rows alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from xner_core.evaluation import score_entities
from xner_core.evaluation.entities import MODE
from xner_core.runs.rows import Row, entities_of


def figures(rows: Sequence[Row], labels: Collection[str] | None = None) -> dict[str, Any]:
    """Score projected entities against gold, over all rows and language by language.

    Args:
        rows: As in a run's Parquet file; those without gold target entities do not count.
        labels: Only entities with these labels count; all where None.

    Returns:
        `mode, labels, n_sentences, n_scored, overall, per_language`. A score has `n_sentences, f1,
        precision, recall, support, per_label, candidate_recall` (None where there were no
        candidates). `overall` is None where no row has gold entities.
    """
    scored = [row for row in rows if row["gold_entities"] is not None]
    languages = dict.fromkeys(row["target_lang"] for row in scored)
    return {
        "mode": MODE,
        "labels": None if labels is None else sorted(labels),
        "n_sentences": len(rows),
        "n_scored": len(scored),
        "overall": _scores(scored, labels) if scored else None,
        "per_language": {
            lang: _scores([row for row in scored if row["target_lang"] == lang], labels) for lang in languages
        },
    }


def _scores(rows: Sequence[Row], labels: Collection[str] | None) -> dict[str, Any]:
    gold = [entities_of(row["gold_entities"]) for row in rows]
    predicted = [entities_of(row["target_entities"]) for row in rows]
    scores = asdict(score_entities(gold, predicted, [len(row["target_words"] or ()) for row in rows], labels))
    scores.pop("mode")
    return {"n_sentences": len(rows), **scores, "candidate_recall": _candidate_recall(rows, labels)}


def _candidate_recall(rows: Sequence[Row], labels: Collection[str] | None) -> float | None:
    found = [
        is_candidate
        for row in rows
        if row["gold_among_candidates"] is not None
        for entity, is_candidate in zip(row["gold_entities"], row["gold_among_candidates"], strict=True)
        if labels is None or entity["label"] in labels
    ]
    return sum(found) / len(found) if found else None
