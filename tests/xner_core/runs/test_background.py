"""Runs in processes of their own."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from filelock import FileLock

from tests.gold_links import gold_links
from xner_core.corpora import load
from xner_core.errors import ConfigError
from xner_core.runs import background
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import RunFolder
from xner_core.runs.run import place_of, run

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def config(tmp_path: Path) -> RunConfig:
    return RunConfig(corpus="demo:fr", name="French", pipeline=gold_links(tmp_path / "links.txt"), limit=4)


def _wait(place: RunFolder) -> None:
    for _ in range(600):
        if not background.is_starting(place):
            return
        time.sleep(0.1)
    pytest.fail("the run has not ended after a minute")


def test_a_run_in_a_process_of_its_own(config: RunConfig, tmp_path: Path) -> None:
    place = place_of(config, load("demo:fr"))
    background.start(config, place)
    assert background.asked(place) == config
    assert background.is_starting(place)
    _wait(place)
    manifest = place.manifest()
    assert manifest is not None
    assert place.status(manifest) == "done"
    assert manifest.config == config
    expected = run(config, tmp_path / "here")
    assert place.metrics() == expected.metrics()


def test_where_it_cannot_begin_its_last_words_say_why(config: RunConfig) -> None:
    place = place_of(config, load("demo:fr"))
    background.start(config.model_copy(update={"corpus": "jsonl:/no/such/file"}), place)
    _wait(place)
    assert place.manifest() is None
    assert background.last_words(place) == "/no/such/file: there is no such file. Check the path"


def test_it_can_be_stopped_and_goes_on(config: RunConfig, tmp_path: Path) -> None:
    config = config.model_copy(update={"corpus": "demo", "batch_size": 1, "limit": None})
    place = RunFolder(tmp_path / "run")
    background.start(config, place)
    for _ in range(600):
        manifest = place.manifest()
        if manifest is not None:
            break
        time.sleep(0.05)
    background.stop(place)
    assert not background.is_starting(place)
    manifest = place.manifest()
    assert manifest is not None
    assert place.status(manifest) == "stopped"
    run(config, place.path)
    manifest = place.manifest()
    assert manifest is not None
    assert manifest.status == "done"


def test_a_folder_that_cannot_be_made(config: RunConfig, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        background.start(config, RunFolder(tmp_path / "file" / "run"))


def test_how_far_it_is(tmp_path: Path) -> None:
    place = RunFolder(tmp_path)
    assert background.progress_of(place) is None
    told = {"stage": "projection", "done": 30, "total": 90, "began": 100.0, "first": 10, "now": 104.0}
    (tmp_path / "progress.json").write_text(json.dumps(told))
    found = background.progress_of(place)
    assert found is not None
    assert (found.done, found.total, found.per_second, found.seconds_left) == (30, 90, 5.0, 12.0)
    (tmp_path / "progress.json").write_text(json.dumps(told | {"first": 30}))
    found = background.progress_of(place)
    assert found is not None
    assert found.per_second is found.seconds_left is None
    (tmp_path / "progress.json").write_text("{")
    assert background.progress_of(place) is None


def test_what_another_process_runs_is_running(config: RunConfig, tmp_path: Path) -> None:
    place = run(config, tmp_path / "run")
    manifest = place.manifest()
    assert manifest is not None
    unfinished = manifest.model_copy(update={"status": "running"})
    assert place.status(unfinished) == "stopped"
    with FileLock(place.path / "lock"):
        assert place.status(unfinished) == "running"


def test_several_runs_share_a_process(config: RunConfig) -> None:
    configs = [config.model_copy(update={"limit": n}) for n in (2, 3)]
    wanted = [(one, place_of(one, load("demo:fr"))) for one in configs]
    background.start_all(wanted)
    for _, place in wanted:
        assert background.is_starting(place)
        assert not background.has_ended(place)
    for one, place in wanted:
        _wait(place)
        manifest = place.manifest()
        assert manifest is not None
        assert (manifest.status, manifest.config) == ("done", one)
        assert not background.has_ended(place)  # it is done


def test_what_ended_without_being_done_is_known(config: RunConfig) -> None:
    wanted = [
        (config.model_copy(update={"corpus": "jsonl:/no/such/file"}), place_of(config, load("demo:fr")))
    ]
    other = RunFolder(wanted[0][1].path.with_name("other"))
    background.start_all([*wanted, (config, other)])
    _wait(other)
    for place in (wanted[0][1], other):
        assert background.has_ended(place)
        assert background.last_words(place) == "/no/such/file: there is no such file. Check the path"
