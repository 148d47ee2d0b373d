"""The store of corrections: `python -m benchmarks.corrections --json [--url postgresql://…]`.

Ratios are to writing and reading the same number of rows with Python's own sqlite3 alone, in the same
run, so that they can be compared between machines.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from xner_core.corrections.events import Change, Origin, SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.types import Entity, Sentence, SentencePair, Span

N_WORDS = 20
ORIGIN = Origin("benchmark", "0" * 64)
_OPEN = """
import sys, time
import sqlalchemy.orm
from xner_core.corrections.store import CorrectionStore
before = time.perf_counter()
CorrectionStore.open(sys.argv[1]).version()
print(time.perf_counter() - before)
"""


def pair(at: int) -> SentencePair:
    """A pair of sentences of twenty words."""
    words = tuple(f"word{at + i}" for i in range(N_WORDS))
    return SentencePair(f"s{at}", Sentence(words, "en"), Sentence(words, "de"))


def seconds(do: Callable[[], Any]) -> float:
    """How long something takes."""
    before = time.perf_counter()
    do()
    return time.perf_counter() - before


def plain_write(path: Path) -> float:
    """The median of a transaction of one row with sqlite3 alone, as safe as ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")

        def write() -> None:
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO rows (text) VALUES (?)", ("x" * 300,))
            database.execute("COMMIT")

        return statistics.median(seconds(write) for _ in range(300))


def measure(url: str, folder: Path, n_sentences: int) -> dict[str, Any]:
    """Open, record and read."""
    store = CorrectionStore.open(url)
    opened = [
        float(subprocess.run([sys.executable, "-c", _OPEN, url], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    one = pair(-1)
    seen = store.state(SentenceKey.of(one)).versions["note"]

    def record(at: int) -> None:
        store.record(one, [Change("note", f"{time.time()} {at}", seen + at)], author="Ana", origin=ORIGIN)

    record_seconds = statistics.median(seconds(lambda at=at: record(at)) for at in range(300))  # type: ignore[misc]
    items = [
        (
            pair(at),
            [
                Change("source_entities", (Entity(Span(at % 9, at % 9 + 2), "PER"),), 0),
                Change("status", "approved", 0),
            ],
        )
        for at in range(n_sentences)
    ]
    many = seconds(lambda: store.record_many(items, author="Ben", origin=ORIGIN))
    states = min(seconds(store.states) for _ in range(3))
    keys = [SentenceKey.of(pair) for pair, _ in items[:: max(1, n_sentences // 100)]]
    some = min(seconds(lambda: store.states(keys)) for _ in range(3))
    plain = plain_write(folder / "plain.sqlite")
    return {
        "store": store.address.shown.partition(":")[0] if store.address.path is None else "sqlite",
        "open_again_ms": 1000 * statistics.median(opened),
        "record_ms": 1000 * record_seconds,
        "record_over_plain_sqlite": record_seconds / plain,
        "record_many_events_per_second": 2 * n_sentences / many,
        "n_sentences": n_sentences,
        "states_seconds": states,
        "states_of_100_ms": 1000 * some,
        "version_ms": 1000 * statistics.median(seconds(store.version) for _ in range(100)),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="an empty database; by default a file that is removed at the end")
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="accepted as by the other benchmarks; always on")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{folder}/corrections.sqlite"
        print(json.dumps(measure(url, Path(folder), given.sentences), indent=2))


if __name__ == "__main__":
    main()
