"""What jobs leave in the cache, and when it goes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from filelock import FileLock

from xner_core.runs.jobs import Job, run_job
from xner_core.runs.tidying import FRESH_SECONDS, KEPT_SECONDS, tidy

HOUR = 3600.0


def left(folder: Path, name: str, hours: float, size: int = 10) -> Path:
    """A job that was used last so many hours ago."""
    place = folder / name
    (place / "files").mkdir(parents=True)
    (place / "files" / "written").write_bytes(b"x" * size)
    (place / "result.json").write_text("{}")
    (place / "lock").touch()
    for each in (place / "result.json", place / "files", place):
        os.utime(each, (time.time() - hours * HOUR,) * 2)
    return place


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_what_was_not_used_for_a_month_goes(tmp_path: Path) -> None:
    left(tmp_path, "old", KEPT_SECONDS / HOUR + 1)
    left(tmp_path, "young", KEPT_SECONDS / HOUR - 1)
    (tmp_path / "no folder").touch()
    tidy(tmp_path)
    assert names(tmp_path) == ["no folder", "young"]
    tidy(tmp_path / "nowhere")


def test_of_what_takes_too_much_the_least_lately_used_goes_but_nothing_fresh(tmp_path: Path) -> None:
    for hours in (2, 3, 4, 5):
        left(tmp_path, f"{hours} hours", hours, size=1000)
    left(tmp_path, "fresh", FRESH_SECONDS / HOUR / 2, size=5000)
    tidy(tmp_path, size=7500)
    assert names(tmp_path) == ["2 hours", "3 hours", "fresh"]
    tidy(tmp_path, size=0)
    assert names(tmp_path) == ["fresh"]


def test_what_a_process_works_in_stays(tmp_path: Path) -> None:
    place = left(tmp_path, "long", 2 * KEPT_SECONDS / HOUR)
    with FileLock(place / "lock"):
        tidy(tmp_path)
        assert names(tmp_path) == ["long"]
    tidy(tmp_path)
    assert names(tmp_path) == []


@pytest.mark.usefixtures("own_cache")
def test_a_result_that_is_looked_at_stays() -> None:
    job, other = Job("looks", ["a"], []), Job("looks", ["b"], [])
    for each in (job, other):
        left(each.folder.parent, each.folder.name, 2 * KEPT_SECONDS / HOUR)
    assert job.state().status == "done"
    tidy(job.folder.parent)
    assert names(job.folder.parent) == [job.folder.name]


KILLED = """
import os, signal, sys, tempfile
from pathlib import Path
from xner_core.runs.jobs import run_job

def work(tell):
    folder = Path(sys.argv[1])
    (folder / ".files.abc").mkdir()
    (folder / "export.zip.1.tmp").touch()
    kept = tempfile.TemporaryDirectory()
    os.kill(os.getpid(), signal.SIGKILL)

run_job(Path(sys.argv[1]), work)
"""


def test_what_a_killed_job_leaves_is_gone_when_it_is_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "kind" / "job"
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert {".files.abc", "export.zip.1.tmp", ".tmp"} <= set(names(folder)), "it was killed in the middle"
    assert len(names(folder / ".tmp")) == 1
    left(folder.parent, "old", 2 * KEPT_SECONDS / HOUR)

    def work(_: object) -> dict[str, object]:
        with tempfile.NamedTemporaryFile() as file:
            return {"temporary": file.name}

    outside = tempfile.gettempdir()
    run_job(folder, work)
    said = (folder / "result.json").read_text()
    assert f"{folder}{os.sep}.tmp{os.sep}" in said
    assert set(names(folder)) - {"lock"} == {"result.json"}
    assert names(folder.parent) == ["job"]
    assert tempfile.gettempdir() == outside
