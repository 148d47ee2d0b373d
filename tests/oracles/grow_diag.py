"""Grow-diag-final-and as the pseudo-code of Koehn, Och and Marcu (2003) has it: sweeps over all cells."""

from __future__ import annotations

Cells = set[tuple[int, int]]
AROUND = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]


def grow_diag_final_and(forward: Cells, reverse: Cells, shape: tuple[int, int]) -> Cells:
    union, links = forward | reverse, forward & reverse

    def row_is_free(row: int) -> bool:
        return all(other != row for other, _ in links)

    def column_is_free(column: int) -> bool:
        return all(other != column for _, other in links)

    grown = True
    while grown:
        grown = False
        for row in range(shape[0]):
            for column in range(shape[1]):
                if (row, column) not in links:
                    continue
                for down, right in AROUND:
                    new = (row + down, column + right)
                    free = row_is_free(new[0]) or column_is_free(new[1])
                    if new in union and new not in links and free:
                        links.add(new)
                        grown = True
    for direction in (forward, reverse):
        for row in range(shape[0]):
            for column in range(shape[1]):
                if (row, column) in direction and row_is_free(row) and column_is_free(column):
                    links.add((row, column))
    return links
