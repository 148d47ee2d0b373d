"""What intervals of F1 say, in words."""

from __future__ import annotations

from xner_core.viz.cells import Cell, Cells

BEST, OVERLAPS, APART = "best", "overlaps", "apart"
HELP = (
    "How the method's interval lies to that of the best in its row. Where they overlap, these sentences do "
    "not tell the two apart; page Compare looks at the two sentence by sentence and can tell more."
)


def against_best(cells: Cells, row: str, cell: Cell) -> str:
    """How a cell lies to the best of its row: `best`, `overlaps` or `apart`; empty without an interval."""
    best = _best(cells, row)
    if best is None or cell.f1 is None or cell.low is None:
        return ""
    if cell == best:
        return BEST
    return OVERLAPS if cell.ends[1] >= best.ends[0] else APART


def told_apart(cells: Cells, noun: str = "language") -> str:
    """Say in how many rows the best method's interval lies clear of all others; empty for one method."""
    own = [method for method in cells.methods if not method.is_published]
    rows = [row for row in cells.rows if _best(cells, row) is not None]
    if len(own) < 2 or not rows:
        return ""
    clear = sum(
        all(
            against_best(cells, row, cell) in ("", BEST, APART)
            for method in own
            if (cell := cells.by_place.get((method.id, row))) is not None
        )
        for row in rows
    )
    overlapping = len(rows) - clear
    if not overlapping:
        return f"In every {noun} the interval of the best method lies clear of the others."
    where = f"In every {noun}" if not clear else f"In {overlapping} of {len(rows)} {noun}s"
    return (
        f"{where} the interval of the best method overlaps that of another: there these sentences do not "
        "tell them apart."
    )


def _best(cells: Cells, row: str) -> Cell | None:
    """The best own cell of a row."""
    own = [
        cell
        for method in cells.methods
        if not method.is_published
        and (cell := cells.by_place.get((method.id, row))) is not None
        and cell.f1 is not None
    ]
    return max(own, key=lambda cell: cell.f1 or 0.0, default=None)
