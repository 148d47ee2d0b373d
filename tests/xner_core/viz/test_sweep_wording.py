"""The best combination of a sweep in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from xner_core.viz.sweep_wording import best_in_words, figure

BEST = {"layer": 7, "extraction": "argmax", "aer": 0.0741, "f1": 0.5}
OWN = {"layer": 7, "extraction": "itermax", "aer": 0.1138, "f1": 0.25}


@pytest.mark.parametrize(
    ("measure", "default", "words"),
    [
        ("aer", OWN, "Best: layer 7 with argmax, AER .074; the default (layer 7, itermax) has .114."),
        ("f1", OWN, "Best: layer 7 with argmax, F1 .500; the default (layer 7, itermax) has .250."),
        ("aer", dict(BEST), "Best: layer 7 with argmax, AER .074, which is the default."),
        ("aer", None, "Best: layer 7 with argmax, AER .074."),
    ],
)
def test_in_words(measure: str, default: dict[str, Any] | None, words: str) -> None:
    assert best_in_words({"measure": measure, "best": BEST, "default": default}) == words


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, ".000"), (0.0745, ".074"), (0.9996, "1.000"), (1, "1.000")]
)
def test_figures(value: float, text: str) -> None:
    assert figure(value) == text
