"""Similarities weighed by position."""

from __future__ import annotations

import numpy as np
import pytest

from tests.xner_core.alignment.extraction.cases import matrix
from xner_core.alignment.extraction import Argmax, SimilarityConfig
from xner_core.alignment.extraction.distortion import distorted


def test_weights_worked_out_by_hand() -> None:
    # Relative positions 0, 1/2, 1 and 0, 1: squared distances 0, 1; 1/4, 1/4; 1, 0.
    weighed = distorted(np.full((3, 2), 0.8), 0.5)
    np.testing.assert_allclose(weighed, 0.8 * np.array([[1, 0.5], [0.875, 0.875], [0.5, 1]]))


def test_off_is_the_very_matrix() -> None:
    values = matrix([[0.1, 0.2], [0.3, 0.4]])
    assert distorted(values, 0.0) is values


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (1, 1), (0, 3), (3, 0), (0, 0)])
def test_a_single_word_has_no_relative_position(shape: tuple[int, int]) -> None:
    values = np.full(shape, 0.7, dtype=np.float32)
    np.testing.assert_array_equal(distorted(values, 1.0), values)


def test_a_far_word_loses_to_a_near_one() -> None:
    values = matrix([[0.6, 0.7], [0.7, 0.6]])
    near = Argmax(SimilarityConfig(distortion=0.5)).extract(values)
    np.testing.assert_array_equal(near, np.eye(2, dtype=bool))
    np.testing.assert_array_equal(Argmax().extract(values), ~near)
