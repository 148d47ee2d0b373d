"""F1 of every projector, score and constraint on Europarl-NER, beside the published figures.

    python -m benchmarks.published --data ../shared/data [--json]

Source entities are gold, links by the embedded encoder (layer 7, itermax), labels PER, ORG,
LOC, MISC, strict IOB2. Where the reduction to aligned ranges is proven to lose nothing (at
most n projections, alignment score) it is used; else all n-grams are candidates. The
published rows (Politov et al. 2025) used other encoders (AWESOME, SimAlign).
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.corpora import europarl
from benchmarks.projections import align
from xner_core.config import Choice

LANGS = ("de", "es", "it")
CONSTRAINTS = (
    ("<=", 1, False),
    ("==", 1, False),
    ("==", 1, True),
    (">=", 1, False),
    (">=", 1, True),
    ("<=", 2, False),
    ("==", 2, False),
    ("==", 2, True),
)
"""Relation, n_proj, strict: with strict a sentence in which it cannot be met loses all its entities."""
WITHOUT_MODEL = {
    "alignment": Choice(name="alignment"),
    "alignment, words": Choice(name="alignment", options={"count": "words"}),
    "soft-alignment": Choice(name="soft-alignment"),
    "name": Choice(name="name"),
    "fused": Choice(name="fused"),
}
"""The scores that need nothing but the pair and its links."""


def settings() -> Iterator[tuple[str, str, Choice, Choice, Choice]]:
    """Projector, score as the reader sees them; candidates, scorer and projector to build."""
    ranges, ngrams = Choice(name="aligned"), Choice(name="ngrams")
    for score, scorer in WITHOUT_MODEL.items():
        is_links = score == "alignment"
        if is_links:
            yield "heuristic", "(links)", ranges, scorer, Choice(name="heuristic")
        safe = ranges if is_links else ngrams
        yield "greedy", score, safe, scorer, Choice(name="greedy")
        for relation, n_proj, strict in CONSTRAINTS:
            options = {"relation": relation, "n_proj": n_proj, "strict": strict}
            candidates = safe if relation == "<=" else ngrams
            name = f"ILP {relation} {n_proj}{', strict' if strict else ''}"
            yield name, score, candidates, scorer, Choice(name="ilp", options=options)


def measure(data: Path) -> list[dict[str, Any]]:
    """One row a setting: `projector`, `score`, F1 by language and their mean."""
    corpora = {lang: align(europarl(data, lang), None) for lang in LANGS}
    stated: dict[tuple[str, str, str], Any] = {}
    rows = []
    for projector_name, score, candidates, scorer, projector in settings():
        f1 = {}
        for lang, corpus in corpora.items():
            key = (lang, candidates.name, score)
            if key not in stated:
                stated[key] = corpus.problems(candidates, scorer)
            f1[lang] = corpus.f1(stated[key], projector)
        rows.append({"projector": projector_name, "score": score, **f1, "mean": mean(f1.values())})
    return rows


def published(data: Path) -> list[dict[str, Any]]:
    """The rows of the published table for Europarl-NER in the same form."""
    names = {"align_src": "heuristic", "candidates": "candidates", "model_transfer": "model transfer"}
    figures: dict[tuple[str, str], dict[str, float]] = {}
    with (data / "published" / "politov2025_f1.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["dataset"] == "europarl-ner":
                kind = {"dummy": "n-grams", "ner": "NER spans"}.get(row["candidates"], "")
                method = " ".join(filter(None, (names[row["approach"]], kind)))
                figures.setdefault((method, row["aligner"]), {})[row["language"]] = float(row["f1"])
    return [
        {"projector": f"published: {method}", "score": aligner, **f1, "mean": mean(f1.values())}
        for (method, aligner), f1 in figures.items()
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    rows = [*published(arguments.data), *measure(arguments.data)]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    print("| projector | score | de | es | it | mean |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        figures = " | ".join(f"{row[column]:.3f}" for column in (*LANGS, "mean"))
        print(f"| {row['projector']} | {row['score']} | {figures} |")


if __name__ == "__main__":
    main()
