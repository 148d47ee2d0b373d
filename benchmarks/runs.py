"""Runs: what twelve methods cost together, and what is left of a run that was killed three times.

    python -m benchmarks.runs --json [--data ../shared/data] [--limit 100] [--only many|killed]

*many*: the time of twelve settings over Europarl-NER in three languages, as a ratio to that of one setting.
Each side is one command from an empty cache. *killed*: a run that got SIGKILL at three random points and was
then left alone, against one that was left alone: whether sentences and figures are the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import europarl
from xner_core.config import Choice, PipelineConfig
from xner_core.runs.config import RunConfig, to_yaml

LANGUAGES = ("de", "es", "it")
SETTINGS: dict[str, dict[str, str]] = {
    "ilp": {},
    "greedy": {"projector": "greedy"},
    "heuristic": {"projector": "heuristic"},
    "linked words, ilp": {"scorer": "alignment:words"},
    "linked words, greedy": {"scorer": "alignment:words", "projector": "greedy"},
    "n-grams, ilp": {"candidates": "ngrams"},
    "n-grams, greedy": {"candidates": "ngrams", "projector": "greedy"},
    "soft alignment, ilp": {"scorer": "soft-alignment"},
    "soft alignment, greedy": {"scorer": "soft-alignment", "projector": "greedy"},
    "names, ilp": {"scorer": "name"},
    "fused, ilp": {"scorer": "fused:0.5*alignment+0.5*name"},
    "argmax, ilp": {"extraction": "argmax"},
}
RESULTS = ("sentences.parquet", "metrics.json")


def configs(data: Path, settings: Mapping[str, dict[str, str]], limit: int | None) -> list[RunConfig]:
    """A config for each setting and language."""
    return [
        RunConfig(
            corpus=europarl(data, lang),
            name=f"{name} {lang}",
            pipeline=PipelineConfig(**{kind: Choice(name=one) for kind, one in stages.items()}),
            limit=limit,
        )
        for name, stages in settings.items()
        for lang in LANGUAGES
    ]


def many(data: Path, limit: int | None) -> dict[str, Any]:
    """Seconds of one setting and of all, and their ratio."""
    one = dict(list(SETTINGS.items())[:1])
    seconds = {}
    reports: dict[str, list[dict[str, Any]]] = {}
    for side, settings in (("one", one), ("all", SETTINGS)):
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, config in enumerate(configs(data, settings, limit)):
                files.append(Path(folder) / f"{number}.yaml")
                files[-1].write_text(to_yaml(config), encoding="utf-8")
            started = time.perf_counter()
            reports[side] = _run(files, _environment(Path(folder)))
            seconds[side] = time.perf_counter() - started
    return {
        "settings": len(SETTINGS),
        "sentences": sum(report["n_sentences"] for report in reports["one"]),
        "seconds": {side: round(value, 1) for side, value in seconds.items()},
        "ratio": round(seconds["all"] / seconds["one"], 2),
        "f1": {report["name"]: round(report["metrics"]["overall"]["f1"], 4) for report in reports["all"]},
    }


def killed(data: Path, limit: int | None, seed: int) -> dict[str, Any]:
    """Whether a run that was killed three times ends as one that was left alone."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = RunConfig(corpus=europarl(data, "de"), batch_size=16, limit=limit)
        path = folder / "run.yaml"
        path.write_text(to_yaml(config), encoding="utf-8")
        # Each has a cache of its own, or the second would only read what the first found.
        _run([path], _environment(folder / "a"), "--out", str(folder / "alone"))
        n_batches = json.loads((folder / "alone" / "manifest.json").read_text())["n_batches"]
        kills = sorted(chance.sample(range(1, n_batches), 3))
        found = []
        for wanted in kills:
            process = subprocess.Popen(
                _command([path], "--out", str(folder / "killed")),
                env=_environment(folder / "b"),
                stdout=subprocess.DEVNULL,
            )
            while (
                process.poll() is None and not (folder / f"killed/batches/{wanted - 1:05}.parquet").exists()
            ):
                time.sleep(0.005)
            time.sleep(chance.random() / 10)
            process.send_signal(signal.SIGKILL)
            found.append(
                {"batches": len(list((folder / "killed/batches").glob("*.parquet"))), "exit": process.wait()}
            )
        _run([path], _environment(folder / "b"), "--out", str(folder / "killed"))
        sums = {
            file: [
                hashlib.sha256((folder / side / file).read_bytes()).hexdigest()
                for side in ("alone", "killed")
            ]
            for file in RESULTS
        }
    return {
        "batches": n_batches,
        "killed_at": found,
        "same": {file: one == other for file, (one, other) in sums.items()},
        "sha256": {file: one for file, (one, _) in sums.items()},
    }


def _environment(folder: Path) -> dict[str, str]:
    """Empty data and cache folders, apart from the unpacked model."""
    from xner_core.alignment.embedded import embedded_model

    models = embedded_model().parent
    (folder / "cache").mkdir(parents=True, exist_ok=True)
    if not (folder / "cache" / "models").exists():
        (folder / "cache" / "models").symlink_to(models)
    return os.environ | {"XNER_CACHE_DIR": str(folder / "cache"), "XNER_DATA_DIR": str(folder / "data")}


def _command(files: Sequence[Path], *options: str) -> list[str]:
    return [sys.executable, "-m", "xner_core", "run", *map(str, files), *options, "--json"]


def _run(files: Sequence[Path], environment: dict[str, str], *options: str) -> list[dict[str, Any]]:
    done = subprocess.run(_command(files, *options), env=environment, check=True, stdout=subprocess.PIPE)
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


def main() -> None:
    """Measure, and print JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="the only form there is")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--limit", type=int, help="only the first so many sentences of each language")
    parser.add_argument("--only", choices=("many", "killed"))
    parser.add_argument("--seed", type=int, default=0, help="of the points at which a run is killed")
    given = parser.parse_args()
    report: dict[str, Any] = {}
    if given.only != "killed":
        report["many"] = many(given.data, given.limit)
    if given.only != "many":
        report["killed"] = killed(given.data, given.limit, given.seed)
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
