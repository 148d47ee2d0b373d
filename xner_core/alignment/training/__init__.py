"""Training an encoder to align, on sentence pairs without links (Dou and Neubig 2021, arXiv 2101.08231)."""

from xner_core.alignment.training.config import OBJECTIVES, Objective, TrainingConfig
from xner_core.alignment.training.train import Trained, train

__all__ = ["OBJECTIVES", "Objective", "Trained", "TrainingConfig", "train"]
