"""Projection F1 on Europarl-NER with gold English entities and the default settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.runs.evaluate import evaluate

pytestmark = pytest.mark.xdist_group("real data")


# Best single methods as published (Politov et al. 2025): .920, .892, .878.
@pytest.mark.parametrize(
    ("lang", "least"),
    [
        ("de", 0.91),
        pytest.param("es", 0.895, marks=pytest.mark.study),
        pytest.param("it", 0.865, marks=pytest.mark.study),
    ],
)
def test_f1_is_near_the_published_best(europarl: Path, lang: str, least: float) -> None:
    files = [europarl / f"{code}-europarl.test.conll02" for code in ("en", lang)]
    report = evaluate(f"conll:{files[0]},{files[1]}")
    assert report["n_sentences"] == 799
    assert list(report["per_language"]) == [lang]
    assert least <= report["f1"] < 0.97
