"""What is known of models that were trained here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xner_core.alignment.trained import RECORD, note_trained, trained_aligners, trained_layer, write_record
from xner_core.errors import ModelUnavailableError


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def _model(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write_record(folder, {"layer": 3})
    return folder


def test_none_at_first(data: Path) -> None:
    assert trained_aligners() == {}
    assert not data.exists()  # looking leaves nothing behind


def test_models_are_listed_by_name(tmp_path: Path) -> None:
    for name in ("b", "ä model", "a"):
        assert note_trained(_model(tmp_path / name)) == name
    assert trained_aligners() == {name: tmp_path / name for name in ("a", "b", "ä model")}
    assert list(trained_aligners()) == ["a", "b", "ä model"]


def test_two_models_of_the_same_name(tmp_path: Path) -> None:
    first, second, third = (_model(tmp_path / place / "m") for place in "xyz")
    assert [note_trained(folder) for folder in (first, second, third)] == ["m", "m-2", "m-3"]
    assert [note_trained(folder) for folder in (first, second)] == ["m", "m-2"]
    assert trained_aligners() == {"m": first, "m-2": second, "m-3": third}


def test_a_model_that_is_gone_is_forgotten_and_its_name_is_free(tmp_path: Path) -> None:
    folder = _model(tmp_path / "x" / "m")
    note_trained(folder)
    (folder / RECORD).unlink()
    assert trained_aligners() == {}
    other = _model(tmp_path / "y" / "m")
    assert note_trained(other) == "m"
    assert trained_aligners() == {"m": other}


def test_a_relative_folder_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _model(tmp_path / "m")
    monkeypatch.chdir(tmp_path)
    note_trained(Path("m"))
    monkeypatch.chdir("/")
    assert trained_aligners() == {"m": tmp_path / "m"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"folder": 1}', '{"folder": "/no/such"}', "\udc80"])
def test_notes_that_are_none_are_passed_over(tmp_path: Path, data: Path, content: str) -> None:
    note_trained(_model(tmp_path / "m"))
    (data / "aligners" / "odd.json").write_bytes(content.encode(errors="surrogateescape"))
    assert list(trained_aligners()) == ["m"]


def test_the_layer(tmp_path: Path) -> None:
    assert trained_layer(_model(tmp_path / "m")) == 3
    assert trained_layer(tmp_path) is None
    assert trained_layer(Path("some/name-on-the-hub")) is None


@pytest.mark.parametrize("content", ["", "{}", '{"layer": -1}', '{"layer": "7"}', '{"layer": 7'])
def test_a_record_that_is_broken(tmp_path: Path, content: str) -> None:
    (tmp_path / RECORD).write_text(content)
    with pytest.raises(ModelUnavailableError, match=RECORD):
        trained_layer(tmp_path)


def test_a_record_needs_a_layer(tmp_path: Path) -> None:
    write_record(tmp_path, {"layer": 0, "name": "é"})
    assert json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))["name"] == "é"
    with pytest.raises(ValueError, match="layer"):
        write_record(tmp_path, {"name": "x"})
