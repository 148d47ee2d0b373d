"""Figures: predicted entities against gold ones."""

from xner_core.evaluation.candidates import candidate_recall
from xner_core.evaluation.entities import EntityScores, LabelScores, score_entities

__all__ = ["EntityScores", "LabelScores", "candidate_recall", "score_entities"]
