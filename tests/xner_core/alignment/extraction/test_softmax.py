"""Softmax in both directions."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.mutual_softmax import probabilities
from tests.properties.strategies import similarities
from tests.xner_core.alignment.extraction.cases import Rows, links_of, matrix
from xner_core.alignment.extraction import MutualSoftmax, SoftmaxConfig
from xner_core.alignment.extraction.softmax import softmax

# At temperature 0.1 a difference of 0.1 · ln 3 makes three times as probable.
THREE = 0.1 * log(3)
ROWS: Rows = [[0.5 + THREE, 0.5], [0.5, 0.5]]


def test_probabilities_of_rows_and_columns() -> None:
    values = matrix(ROWS)
    np.testing.assert_allclose(softmax(values, 0.1, axis=1), [[0.75, 0.25], [0.5, 0.5]], atol=1e-6)
    np.testing.assert_allclose(softmax(values, 0.1, axis=0), [[0.75, 0.5], [0.25, 0.5]], atol=1e-6)


@pytest.mark.parametrize(
    ("threshold", "links"),
    [
        (0.2, {(0, 0), (0, 1), (1, 0), (1, 1)}),
        (0.3, {(0, 0), (1, 1)}),  # (0, 1) and (1, 0) have 0.25 in one direction, 0.5 in the other
        (0.6, {(0, 0)}),
        (0.8, set()),
    ],
)
def test_both_directions_exceed_the_threshold(threshold: float, links: set[tuple[int, int]]) -> None:
    assert links_of(MutualSoftmax(SoftmaxConfig(temperature=0.1, threshold=threshold)), ROWS) == links


def test_a_small_temperature_neither_overflows_nor_divides_by_nothing() -> None:
    with np.errstate(all="raise", under="ignore"):
        assert links_of(MutualSoftmax(SoftmaxConfig(temperature=0.001)), [[1, 0], [0, 1]]) == {(0, 0), (1, 1)}


@given(
    similarities(least=1, most=5),
    st.sampled_from([0.01, 0.03, 0.2]),
    st.sampled_from([0.001, 0.01, 0.15]),
)
def test_links_are_those_of_a_plain_loop(
    similarity: NDArray[np.float32], temperature: float, threshold: float
) -> None:
    config = SoftmaxConfig(temperature=temperature, threshold=threshold)
    links = MutualSoftmax(config).extract(similarity)
    rows = similarity.astype(float).tolist()
    for row, column in np.ndindex(similarity.shape):
        least = min(probabilities(rows, row, column, temperature))
        if abs(least - threshold) > 1e-9:
            assert links[row, column] == (least > threshold)
