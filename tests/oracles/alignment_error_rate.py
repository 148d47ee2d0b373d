"""Alignment error rate by going through every cell of a pair, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.types import WordAlignment


def figures(
    gold: Sequence[WordAlignment], predicted: Sequence[WordAlignment], n_words: int
) -> dict[str, float]:
    """AER, precision and recall of sentences with up to `n_words` words a side."""
    in_a = in_s = in_both_sure = in_both = 0
    for right, found in zip(gold, predicted, strict=True):
        for i in range(n_words):
            for j in range(n_words):
                is_sure = (i, j) in right.sure
                is_found = (i, j) in found.sure or (i, j) in found.possible
                in_s += is_sure
                in_a += is_found
                in_both_sure += is_found and is_sure
                in_both += is_found and (is_sure or (i, j) in right.possible)
    return {
        "precision": in_both / in_a if in_a else 0.0,
        "recall": in_both_sure / in_s if in_s else 0.0,
        "aer": (in_a - in_both + in_s - in_both_sure) / (in_a + in_s) if in_a + in_s else 0.0,
    }
