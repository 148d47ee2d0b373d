"""How many sentence pairs a second each format writes and reads, and how much memory it takes.

    python -m benchmarks.export --data ../shared/data [--samples 20000] [--formats jsonl,hf]

Repeats Europarl-NER with its gold entities and links along the diagonal, and prints JSON: pairs a
second of announcing losses, writing and reading, the same as ratios to the lossless format (below 1
is slower), bytes a pair, and the most memory that Python held while writing a tenth and all of the pairs:
where a format streams, both are about the same.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.corpora import europarl
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.export.format import Format
from xner_core.export.sample import Annotation, Sample
from xner_core.registry import COMPONENTS
from xner_core.types import SentencePair, WordAlignment

BASE = "jsonl"


def samples(data: Path, n: int) -> Iterator[Sample]:
    """Pairs of Europarl-NER over and over, each with an id of its own, made when asked for."""
    pairs = load(europarl(data, "de")).pairs
    for number, pair in enumerate(islice(cycle(pairs), n)):
        source, target = pair.source.entities or (), pair.target.entities or ()
        length = min(len(pair.source.words), len(pair.target.words))
        links = WordAlignment.of([(i, i) for i in range(length)])
        matches = tuple((i, i) for i in range(min(len(source), len(target))))
        bare = SentencePair(
            f"s{number}", replace(pair.source, entities=None), replace(pair.target, entities=None)
        )
        yield Sample(bare, Annotation(source, target, links, matches), status="approved")


def speeds(form: Format[Any], data: Path, n: int) -> dict[str, float]:
    """Pairs a second of each step, without the time that making them takes; and bytes a pair."""
    made = list(samples(data, n))
    started = time.perf_counter()
    for each in made:
        for _ in form.losses(each):
            pass
    announced = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        paths = form.write(made, Path(folder), "europarl")
        written = time.perf_counter()
        size = sum(path.stat().st_size for path in paths)
        n_read = sum(1 for _ in form.read(Path(folder)))
        read = time.perf_counter()
    return {
        "losses": n / (announced - started),
        "write": n / (written - announced),
        "read": n_read / (read - written),
        "bytes": size / n,
    }


def peak(form: Format[Any], data: Path, n: int) -> float:
    """The most megabytes that Python held while so many pairs were written."""
    stream = samples(data, n)
    next(stream)  # the corpus itself is not counted
    tracemalloc.start()
    with tempfile.TemporaryDirectory() as folder:
        form.write(stream, Path(folder), "all")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def figures(names: list[str], data: Path, n: int, n_memory: int) -> dict[str, dict[str, float]]:
    """All figures of all formats, the lossless one first."""
    found: dict[str, dict[str, float]] = {}
    for name in dict.fromkeys([BASE, *names]):
        form = Choice(name=name).build("format")
        speeds(form, data, 1)  # what it imports is not its own
        row = speeds(form, data, n)
        base = found.get(BASE, row)
        ratios = {f"{step}_ratio": row[step] / base[step] for step in ("losses", "write", "read")}
        memory = {"peak_mb_tenth": peak(form, data, n_memory // 10), "peak_mb": peak(form, data, n_memory)}
        found[name] = {key: round(value, 3) for key, value in {**row, **ratios, **memory}.items()}
    return found


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--samples", type=int, default=5000, help="how many pairs the speed is measured on")
    parser.add_argument("--memory", type=int, default=20_000, help="how many pairs the memory is measured on")
    parser.add_argument("--formats", default="", help="only these, separated by commas")
    arguments = parser.parse_args()
    names = arguments.formats.split(",") if arguments.formats else list(COMPONENTS["format"])
    print(json.dumps(figures(names, arguments.data, arguments.samples, arguments.memory), indent=1))


if __name__ == "__main__":
    main()
