"""Trained encoders by name: their layer, and names that no model has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import tiny
from xner_core.alignment.pretrained_encoder import PretrainedEncoderAligner, PretrainedEncoderConfig
from xner_core.alignment.trained import note_trained, write_record
from xner_core.config import Choice
from xner_core.errors import ModelUnavailableError
from xner_core.types import Sentence, SentencePair

PAIR = SentencePair("a", Sentence(("Ada", "lives"), "en"), Sentence(("Ada", "lebt"), "de"))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))


def test_it_is_the_encoder_of_its_folder_at_the_layer_that_was_trained(tmp_path: Path) -> None:
    folder = tiny.save_tagger(tmp_path / "mine")
    write_record(Path(folder), {"layer": 2})
    note_trained(Path(folder))
    aligner = Choice(name="trained:mine").build("aligner")
    (found,) = aligner.compare([PAIR])
    config = PretrainedEncoderConfig(model=folder, layer=2)
    (expected,) = PretrainedEncoderAligner(config).compare([PAIR])
    np.testing.assert_array_equal(found.values, expected.values)
    assert aligner.model_id.startswith(f"mine ({folder}) in ")


def test_a_name_that_no_model_has(tmp_path: Path) -> None:
    aligner = Choice(name="trained:mine").build("aligner")
    with pytest.raises(ModelUnavailableError, match="no trained aligner called 'mine'") as raised:
        aligner.load()
    assert "xner train-aligner" in str(raised.value.hint)
    write_record(Path(tiny.save_tagger(tmp_path / "other")), {"layer": 1})
    note_trained(tmp_path / "other")
    with pytest.raises(ModelUnavailableError) as raised:
        aligner.load()
    assert raised.value.hint == "Choose from other"
