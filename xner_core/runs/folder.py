"""A run's folder: the manifest, the finished batches, the whole, the figures.

manifest.json        what the run is, how far it is, what it was made with
batches/00000.parquet …   finished batches, until the run is done
sentences.parquet    every stage's output for each sentence
metrics.json         the figures; computed from sentences.parquet alone
progress.json        what is being done right now
lock                 held by the process that writes
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from xner_core.errors import ConfigError, XnerError
from xner_core.files import write_whole
from xner_core.paths import data_folder
from xner_core.runs.config import RunConfig

Status = Literal["running", "done", "failed", "stopped"]


class Manifest(BaseModel):
    """What a run is and how far it is.

    Attributes:
        id: Its name for people and a checksum of what it does; the name of its folder.
        config: What it was asked to do.
        key: A checksum of the config, the corpus and the files that the components read.
        software: A checksum of the code and packages it was begun with.
        status: `running` until it is `done` or has `failed`. A run that was killed is
            `running` here; `RunFolder.status` says `stopped` then.
        started: Time in UTC of the first start.
        ended: Time in UTC of its end.
        n_sentences: Sentence pairs in all.
        n_batches: Batches in all.
        n_done: Batches finished.
        seconds: Stage → seconds of work, summed up over all starts.
        reused: Stage → batches that were known from other runs.
        models: Stage → names and versions of the models.
        provenance: Versions, options, corpus.
        notices: What a reader should know, one sentence each.
        error: What went wrong, when failed.
        pid: The process that last wrote.
    """

    id: str
    config: RunConfig
    key: str
    software: str
    status: Literal["running", "done", "failed"] = "running"
    started: str
    ended: str | None = None
    n_sentences: int
    n_batches: int
    n_done: int = 0
    seconds: dict[str, float] = {}
    reused: dict[str, int] = {}
    models: dict[str, list[str]] = {}
    provenance: dict[str, Any] = {}
    notices: list[str] = []
    error: str = ""
    pid: int = 0


class RunFolder:
    """The files of one run.

    Args:
        path: The folder; it need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sentences = path / "sentences.parquet"
        self.batches = path / "batches"

    def manifest(self) -> Manifest | None:
        """The manifest, None where there is none yet.

        Raises:
            ConfigError: If there is one that cannot be read.
        """
        try:
            return Manifest.model_validate_json((self.path / "manifest.json").read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            raise ConfigError(
                "the manifest cannot be read",
                where=str(self.path / "manifest.json"),
                hint="Remove the folder, or name another",
            ) from None

    def write(self, manifest: Manifest) -> None:
        """Write the manifest."""
        write_whole(self.path / "manifest.json", manifest.model_dump_json(indent=1))

    def status(self, manifest: Manifest) -> Status:
        """How the run is now: `stopped` where no process writes although it is not done."""
        if manifest.status != "running":
            return manifest.status
        try:
            with FileLock(self.path / "lock", timeout=0):
                return "stopped"
        except Timeout:
            return "running"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder: no other process writes to it meanwhile.

        Raises:
            ConfigError: If another process holds it, or it cannot be made.
        """
        lock = FileLock(self.path / "lock", timeout=1)  # not 0: who looks at the status holds it briefly
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise ConfigError(
                "another process is working on this run",
                where=str(self.path),
                hint="Wait until it has ended, or give the run another folder",
            ) from None
        except OSError as error:
            raise ConfigError(
                f"the folder cannot be written ({error.strerror})", where=str(self.path)
            ) from None
        try:
            yield
        finally:
            lock.release()

    def batch(self, index: int) -> Path:
        """The file of a batch."""
        return self.batches / f"{index:05}.parquet"

    def metrics(self) -> dict[str, Any]:
        """The figures of a run that is done."""
        found: dict[str, Any] = json.loads((self.path / "metrics.json").read_text(encoding="utf-8"))
        return found

    def clear(self) -> None:
        """Remove what a run has written, apart from the lock."""
        for name in ("manifest.json", "sentences.parquet", "metrics.json", "progress.json"):
            (self.path / name).unlink(missing_ok=True)
        shutil.rmtree(self.batches, ignore_errors=True)

    def remove(self) -> None:
        """Delete the run for good."""
        # Out of sight first: a folder that is being emptied is no run.
        doomed = self.path.parent.parent / f"{self.path.name}.{os.getpid()}.removed"
        self.path.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def runs_folder() -> Path:
    """Where runs are kept that were given no folder."""
    return data_folder() / "runs" / "corpora"


def all_runs() -> list[tuple[RunFolder, Manifest]]:
    """The runs in the data folder that can be read, the newest first."""
    found = []
    for path in runs_folder().glob("*/manifest.json"):
        folder = RunFolder(path.parent)
        try:
            manifest = folder.manifest()
        except XnerError:
            continue
        if manifest is not None:
            found.append((folder, manifest))
    return sorted(found, key=lambda run: run[1].started, reverse=True)


def find_run(name: str) -> tuple[RunFolder, Manifest]:
    """A run by its id, the beginning of its id, or its folder.

    Raises:
        ConfigError: If there is none, or several begin so.
    """
    here = RunFolder(Path(name).expanduser())
    manifest = here.manifest()
    if manifest is not None:
        return here, manifest
    known = all_runs()
    fitting = [run for run in known if run[1].id == name] or [r for r in known if r[1].id.startswith(name)]
    if len(fitting) != 1:
        ids = ", ".join(manifest.id for _, manifest in (fitting or known)[:10]) or "none yet"
        what = "several runs begin so" if fitting else "there is no such run"
        raise ConfigError(what, where=name, hint=f"Name a folder or one of: {ids}")
    return fitting[0]
