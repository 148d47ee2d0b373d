"""Taggers that were trained here, by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.tiny import save_tagger
from xner_core.config import Choice
from xner_core.errors import ModelUnavailableError
from xner_core.ner.trained import TAGGERS
from xner_core.types import Sentence, SentencePair

SENTENCES = [Sentence(("ada", "lebt", "in", "bonn", "."), "de"), Sentence(("der", "see"), "de")]
PAIR = SentencePair("1", Sentence(("a",), "en"), SENTENCES[0])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    return save_tagger(tmp_path / "mine")


def _note(folder: str) -> None:
    TAGGERS.write_record(Path(folder), {})
    TAGGERS.note(Path(folder))


def test_it_is_the_model_of_its_folder(folder: str) -> None:
    _note(folder)
    named, by_folder = (Choice(name=name).build("ner") for name in ("trained:mine", f"transformers:{folder}"))
    assert named.tag(SENTENCES) == by_folder.tag(SENTENCES)
    assert named.model_ids == (folder,)
    target, by_folder = (
        Choice(name=name).build("target_ner") for name in ("trained:mine", f"transformers:{folder}")
    )
    (found,), (expected,) = target.probabilities([PAIR]), by_folder.probabilities([PAIR])
    np.testing.assert_array_equal(found.values, expected.values)
    assert named.files == target.files == (Path(folder),)


@pytest.mark.parametrize("kind", ["ner", "target_ner"])
def test_a_name_that_no_model_has(folder: str, kind: str) -> None:
    built = Choice(name="trained:other").build(kind)
    work = built.tag if kind == "ner" else built.probabilities
    given = SENTENCES if kind == "ner" else [PAIR]
    with pytest.raises(ModelUnavailableError, match="no trained tagger called 'other'") as raised:
        work(given)
    assert "xner train-ner" in str(raised.value.hint)
    _note(folder)
    with pytest.raises(ModelUnavailableError) as raised:
        work(given)
    assert raised.value.hint == "Choose from mine"
