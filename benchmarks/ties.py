"""How much the tie rule decides: F1 of the exact projector under every rule, on every corpus at hand.

    python -m benchmarks.ties --data ../shared/data [--json]

The default is chosen on the corpora in `TUNED_ON`; Europarl-NER is only reported.
"""

from __future__ import annotations

import argparse
import json
from itertools import permutations
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.corpora import TUNED_ON, corpora
from benchmarks.projections import align
from xner_core.config import Choice

POSITIONS = ("diagonal", "left", "right")
LENGTHS = ("longer", "shorter")


def rules() -> list[tuple[str, ...]]:
    """One length and one position in both orders, either alone, and the position that breaks what is left."""
    found: list[tuple[str, ...]] = [(x,) for x in (*LENGTHS, *POSITIONS)]
    for length in LENGTHS:
        for position in POSITIONS:
            found += permutations((length, position))
        found += [(length, "diagonal", "left"), ("diagonal", length, "left")]
    return found


def main() -> None:
    """Print the table, the best rule on the tuning corpora first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--extraction", default="itermax")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures: dict[tuple[str, ...], dict[str, float]] = {rule: {} for rule in rules()}
    for name, spec, labels in corpora(arguments.data):
        corpus = align(spec, labels, Choice(name=arguments.extraction))
        problems = corpus.problems(Choice(name="aligned"), Choice(name="alignment"))
        for rule, row in figures.items():
            row[name] = corpus.f1(problems, Choice(name="ilp", options={"prefer": rule}))
    rows: list[dict[str, Any]] = []
    for rule, row in figures.items():
        tuned = mean(f1 for name, f1 in row.items() if name.startswith(TUNED_ON))
        rows.append({"prefer": ", ".join(rule), "mean of the tuning corpora": tuned, **row})
    rows.sort(key=lambda row: -row["mean of the tuning corpora"])
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    columns = [column for column in rows[0] if column != "prefer"]
    print("| tie rule | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for row in rows:
        print(f"| {row['prefer']} | " + " | ".join(f"{row[c]:.4f}" for c in columns) + " |")


if __name__ == "__main__":
    main()
