"""Figures: what was predicted against gold."""

from xner_core.evaluation.alignment import AlignmentScores, score_alignment
from xner_core.evaluation.candidates import candidate_recall
from xner_core.evaluation.entities import EntityScores, LabelScores, score_entities

__all__ = [
    "AlignmentScores",
    "EntityScores",
    "LabelScores",
    "candidate_recall",
    "score_alignment",
    "score_entities",
]
