"""A tiny encoder and a tiny tagged corpus to train it on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import tiny
from tests.builders import entity
from xner_core.types import Entity, Sentence


def tiny_encoder(folder: Path) -> str:
    from transformers import AutoModel

    model = AutoModel.from_pretrained(tiny.save_tagger(folder), add_pooling_layer=False)
    for name, parameter in model.encoder.named_parameters():
        if name.endswith("weight") and "LayerNorm" not in name:
            parameter.data *= 0.1
    model.save_pretrained(folder)
    return str(folder)


PERSONS, PLACES, OTHERS = ("ada", "bo", "cy", "dee"), ("x1", "y2", "z3"), ("in", "mit", "und", ".")


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two layers of random weights, small enough that a word remains more than its neighbours."""
    return tiny_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def sentences() -> list[Sentence]:
    """Sentences in which the word alone tells its tag."""
    rng = np.random.default_rng(2)
    found = []
    for _ in range(40):
        words: list[str] = []
        entities: list[Entity] = []
        for _ in range(3):
            words.append(str(rng.choice(OTHERS)))
            names, label = ((PERSONS, "PER"), (PLACES, "LOC"))[rng.integers(2)]
            words.append(str(rng.choice(names)))
            entities.append(entity(len(words) - 1, len(words), label))
        found.append(Sentence(tuple(words), "de", tuple(entities)))
    return found
