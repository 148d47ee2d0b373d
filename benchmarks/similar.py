"""How often a correction of one sentence is right in the similar ones.

    python -m benchmarks.similar --data ../shared/data > report.json

Each sentence whose entities are not the gold ones is corrected to them, one problem after the other, and
the correction is applied to all similar sentences of the corpus. An entity that this adds is right where
gold has it, one that it takes away where gold lacks it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.review_queue import specs
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.corrections.events import Kind
from xner_core.review.found import of_result
from xner_core.review.patterns import Problem, problems, what_is_wrong
from xner_core.review.similar import Seen, similar_sentences
from xner_core.runs.stages import RememberingPipeline
from xner_core.types import Side

_BATCH = 64
_KINDS: dict[Side, Kind] = {"source": "source_entities", "target": "target_entities"}


def measured(spec: str, tagger: str) -> dict[str, Any]:
    """By side and what was corrected: entities changed rightly and wrongly in similar sentences."""
    pairs = load(spec).pairs
    pipeline = RememberingPipeline(PipelineConfig(ner=Choice(name=tagger)))
    results = [
        result
        for start in range(0, len(pairs), _BATCH)
        for result in pipeline.run(pairs[start : start + _BATCH])
    ]
    seen = [Seen(found.pair, found.raw) for found in map(of_result, results)]
    report: dict[str, Any] = {}
    for side, kind in _KINDS.items():
        if seen[0].pair.side(side).entities is None:
            continue
        counts: Counter[tuple[str, str]] = Counter()
        for one in seen:
            gold = tuple(sorted(one.pair.side(side).entities or ()))
            source = gold if side == "source" else one.holds.source_entities
            target = gold if side == "target" else one.holds.target_entities
            corrected = replace(one.holds, source_entities=source, target_entities=target)
            for problem in problems(one.pair, one.holds, corrected, [kind]):
                others = [other for other in seen if other.pair.id != one.pair.id]
                counts.update(_judged(problem, others, side))
        report[side] = [
            {"corrected": name, "right": counts[name, "right"], "wrong": counts[name, "wrong"]}
            for name in sorted({name for name, _ in counts})
        ]
    return report


def _judged(problem: Problem, others: list[Seen], side: Side) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for similar in similar_sentences([problem], others).found:
        gold = set(similar.pair.side(side).entities or ())
        before = set(similar.before.entities(side))
        after = set(getattr(similar.state, _KINDS[side]))
        right = len((after - before) & gold) + len((before - after) - gold)
        counts[what_is_wrong(problem), "right"] += right
        counts[what_is_wrong(problem), "wrong"] += len(before ^ after) - right
    return counts


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    report = {name: measured(*given) for name, given in specs(arguments.data).items()}
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
