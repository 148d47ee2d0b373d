"""Entity-level F1: an entity counts where both its span and its label are right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from xner_core.tags import encode
from xner_core.types import Entity

MODE = "strict IOB2 (seqeval)"


@dataclass(frozen=True, slots=True)
class LabelScores:
    """Figures of one label.

    Attributes:
        f1: Harmonic mean of precision and recall, in [0, 1]; 0 where there is nothing to score.
        precision: Share of the predicted entities that are right.
        recall: Share of the gold entities that were found.
        support: Number of gold entities.
    """

    f1: float
    precision: float
    recall: float
    support: int


@dataclass(frozen=True, slots=True)
class EntityScores(LabelScores):
    """Micro-averaged figures over all labels, and each label's own.

    Attributes:
        per_label: Label → its figures, sorted by label.
        mode: How an entity was counted.
    """

    per_label: dict[str, LabelScores]
    mode: str = MODE


def score_entities(
    gold: Sequence[Collection[Entity]],
    predicted: Sequence[Collection[Entity]],
    n_words: Sequence[int],
    labels: Collection[str] | None = None,
) -> EntityScores:
    """Compare entities sentence by sentence with seqeval in strict IOB2 mode.

    Args:
        gold: Gold entities of each sentence; they share no word.
        predicted: Predicted entities of each sentence; they share no word.
        n_words: Number of words of each sentence.
        labels: The labels that count, on both sides; all where None.
    """
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    def tags(sentences: Sequence[Collection[Entity]]) -> list[list[str]]:
        return [
            encode([e for e in entities if labels is None or e.label in labels], n)
            for entities, n in zip(sentences, n_words, strict=True)
        ]

    gold_tags, predicted_tags = tags(gold), tags(predicted)
    if not any(tag != "O" for sentence in gold_tags + predicted_tags for tag in sentence):
        return EntityScores(0.0, 0.0, 0.0, 0, {})
    report = classification_report(
        gold_tags, predicted_tags, output_dict=True, mode="strict", scheme=IOB2, zero_division=0
    )
    averages = {"micro avg", "macro avg", "weighted avg"}
    per_label = {label: _figures(row) for label, row in sorted(report.items()) if label not in averages}
    micro = _figures(report["micro avg"])
    return EntityScores(micro.f1, micro.precision, micro.recall, micro.support, per_label)


def _figures(row: dict[str, float]) -> LabelScores:
    return LabelScores(
        float(row["f1-score"]), float(row["precision"]), float(row["recall"]), int(row["support"])
    )
