"""What is said of intervals."""

from __future__ import annotations

from tests.xner_core.viz.dashboard_cells import METHODS, cells
from xner_core.viz.cells import Cell, Cells
from xner_core.viz.figure_wording import against_best, told_apart


def _against(method: str, row: str) -> str:
    shown = cells()
    return against_best(shown, row, shown.by_place[method, row])


def test_how_a_method_lies_to_the_best_of_its_row() -> None:
    assert [_against("one", lang) for lang in ("de", "ar", "twi")] == ["best", "apart", "best"]
    assert [_against("two", lang) for lang in ("de", "ar", "twi")] == ["apart", "best", "overlaps"]
    assert _against("published:x:best", "de") == ""  # it has no interval, and is not the best


def test_in_how_many_languages_the_best_is_told_apart() -> None:
    assert told_apart(cells()).startswith("In 1 of 3 languages the interval of the best method overlaps")


def test_in_all_or_none() -> None:
    alike = {
        (method.id, row): Cell(method.id, row, "", 0.5, 0.4, 0.6)
        for method in METHODS[:2]
        for row in ("de", "it")
    }
    assert told_apart(Cells(METHODS, ("de", "it"), alike), "bucket").startswith(
        "In every bucket the interval"
    )
    clear = {**alike, ("one", "de"): Cell("one", "de", "", 0.9, 0.8, 1.0)}
    assert "lies clear" in told_apart(Cells(METHODS, ("de",), clear))


def test_one_method_is_compared_with_nothing() -> None:
    one = {("one", "de"): Cell("one", "de", "", 0.5, 0.4, 0.6)}
    assert told_apart(Cells((METHODS[0], METHODS[2]), ("de",), one)) == ""
    assert told_apart(Cells(METHODS, (), {})) == ""
