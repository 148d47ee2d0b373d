"""Folders in the layouts of the Hugging Face hub, as `hf download` leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datasets import ClassLabel, Dataset, Features, List, Value

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
Rows = Sequence[tuple[str, str]]
"""Words and tags of each row, with spaces between them."""


def tagged(rows: Rows, labels: Sequence[str] = LABELS, **more: list[Any]) -> Dataset:
    """A dataset of words and tags as the hub has it: tags are numbers with names."""
    text, number = Value("string"), ClassLabel(names=list(labels))
    return Dataset.from_dict(
        {
            "tokens": [words.split(" ") if words else [] for words, _ in rows],
            "ner_tags": [[labels.index(tag) for tag in tags.split()] for _, tags in rows],
            **more,
        },
        features=Features(
            {"tokens": List(text), "ner_tags": List(number), **{name: List(text) for name in more}}
        ),
    )


def with_card(folder: Path, configs: dict[str, dict[str, Dataset]]) -> Path:
    """A folder whose README.md lists its configurations, as most datasets are."""
    card = ["---", "configs:"]
    for config, splits in configs.items():
        (folder / config).mkdir(parents=True)
        card += [f"- config_name: {config}", "  data_files:"]
        for split, rows in splits.items():
            rows.to_parquet(folder / config / f"{split}-00000-of-00001.parquet")
            card += [f"  - split: {split}", f"    path: {config}/{split}-*"]
    (folder / "README.md").write_text("\n".join([*card, "---", ""]), encoding="utf-8")
    return folder


def converted(folder: Path, configs: dict[str, dict[str, Dataset]]) -> Path:
    """A folder of the hub's own conversion to parquet, where a script made the data."""
    for config, splits in configs.items():
        for split, rows in splits.items():
            (folder / config / split).mkdir(parents=True)
            rows.to_parquet(folder / config / split / "0000.parquet")
    return folder


def json_lines(folder: Path, split: str, lines: str) -> Path:
    """A folder of JSON lines without a card."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / f"{split}.jsonl").write_text(lines, encoding="utf-8")
    return folder
