"""Sums over spans, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import spans
from xner_core.scoring.sums import Bounds, block_sums, span_sums

VALUES = np.array([[1, 2, 3], [10, 20, 30]])


def test_bounds_of_spans() -> None:
    found = Bounds.of(spans((0, 2), (1, 5)))
    assert found.starts.tolist() == [0, 1]
    assert found.ends.tolist() == [2, 5]
    assert found.lengths.tolist() == [2, 4]


def test_each_row_over_each_span() -> None:
    found = span_sums(VALUES, Bounds.of(spans((0, 3), (1, 2), (1, 3))))
    assert found.tolist() == [[6, 2, 5], [60, 20, 50]]


def test_an_empty_span_sums_up_to_nothing() -> None:
    ends = np.array([0, 2, 3])
    assert span_sums(VALUES, Bounds(ends, ends)).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_each_block() -> None:
    found = block_sums(VALUES, Bounds.of(spans((0, 1), (1, 2), (0, 2))), Bounds.of(spans((0, 2), (2, 3))))
    assert found.tolist() == [[3, 3], [30, 30], [33, 33]]


def test_truth_values_are_counted() -> None:
    assert block_sums(VALUES > 2, Bounds.of(spans((0, 2))), Bounds.of(spans((0, 3)))).tolist() == [[4]]


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (0, 2), (2, 0)])
def test_none_of_either(rows: int, columns: int) -> None:
    some = spans((0, 1), (0, 2))
    assert block_sums(VALUES, Bounds.of(some[:rows]), Bounds.of(some[:columns])).shape == (rows, columns)
