"""The figures behind the defaults: F1 of every extraction and projector on every corpus at hand.

    python -m benchmarks.defaults --data ../shared/data [--json]

The encoder runs once a corpus; source entities are gold where the corpus has them, else spaCy's.
Nothing is tuned on the test data that is printed beside it (Europarl-NER).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora import corpora
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.evaluation import score_entities
from xner_core.pipeline import Pipeline
from xner_core.registry import COMPONENTS


def measure(spec: str, labels: list[str] | None) -> Iterator[dict[str, Any]]:
    """F1 of each extraction and projector on one corpus."""
    pairs = load(spec).pairs
    pipeline = Pipeline()
    entities = pipeline.tag(pairs)
    similarities = list(pipeline.config.aligner.build("aligner").compare(pairs))
    gold = [pair.target.entities or () for pair in pairs]
    n_words = [len(pair.target.words) for pair in pairs]
    for name in COMPONENTS["extraction"]:
        extraction = Choice(name=name).build("extraction")
        alignments = [extraction.align(s) for s in similarities]
        problems = [pipeline.problem(*row) for row in zip(pairs, entities, alignments, strict=True)]
        for projector_name in COMPONENTS["projector"]:
            projector = Choice(name=projector_name).build("projector")
            predicted = [projector.project(problem).target_entities for problem in problems]
            f1 = score_entities(gold, predicted, n_words, labels).f1
            yield {"extraction": name, "projector": projector_name, "f1": round(f1, 4)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    rows = [
        {"corpus": name, **row}
        for name, spec, labels in corpora(arguments.data)
        for row in measure(spec, labels)
    ]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    columns = [f"{e} {p}" for e in COMPONENTS["extraction"] for p in COMPONENTS["projector"]]
    print("| corpus | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for corpus in dict.fromkeys(row["corpus"] for row in rows):
        figures = [f"{row['f1']:.3f}" for row in rows if row["corpus"] == corpus]
        print(f"| {corpus} | " + " | ".join(figures) + " |")


if __name__ == "__main__":
    main()
