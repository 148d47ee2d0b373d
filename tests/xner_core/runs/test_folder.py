"""Runs in the data folder are found by what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.errors import ConfigError
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import Manifest, RunFolder, all_runs, find_run, runs_folder

pytestmark = pytest.mark.usefixtures("own_cache")


def _written(run_id: str, started: str) -> RunFolder:
    place = RunFolder(runs_folder() / run_id)
    place.path.mkdir(parents=True)
    place.write(
        Manifest(
            id=run_id,
            config=RunConfig(corpus="demo"),
            key="",
            software="",
            started=started,
            n_sentences=1,
            n_batches=1,
        )
    )
    return place


def test_the_newest_first_and_what_cannot_be_read_left_out() -> None:
    assert all_runs() == []
    _written("old", "2026-01-01T00:00:00+00:00")
    _written("new", "2026-01-02T00:00:00+00:00")
    _written("broken", "2026-01-03T00:00:00+00:00")
    (runs_folder() / "broken" / "manifest.json").write_text("{")
    assert [manifest.id for _, manifest in all_runs()] == ["new", "old"]


def test_by_id_by_its_beginning_or_by_folder(tmp_path: Path) -> None:
    place = _written("german-123", "2026-01-01T00:00:00+00:00")
    _written("german", "2026-01-02T00:00:00+00:00")
    assert find_run("german-1")[0].path == find_run(str(place.path))[0].path == place.path
    assert find_run("german")[1].id == "german"
    with pytest.raises(ConfigError, match="several runs begin so"):
        find_run("germ")
    with pytest.raises(ConfigError, match="there is no such run") as raised:
        find_run(str(tmp_path))
    assert "german-123" in str(raised.value.hint)


def test_a_manifest_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(ConfigError, match="cannot be read") as raised:
        RunFolder(tmp_path).manifest()
    assert str(raised.value.where) == str(tmp_path / "manifest.json")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"), RunFolder(tmp_path / "file" / "run").held():
        pytest.fail("it was held")


def test_it_is_held_only_while_the_work_is_done(tmp_path: Path) -> None:
    place = RunFolder(tmp_path / "run")
    with pytest.raises(ZeroDivisionError), place.held():
        raise ZeroDivisionError
    with place.held():
        pass


def test_a_removed_run_leaves_nothing() -> None:
    place = _written("gone", "2026-01-01T00:00:00+00:00")
    place.remove()
    assert all_runs() == []
    assert not list(runs_folder().parent.glob("*.removed"))
    assert not place.path.exists()
