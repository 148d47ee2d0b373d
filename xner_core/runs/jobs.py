"""Work that runs in a process of its own, so that no page waits for it.

A job is a folder named by what goes into it: the process writes `progress.json`
while it works and `result.json` or `error.json` when it ends. A finished job is
therefore also the cache of its result, and a page that is reloaded, or another
user's page, finds it again. What nobody looked at for a month is removed when the next
job of its kind begins.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from xner_core import __version__
from xner_core.errors import XnerError
from xner_core.files import write_whole
from xner_core.paths import cache_folder
from xner_core.runs.folder import Manifest, RunFolder
from xner_core.runs.identity import software_id
from xner_core.runs.tidying import clear_leftovers, note_use, temporaries_in, tidy
from xner_core.types import Corpus, Progress

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


class Job:
    """A command of `xner` in a process of its own.

    Args:
        kind: What kind of job it is; the name of the folder of all of its kind.
        identity: All that the result depends on, as plain JSON; it names the job's folder.
        arguments: The command and its arguments, to which `--job FOLDER` is added.
    """

    def __init__(self, kind: str, identity: Sequence[object], arguments: Sequence[str]) -> None:
        key = hashlib.sha256(json.dumps([__version__, *identity], sort_keys=True).encode()).hexdigest()[:20]
        self.folder = cache_folder() / kind / key
        self._arguments = arguments

    def start(self, *, again: bool = False) -> None:
        """Start the job unless it runs or is done; a failed one is started again.

        Args:
            again: Whether a done one is started again too.
        """
        if self.state().status in ({"running"} if again else {"running", "done"}):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for leftover in ("error.json", "progress.json", "result.json"):
            (self.folder / leftover).unlink(missing_ok=True)
        command = [sys.executable, "-m", "xner_core", *self._arguments, "--job", str(self.folder)]
        with (self.folder / "log.txt").open("wb") as log:
            _processes[self.folder] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )

    def state(self) -> JobState:
        """Look at the job's folder and process."""
        running = self._is_running()  # asked first: a process that has ended has written its result
        result = _read(self.folder / "result.json")
        if result is not None:
            note_use(self.folder / "result.json")
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


class SweepJob(Job):
    """A sweep over layers and extractions, whose result is the id of the run it saved.

    Args:
        corpus: The loaded corpus.
        aligner: Its name, with the model where it takes one.
        measure: `aer` or `f1`.
        layers: As `xner align-sweep --layers`; all where empty.
        extractions: Their names; all where there is none.
        limit: Only the first so many pairs; all where None.
    """

    def __init__(
        self,
        corpus: Corpus,
        *,
        aligner: str,
        measure: str,
        layers: str = "",
        extractions: Sequence[str] = (),
        limit: int | None = None,
    ) -> None:
        options = {
            "--aligner": aligner,
            "--measure": measure,
            "--layers": layers,
            "--extractions": ",".join(extractions),
            "--limit": "" if limit is None else str(limit),
        }
        # With = a value that begins with a dash is still a value.
        told = [f"{name}={value}" for name, value in options.items() if value]
        identity = [corpus.fingerprint, options]
        super().__init__("sweeps", identity, ["align-sweep", f"--corpus={corpus.spec}", *told])


class UncertainLinksJob(Job):
    """The least certain links of the first sentences of a language.

    Args:
        corpus: The loaded corpus.
        lang: The target language.
        limit: How many sentence pairs.
        top: How many links.
    """

    def __init__(self, corpus: Corpus, lang: str, limit: int, top: int) -> None:
        arguments = ["uncertain-links", f"--corpus={corpus.spec}", f"--lang={lang}"]
        arguments += [f"--limit={limit}", f"--top={top}"]
        super().__init__("uncertain-links", [corpus.fingerprint, lang, limit, top], arguments)


class RunComparisonJob(Job):
    """Two runs over the same sentences compared.

    Args:
        a: The manifest of the first run, which is done.
        b: That of the second.
        labels: Only entities with these labels count; those of the runs where None.
    """

    def __init__(self, a: Manifest, b: Manifest, labels: Collection[str] | None = None) -> None:
        told = [] if labels is None else [f"--labels={','.join(sorted(labels))}"]
        identity = [*((one.key, one.software, one.ended) for one in (a, b)), told]
        super().__init__("run-comparisons", identity, ["compare", a.id, b.id, *told])


class DiagnosisJob(Job):
    """The errors of a run and what they are owed to; beside its result lies a Parquet file of them.

    Args:
        place: The run's folder.
        manifest: Its manifest; the run is done.
    """

    def __init__(self, place: RunFolder, manifest: Manifest) -> None:
        identity = [manifest.key, manifest.ended, software_id()]
        super().__init__("diagnoses", identity, ["errors", str(place.path)])


def run_job(folder: Path, work: Callable[[Progress], dict[str, Any]]) -> None:
    """Do the work of a job; the body of its process.

    Args:
        folder: The job's.
        work: Yields the result; it is given whom to tell of its progress.
    """
    last = 0.0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PROGRESS_EVERY_SECONDS or done == total:
            last = time.monotonic()
            _write(folder / "progress.json", {"stage": stage, "done": done, "total": total})

    try:
        # Not 0: a page that looks whether the job runs holds the lock for a moment.
        with FileLock(folder / "lock", timeout=1):
            clear_leftovers(folder)
            tidy(folder.parent)
            try:
                with temporaries_in(folder):
                    result = work(progress)
            except XnerError as error:
                _write(folder / "error.json", {"message": str(error)})
            else:
                _write(folder / "result.json", result)
    except Timeout:
        return  # another process does the same work


def _write(path: Path, content: dict[str, Any]) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return content
