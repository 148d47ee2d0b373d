"""Projection into a low-resource language, with source entities that a model found."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.runs.evaluate import evaluate

pytestmark = pytest.mark.xdist_group("real data")


def test_twi_is_between_useless_and_perfect(masakhaner: Path) -> None:
    labels = ["PER", "ORG", "LOC"]
    report = evaluate(f"jsonl:{masakhaner / 'twi.dev.jsonl'}", labels=labels, limit=400)
    assert 0.3 < report["f1"] < 0.9
    assert set(report["per_label"]) == set(labels)
    assert all(row["support"] > 0 for row in report["per_label"].values())
    assert report["seconds"]["ner"] > 0
