"""Colours that can be told from the background: WCAG 2.2, success criterion 1.4.11."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from tests.conftest import ROOT
from xner_core.registry import COMPONENTS
from xner_core.viz.method_style import COLOURS
from xner_core.viz.palette import PROJECTOR_NAMES, label_colour

LABELS = ("PER", "ORG", "LOC", "MISC", "DATE")
OTHERS = [f"LABEL-{n}" for n in range(60)]
"""Enough labels without a colour of their own to meet every colour that such labels get."""


def luminance(colour: str) -> float:
    """Relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the well-known near miss


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_stands_out_from_the_themes_background(theme: str) -> None:
    background = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"][theme][
        "backgroundColor"
    ]
    assert background == {"light": "#FFFFFF", "dark": "#0E1117"}[theme]
    colours = {label: label_colour(label) for label in (*LABELS, *OTHERS)} | dict(enumerate(COLOURS))
    weak = {name: colour for name, colour in colours.items() if contrast(colour, background) < 3}
    assert weak == {}


def test_the_usual_labels_have_different_colours() -> None:
    assert len({label_colour(label) for label in LABELS}) == len(LABELS)


def test_other_labels_never_borrow_the_colour_of_a_usual_one() -> None:
    assert {label_colour(label) for label in OTHERS}.isdisjoint(label_colour(label) for label in LABELS)


def test_other_labels_use_several_colours() -> None:
    assert len({label_colour(label) for label in OTHERS}) >= 4


def test_a_label_keeps_its_colour_in_the_next_process() -> None:
    code = f"from xner_core.viz.palette import label_colour; print(*map(label_colour, {OTHERS}))"
    for seed in ("1", "2"):  # of hash(), which is another one in each process
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [label_colour(label) for label in OTHERS]


def test_every_projector_has_a_name_of_its_own() -> None:
    assert set(PROJECTOR_NAMES) == set(COMPONENTS["projector"])
    assert len(set(PROJECTOR_NAMES.values())) == len(PROJECTOR_NAMES)
