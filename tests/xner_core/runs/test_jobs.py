"""Work in a process of its own, watched from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.demo import write_demo
from xner_core.corpora import load
from xner_core.runs import jobs
from xner_core.runs.align_sweep import KIND
from xner_core.runs.jobs import Job, JobState, SweepJob, UncertainLinksJob
from xner_core.runs.saved import saved_runs
from xner_core.runs.uncertain_links import uncertain_links

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("own_cache")]
PATIENCE_SECONDS = 120
HOLD_LOCK = """
import sys, time, filelock
with filelock.FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(PATIENCE)
""".replace("PATIENCE", str(PATIENCE_SECONDS))


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_demo(tmp_path / "corpus.jsonl", ["de", "fr"], each=3)


@pytest.fixture
def job(spec: str) -> Job:
    return UncertainLinksJob(load(spec), "fr", 2, 5)


@pytest.fixture
def lock_holder(job: Job) -> Iterator[subprocess.Popen[str]]:
    """Another process that works on the job, as far as one can tell from here."""
    job.folder.mkdir(parents=True)
    command = [sys.executable, "-c", HOLD_LOCK, str(job.folder / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_from_new_over_running_to_done(job: Job, spec: str) -> None:
    assert job.state() == JobState("new")
    job.start()
    assert job.state().status == "running"

    process = jobs._processes[job.folder]
    job.start()
    assert jobs._processes[job.folder] is process

    done = _wait_for(job, lambda state: state.status != "running")
    assert done.status == "done", (job.folder / "log.txt").read_text()
    assert done.result is not None
    assert (len(done.result["links"]), done.result["n_pairs"]) == (5, 2)
    assert _without_time(done.result) == _without_time(uncertain_links(load(spec), lang="fr", limit=2, top=5))

    job.start()
    assert jobs._processes[job.folder] is process
    assert UncertainLinksJob(load(spec), "fr", 2, 5).state() == done


def test_a_corpus_that_vanished_fails_the_job_with_its_message(job: Job, tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").rename(tmp_path / "elsewhere")
    job.start()
    failed = _wait_for(job, lambda state: state.status != "running")
    assert failed.status == "failed"
    assert "corpus.jsonl" in failed.error
    assert "there is no such file" in failed.error

    (tmp_path / "elsewhere").rename(tmp_path / "corpus.jsonl")
    job.start()
    assert job.state() == JobState("running")


def test_a_killed_job_has_stopped_and_can_be_started_again(job: Job) -> None:
    job.start()
    killed = jobs._processes[job.folder]
    killed.kill()
    killed.wait()
    assert job.state().status == "stopped"

    job.start()
    assert jobs._processes[job.folder] is not killed
    assert job.state().status == "running"


def test_progress_is_seen_while_it_runs(job: Job, lock_holder: subprocess.Popen[str]) -> None:
    progress = {"stage": "projection", "done": 2, "total": 6}
    (job.folder / "progress.json").write_text(json.dumps(progress))
    assert job.state() == JobState("running", "projection", done=2, total=6)


def test_another_process_s_job_is_running_until_that_process_ends(
    job: Job, lock_holder: subprocess.Popen[str]
) -> None:
    (job.folder / "log.txt").touch()
    assert job.state().status == "running"
    job.start()
    assert job.folder not in jobs._processes
    lock_holder.kill()
    lock_holder.wait()
    assert job.state().status == "stopped"


def test_a_process_that_gave_way_to_another_does_not_hide_it(
    job: Job, lock_holder: subprocess.Popen[str]
) -> None:
    gave_way = subprocess.Popen([sys.executable, "-c", ""])
    gave_way.wait()
    jobs._processes[job.folder] = gave_way
    assert job.state().status == "running"


def test_a_job_that_ends_while_one_looks_is_done(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    job.folder.mkdir(parents=True)
    (job.folder / "log.txt").touch()

    def ends() -> bool:
        (job.folder / "result.json").write_text('{"rows": []}')
        return False

    monkeypatch.setattr(job, "_is_running", ends)
    assert job.state() == JobState("done", result={"rows": []})


def test_the_folder_depends_on_content_not_on_the_path(spec: str, tmp_path: Path) -> None:
    corpus = load(spec)
    copy = load(write_demo(tmp_path / "copy.jsonl", ["de", "fr"], each=3))
    other = load(write_demo(tmp_path / "other.jsonl", ["de", "fr"], each=2))
    folders = [UncertainLinksJob(each, "fr", 2, 5).folder for each in (corpus, copy, other)]
    assert folders[0] == folders[1] != folders[2]


def test_a_done_job_is_started_again_only_if_asked(job: Job) -> None:
    job.folder.mkdir(parents=True)
    (job.folder / "result.json").write_text('{"rows": []}')
    job.start()
    assert job.folder not in jobs._processes
    job.start(again=True)
    assert job.state() == JobState("running")
    process = jobs._processes[job.folder]
    job.start(again=True)
    assert jobs._processes[job.folder] is process


def test_a_sweep_is_done_saved_and_named_by_all_that_it_depends_on(spec: str, tmp_path: Path) -> None:
    corpus = load(spec)
    job = SweepJob(corpus, aligner="e5-small", measure="aer", layers="7", extractions=["argmax"], limit=2)
    job.start()
    done = _wait_for(job, lambda state: state.status != "running")
    assert done.status == "done", (job.folder / "log.txt").read_text()
    [kept] = saved_runs(KIND).runs
    assert done.result == {"run": kept.id}
    assert (kept.result["layers"], kept.result["extractions"], kept.result["n_pairs"]) == ([7], ["argmax"], 2)
    given: dict[str, Any] = {
        "aligner": "e5-small",
        "measure": "aer",
        "layers": "7",
        "extractions": ["argmax"],
    }
    others = [
        SweepJob(corpus, **{**given, "limit": 2, **change})
        for change in (
            {"aligner": "encoder:x"}, {"measure": "f1"}, {"layers": "6"}, {"extractions": []}, {"limit": 3}
        )
    ]  # fmt: skip
    assert len({other.folder for other in [job, *others]}) == 6


def test_the_least_certain_links_are_named_by_all_that_they_depend_on(spec: str) -> None:
    corpus = load(spec)
    asked = [("fr", 2, 5), ("de", 2, 5), ("fr", 3, 5), ("fr", 2, 6)]
    assert len({UncertainLinksJob(corpus, *each).folder for each in asked}) == len(asked)


def test_what_looks_like_an_option_is_a_value(tmp_path: Path) -> None:
    # Names come from whoever visits the page.
    corpus = load(write_demo(tmp_path / "corpus.jsonl", each=1))
    job = SweepJob(corpus, aligner="--job=/elsewhere", measure="aer")
    job.start()
    failed = _wait_for(job, lambda state: state.status != "running")
    assert failed.status == "failed"
    assert "there is no aligner called '--job=/elsewhere'" in failed.error


def _wait_for(job: Job, condition: Callable[[JobState], bool]) -> JobState:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition(state := job.state()):
        assert time.monotonic() < deadline, state
        time.sleep(0.1)
    return state


def _without_time(result: dict[str, object] | None) -> dict[str, object]:
    assert result is not None
    provenance = result["provenance"]
    assert isinstance(provenance, dict)
    timeless = {**result, "seconds": None, "provenance": {**provenance, "time": None}}
    plain: dict[str, object] = json.loads(json.dumps(timeless))
    return plain
