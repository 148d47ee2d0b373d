"""How alike two spellings are, by the longest common subsequence."""

from __future__ import annotations


def indel_ratio(a: str, b: str) -> float:
    """1 - (letters to insert or delete) / (letters of both); 0 where one is empty."""
    if not a or not b:
        return 0.0
    common = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            common[i + 1][j + 1] = common[i][j] + 1 if x == y else max(common[i][j + 1], common[i + 1][j])
    return 2 * common[-1][-1] / (len(a) + len(b))
