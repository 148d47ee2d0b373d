"""Training a tagger on tagged sentences, from any encoder."""

from xner_core.ner.training.config import TaggerTrainingConfig
from xner_core.ner.training.train import Trained, train
from xner_core.ner.training.trainer import Score

__all__ = ["Score", "TaggerTrainingConfig", "Trained", "train"]
