"""How fast scores are computed for all candidates at once, as a ratio to a plain triple loop.

Both score the same sentences: random links, as many entities and candidates as asked
for. The loop goes over entities, candidates and links as the published programs do.
The rounds take turns and the fastest of each counts, since other work on the machine
can only slow a run down. What counts is the ratio, which grows with the sentence.

    python -m benchmarks.scores --json
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from xner_core.candidates.ngrams import Ngrams
from xner_core.scoring.alignment import AlignmentScore, AlignmentScoreConfig
from xner_core.types import AlignedPair, Entity, Sentence, SentencePair, Span, WordAlignment

SIZES = ((1, 20), (3, 25), (8, 60), (30, 200))
"""Entities and words of a sentence; 3 in 25 is the usual one."""
SEED = 5
_SENTENCES = 3
Score = Callable[[AlignedPair, Sequence[Span]], Any]


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="Speed of the alignment score, compared with plain loops.")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each, the fastest counts (5)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    report = measure(arguments.rounds)
    if arguments.json:
        print(json.dumps(report, indent=2))
        return
    for row in report["sizes"]:
        ratios = ", ".join(f"{name} {ratio:.1f} x" for name, ratio in row["ratio_to_loop"].items())
        print(f"{row['entities']:>3} entities, {row['words']:>3} words: {ratios} as fast as the loop")


def measure(rounds: int) -> dict[str, Any]:
    """Measure all contestants on the same sentences.

    Args:
        rounds: How often each contestant scores each sentence.

    Returns:
        For each size `ratio_to_loop` by what is counted, and `milliseconds` a sentence.

    Raises:
        AssertionError: If the contestants find different scores.
    """
    contestants: dict[str, Score] = {
        "loop": _loop,
        "links": AlignmentScore().score,
        "words": AlignmentScore(AlignmentScoreConfig(count="words")).score,
    }
    rng = np.random.default_rng(SEED)
    rows = []
    for n_entities, n_words in SIZES:
        cases = [_case(rng, n_entities, n_words) for _ in range(_SENTENCES)]
        for case, candidates in cases:
            np.testing.assert_allclose(
                contestants["links"](case, candidates).values, _loop(case, candidates), rtol=1e-12
            )
        seconds = dict.fromkeys(contestants, float("inf"))
        for _ in range(rounds):
            for name, score in contestants.items():
                started = time.perf_counter()
                for case, candidates in cases:
                    score(case, candidates)
                seconds[name] = min(seconds[name], time.perf_counter() - started)
        rows.append(
            {
                "entities": n_entities,
                "words": n_words,
                "candidates": len(cases[0][1]),
                "ratio_to_loop": {
                    name: round(seconds["loop"] / spent, 1)
                    for name, spent in seconds.items()
                    if name != "loop"
                },
                "milliseconds": {
                    name: round(spent * 1000 / len(cases), 3) for name, spent in seconds.items()
                },
            }
        )
    return {"sizes": rows, "rounds": rounds, "seed": SEED}


def _case(rng: np.random.Generator, n_entities: int, n_words: int) -> tuple[AlignedPair, tuple[Span, ...]]:
    words = tuple(f"w{index}" for index in range(n_words))
    pair = SentencePair("x", Sentence(words, "und"), Sentence(words, "und"))
    links = {(i, int(rng.integers(n_words))) for i in range(n_words) for _ in range(2)}
    starts = np.linspace(0, n_words - 3, n_entities).astype(int).tolist()
    entities = tuple(Entity(Span(start, start + 1 + i % 3), "PER") for i, start in enumerate(starts))
    case = AlignedPair(pair, entities, WordAlignment.of(links))
    return case, Ngrams().generate(case)


def _loop(case: AlignedPair, candidates: Sequence[Span]) -> list[list[float]]:
    links = case.alignment.links
    scores = []
    for entity in case.source_entities:
        row = []
        for candidate in candidates:
            count = 0
            for source, target in links:
                if (
                    entity.span.start <= source < entity.span.end
                    and candidate.start <= target < candidate.end
                ):
                    count += 1
            row.append(2 * count / (len(entity.span) + len(candidate)))
        scores.append(row)
    return scores


if __name__ == "__main__":
    main()
