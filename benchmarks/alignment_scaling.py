"""How alignment grows: with the length of sentences, with their number, and what a switch in the app costs.

    python -m benchmarks.alignment_scaling --json [--pairs 10000]

*lengths*: time for pairs of 10 to 200 words, whole and of the encoder alone, each as a ratio to that of 10
words. *memory*: the most that a process held while it aligned many different pairs, and before it began.
*switch*: milliseconds to link, score and project a pair of 40 × 40 words anew with each extraction, its
sentences encoded before; and with the encoder, to compare.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import Any

from xner_core.alignment.e5_small import E5SmallAligner
from xner_core.alignment.embedding_cache import EMBEDDINGS
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.pipeline import Pipeline
from xner_core.registry import COMPONENTS
from xner_core.types import Entity, Sentence, SentencePair, Span

LENGTHS = (10, 25, 50, 100, 200)
_PAIRS_PER_LENGTH = 16
_ROUNDS = 3


def pair_of(n_words: int, number: int, lang: str = "de") -> SentencePair:
    """A pair of so many words on each side, from the demonstration corpus; each number gives another."""
    pairs = load(f"demo:{lang}").pairs
    start = number % len(pairs)

    def side(name: str) -> tuple[str, ...]:
        words = [word for pair in (*pairs[start:], *pairs[:start]) for word in getattr(pair, name).words]
        return (f"No{number}", *islice(cycle(words), n_words - 1))

    entities = tuple(Entity(Span(start, start + 2), "PER") for start in range(1, n_words - 1, 8))
    return SentencePair(str(number), Sentence(side("source"), "en", entities), Sentence(side("target"), lang))


def lengths() -> list[dict[str, Any]]:
    """Time by length, as ratios to the shortest."""
    pipeline = Pipeline()
    pipeline.aligner.load()
    encoder = E5SmallAligner().encoder((7,))
    rows = []
    for n_words in LENGTHS:
        pairs = [pair_of(n_words, number) for number in range(_PAIRS_PER_LENGTH)]
        sentences = [sentence for pair in pairs for sentence in (pair.source, pair.target)]
        whole = _fastest(partial(_align, pipeline, pairs))
        alone = _fastest(partial(encoder.hidden_states, sentences))
        rows.append({"words": n_words, "whole_s": whole / len(pairs), "encoder_s": alone / len(pairs)})
    shortest = rows[0]
    return [
        {
            "words": row["words"],
            "ms_per_pair": round(row["whole_s"] * 1000, 2),
            "growth": round(row["whole_s"] / shortest["whole_s"], 2),
            "growth_of_the_encoder": round(row["encoder_s"] / shortest["encoder_s"], 2),
            "whole_to_encoder": round(row["whole_s"] / row["encoder_s"], 2),
        }
        for row in rows
    ]


def memory(n_pairs: int) -> dict[str, Any]:
    """The largest memory of a process of its own that aligns so many pairs."""
    command = [sys.executable, "-m", "benchmarks.alignment_scaling", "--align-only", str(n_pairs)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def _align_only(n_pairs: int) -> dict[str, Any]:
    pairs = [pair_of(25, number) for number in range(n_pairs)]
    pipeline = Pipeline()
    pipeline.aligner.load()
    before = _peak_mib()
    n_links = sum(len(alignment.links) for alignment in pipeline.align(pairs))
    return {"pairs": n_pairs, "links": n_links, "before_mib": before, "peak_mib": _peak_mib()}


def switch() -> dict[str, Any]:
    """Milliseconds for one pair of 40 × 40 words, by extraction; the median over all is what counts."""
    pair = pair_of(40, 0)
    aligner = E5SmallAligner()
    aligner.load()

    def run(extraction: str, projector: str) -> None:
        pipeline = Pipeline(
            PipelineConfig(extraction=Choice(name=extraction), projector=Choice(name=projector))
        )
        pipeline.aligner = aligner  # it stays loaded in the app
        _consume(pipeline.run([pair]))

    run("argmax", "ilp")
    seconds = {
        extraction: statistics.median(
            _seconds(partial(run, extraction, projector))
            for projector in COMPONENTS["projector"]
            for _ in range(5)
        )
        for extraction in COMPONENTS["extraction"]
    }

    def encode() -> None:
        EMBEDDINGS.clear()
        run("argmax", "ilp")

    return {
        "median_ms": round(statistics.median(seconds.values()) * 1000, 1),
        "slowest_ms": round(max(seconds.values()) * 1000, 1),
        "by_extraction_ms": {name: round(value * 1000, 1) for name, value in seconds.items()},
        "with_the_encoder_ms": round(statistics.median(_seconds(encode) for _ in range(5)) * 1000, 1),
    }


def _align(pipeline: Pipeline, pairs: list[SentencePair]) -> None:
    EMBEDDINGS.clear()
    _consume(pipeline.align(pairs))


def _consume(found: Iterator[Any]) -> None:
    for _ in found:
        pass


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _fastest(work: Callable[[], Any]) -> float:
    work()
    return min(_seconds(work) for _ in range(_ROUNDS))


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000, help="how many pairs for the memory (10000)")
    parser.add_argument("--json", action="store_true", help="print JSON on one line")
    parser.add_argument("--align-only", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.align_only:
        print(json.dumps(_align_only(arguments.align_only)))
        return
    report = {
        "lengths": lengths(),
        "memory": memory(arguments.pairs),
        "switch": switch(),
        "precision": E5SmallAligner().encoder((7,)).precision,
    }
    print(json.dumps(report, indent=None if arguments.json else 2))


if __name__ == "__main__":
    main()
