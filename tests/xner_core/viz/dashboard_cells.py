"""Cells for tests of what is drawn of them."""

from __future__ import annotations

from collections.abc import Mapping

from xner_core.viz.cells import Cell, Cells, by_language
from xner_core.viz.method_style import styled

F1: Mapping[str, Mapping[str, float]] = {
    "one": {"de": 0.75, "twi": 0.5, "ar": 0.625},
    "two": {"de": 0.5, "twi": 0.45, "ar": 0.875},
}
GOLD = {"de": 70, "twi": 300, "ar": 20}
METHODS = styled([("one", "Method <1>"), ("two", "Two")], [("published:x:best", "Published")])


def cell(method: str, lang: str, f1: float, part: str = "") -> Cell:
    return Cell(method, lang, part, f1, f1 - 0.05, f1 + 0.05, f1 / 2, f1 / 4, GOLD[lang], 9)


def cells(sort: str = "f1") -> Cells:
    """Two own methods in three languages, and a published figure in one."""
    found = [cell(method, lang, f1) for method, of in F1.items() for lang, f1 in of.items()]
    found.append(Cell("published:x:best", "de", "", 0.9))
    return by_language(METHODS, ["ar", "de", "twi"], found, sort)
