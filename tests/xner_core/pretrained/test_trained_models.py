"""Models that were trained on this machine, by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xner_core.pretrained.trained_models import TrainedModels

MODELS = TrainedModels("things", "record.json")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def _model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    MODELS.write_record(folder, {"name": "é"})
    return folder


def test_none_at_first(data: Path) -> None:
    assert MODELS.known() == {}
    assert not data.exists()  # looking leaves nothing behind


def test_a_record_tells_a_model_from_another_folder(tmp_path: Path) -> None:
    folder = _model(tmp_path / "m")
    assert json.loads((folder / "record.json").read_text(encoding="utf-8")) == {"name": "é"}
    assert MODELS.is_one(folder)
    assert not MODELS.is_one(tmp_path)
    assert not TrainedModels("others", "other.json").is_one(folder)


def test_models_are_listed_by_name_and_kind(tmp_path: Path) -> None:
    for name in ("b", "ä model", "a"):
        assert MODELS.note(_model(tmp_path / name)) == name
    assert list(MODELS.known().items()) == [(name, tmp_path / name) for name in ("a", "b", "ä model")]
    assert TrainedModels("others", "record.json").known() == {}


def test_two_models_of_the_same_name(tmp_path: Path) -> None:
    first, second, third = (_model(tmp_path / place / "m") for place in "xyz")
    assert [MODELS.note(folder) for folder in (first, second, third)] == ["m", "m-2", "m-3"]
    assert [MODELS.note(folder) for folder in (first, second)] == ["m", "m-2"]
    assert MODELS.known() == {"m": first, "m-2": second, "m-3": third}


def test_a_model_that_is_gone_is_forgotten_and_its_name_is_free(tmp_path: Path) -> None:
    folder = _model(tmp_path / "x" / "m")
    MODELS.note(folder)
    (folder / "record.json").unlink()
    assert MODELS.known() == {}
    assert MODELS.note(_model(tmp_path / "y" / "m")) == "m"
    assert MODELS.known() == {"m": tmp_path / "y" / "m"}


def test_a_relative_folder_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _model(tmp_path / "m")
    monkeypatch.chdir(tmp_path)
    MODELS.note(Path("m"))
    monkeypatch.chdir("/")
    assert MODELS.known() == {"m": tmp_path / "m"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"folder": 1}', '{"folder": "/no/such"}', "\udc80"])
def test_notes_that_are_none_are_passed_over(tmp_path: Path, data: Path, content: str) -> None:
    MODELS.note(_model(tmp_path / "m"))
    (data / "things" / "odd.json").write_bytes(content.encode(errors="surrogateescape"))
    assert list(MODELS.known()) == ["m"]
