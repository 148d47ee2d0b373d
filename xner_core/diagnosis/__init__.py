"""What went wrong with the entities of a sentence, and which stage it is owed to.

`diagnose(pair, problem, projection, Means.of(config))` needs what one sentence's pipeline left in
memory and calls no tagger and no aligner; `sentence_of(error, pair)` says each of its `errors` in
plain words, and `steps` tells what would be projected were a stage done by gold.
"""

from xner_core.diagnosis.details import Detail
from xner_core.diagnosis.diagnose import Diagnosed, Diagnosis, diagnose
from xner_core.diagnosis.steps import STEPS, Means, Stage, Step, StepName
from xner_core.diagnosis.words import sentence_of

__all__ = [
    "STEPS",
    "Detail",
    "Diagnosed",
    "Diagnosis",
    "Means",
    "Stage",
    "Step",
    "StepName",
    "diagnose",
    "sentence_of",
]
