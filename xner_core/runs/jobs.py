"""A comparison that runs in a process of its own, so that no page waits for it.

A job is a folder named by what goes into it: the process writes `progress.json`
while it works and `result.json` or `error.json` when it ends. A finished job is
therefore also the cache of its result, and a page that is reloaded, or another
user's page, finds it again.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from xner_core import __version__
from xner_core.config import PipelineConfig
from xner_core.errors import XnerError
from xner_core.paths import cache_folder
from xner_core.runs.evaluate import compare_projectors
from xner_core.types import Corpus

_PROGRESS_EVERY_SECONDS = 0.2
_processes: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class JobState:
    """What is known of a job.

    Attributes:
        status: `new` (never started), `running`, `done`, `failed` or `stopped` (ended without a word).
        stage: What it is doing.
        done: Sentence pairs finished.
        total: Sentence pairs in all; 0 while unknown.
        result: What it found, when done.
        error: What went wrong, when failed.
    """

    status: Literal["new", "running", "done", "failed", "stopped"]
    stage: str = ""
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    error: str = ""


class ComparisonJob:
    """The comparison of all projectors on one corpus.

    Args:
        corpus: The loaded corpus; its fingerprint is part of the job's name.
        config: The pipeline.
    """

    def __init__(self, corpus: Corpus, config: PipelineConfig | None = None) -> None:
        self._spec = corpus.spec
        self._config = config or PipelineConfig()
        identity = [__version__, corpus.fingerprint, self._config.model_dump()]
        key = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:20]
        self.folder = cache_folder() / "comparisons" / key

    def start(self) -> None:
        """Start the job unless it runs or is done; a failed one is started again."""
        if self.state().status in {"running", "done"}:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for leftover in ("error.json", "progress.json"):
            (self.folder / leftover).unlink(missing_ok=True)
        command = [sys.executable, "-m", "xner_core", "projectors", "--corpus", self._spec]
        command += ["--config", self._config.model_dump_json(), "--job", str(self.folder)]
        with (self.folder / "log.txt").open("wb") as log:
            _processes[self.folder] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def state(self) -> JobState:
        """Look at the job's folder and process."""
        running = self._is_running()  # asked first: a process that has ended has written its result
        result = _read(self.folder / "result.json")
        if result is not None:
            return JobState("done", result=result)
        error = _read(self.folder / "error.json")
        if error is not None and not running:
            return JobState("failed", error=error["message"])
        progress = _read(self.folder / "progress.json") or {}
        if running:
            return JobState("running", **progress)
        return JobState("stopped", **progress) if (self.folder / "log.txt").exists() else JobState("new")

    def _is_running(self) -> bool:
        process = _processes.get(self.folder)
        if process is not None and process.poll() is None:
            return True
        # Perhaps another process of the app started it: as long as it lives it holds the lock.
        if not self.folder.exists():
            return False
        try:
            with FileLock(self.folder / "lock", timeout=0):
                return False
        except Timeout:
            return True


def run_job(folder: Path, spec: str, config: PipelineConfig) -> None:
    """Do the work of a job; the body of its process."""
    last = 0.0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PROGRESS_EVERY_SECONDS or done == total:
            last = time.monotonic()
            _write(folder / "progress.json", {"stage": stage, "done": done, "total": total})

    try:
        # Not 0: a page that looks whether the job runs holds the lock for a moment.
        with FileLock(folder / "lock", timeout=1):
            try:
                result = compare_projectors(spec, config, progress=progress)
            except XnerError as error:
                _write(folder / "error.json", {"message": str(error)})
            else:
                _write(folder / "result.json", result)
    except Timeout:
        return  # another process does the same work


def _write(path: Path, content: dict[str, Any]) -> None:
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return content
