"""The taggers that `xner train-ner` made on this machine."""

from __future__ import annotations

from xner_core.pretrained.trained_models import TrainedModels

TAGGERS = TrainedModels("taggers", record="xner-tagger.json")
