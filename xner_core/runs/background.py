"""Runs in processes of their own, started and stopped by the app."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from xner_core.errors import ConfigError
from xner_core.files import write_whole
from xner_core.runs.config import RunConfig, read_config, to_yaml
from xner_core.runs.folder import RunFolder

_LOG = "log.txt"
_processes: dict[Path, subprocess.Popen[bytes]] = {}
_logs: dict[Path, Path] = {}
"""Of runs that share a process, and so its log."""


class _Told(BaseModel):
    """What progress.json holds; see `run`."""

    stage: str
    done: int
    total: int
    began: float
    first: int
    now: float
    stage_done: int = 0
    stage_total: int = 0


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is.

    Attributes:
        stage: What it is doing.
        done: Sentence pairs finished.
        total: Sentence pairs in all.
        stage_done: Of what the stage counts itself, such as texts to translate; 0 where it does not.
        stage_total: How many of these there are.
        per_second: Sentence pairs a second since the process began; None while unknown.
        seconds_left: At that speed; None while unknown.
    """

    stage: str
    done: int
    total: int
    stage_done: int
    stage_total: int
    per_second: float | None
    seconds_left: float | None


def start(config: RunConfig, place: RunFolder) -> None:
    """Do a run in a process of its own, or go on with it.

    Args:
        config: What to do.
        place: Its folder, as `run.place_of` says.

    Raises:
        ConfigError: If the folder cannot be written.
    """
    _start([(config, place)], "--out", str(place.path))


def start_all(runs: Sequence[tuple[RunConfig, RunFolder]]) -> None:
    """Do several runs one after the other in one process: what they share is computed once.

    Args:
        runs: What to do and its folder in the data folder, as `run.place_of` says; one at least.

    Raises:
        ConfigError: If a folder cannot be written.
    """
    _start(runs)


def _start(runs: Sequence[tuple[RunConfig, RunFolder]], *options: str) -> None:
    files = [place.path / "config.yaml" for _, place in runs]
    try:
        for (config, place), file in zip(runs, files, strict=True):
            place.path.mkdir(parents=True, exist_ok=True)
            write_whole(file, to_yaml(config))
        log = (runs[0][1].path / _LOG).open("wb")
    except OSError as error:
        raise ConfigError(
            f"the folder cannot be written ({error.strerror})", where=str(runs[0][1].path)
        ) from None
    command = [sys.executable, "-m", "xner_core", "run", *map(str, files)]
    with log:
        process = subprocess.Popen(
            [*command, *options, "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    for _, place in runs:
        _processes[place.path] = process
        _logs[place.path] = runs[0][1].path / _LOG


def asked(place: RunFolder) -> RunConfig:
    """What a run that was started here was asked to do.

    Raises:
        ConfigError: If that cannot be read any more.
    """
    return read_config(place.path / "config.yaml")


def is_starting(place: RunFolder) -> bool:
    """Whether a process that was started here lives; it may not have taken the folder yet."""
    process = _processes.get(place.path)
    return process is not None and process.poll() is None


def has_ended(place: RunFolder) -> bool:
    """Whether a process that was started here is over, and the run is not done."""
    process = _processes.get(place.path)
    if process is None or process.poll() is None:
        return False
    manifest = place.manifest()
    return manifest is None or manifest.status != "done"


def stop(place: RunFolder) -> None:
    """End the process of a run; finished batches are kept."""
    process = _processes.get(place.path)
    if process is not None and process.poll() is None:
        process.terminate()
        process.wait()
        return
    manifest = place.manifest()
    if manifest is not None and manifest.pid and place.status(manifest) == "running":
        os.kill(manifest.pid, signal.SIGTERM)


def progress_of(place: RunFolder) -> RunProgress | None:
    """How far a run is; None where nothing was told yet."""
    try:
        told = _Told.model_validate_json((place.path / "progress.json").read_bytes())
    except (OSError, ValidationError):
        return None
    seconds, n = told.now - told.began, told.done - told.first
    speed = n / seconds if n > 0 and seconds > 0 else None
    left = (told.total - told.done) / speed if speed else None
    return RunProgress(told.stage, told.done, told.total, told.stage_done, told.stage_total, speed, left)


def last_words(place: RunFolder) -> str:
    """What a process that was started from the app said last, where it ended without a manifest."""
    try:
        lines = (
            _logs.get(place.path, place.path / _LOG)
            .read_text(encoding="utf-8", errors="replace")
            .splitlines()
        )
    except OSError:
        return ""
    said = [line for line in lines if line.strip()]
    errors = [line for line in said if line.startswith("Error: ")]
    return (errors or said or [""])[-1].removeprefix("Error: ")
