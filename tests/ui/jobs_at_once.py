"""Jobs of the app done within the test, by the very command that they would start."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from xner_core.cli import app
from xner_core.runs.jobs import Job


@pytest.fixture
def jobs_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a job does its work before it returns."""

    def start(job: Job, *, again: bool = False) -> None:
        if job.state().status == "done" and not again:
            return
        job.folder.mkdir(parents=True, exist_ok=True)
        for leftover in ("error.json", "result.json"):
            (job.folder / leftover).unlink(missing_ok=True)
        done = CliRunner().invoke(app, [*job._arguments, "--job", str(job.folder)], catch_exceptions=False)
        assert done.exit_code == 0, done.stderr

    monkeypatch.setattr(Job, "start", start)
