"""What every extraction promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.properties.strategies import similarities
from xner_core.alignment.extraction import Extraction
from xner_core.config import Choice
from xner_core.registry import COMPONENTS

each_extraction = pytest.mark.parametrize("name", COMPONENTS["extraction"])


def _built(name: str, **options: float) -> Extraction:
    extraction: Extraction = Choice(name=name, options=options).build("extraction")
    return extraction


@each_extraction
@given(similarity=similarities(most=8))
def test_links_fit_the_matrix_which_stays_as_it_was(name: str, similarity: NDArray[np.float32]) -> None:
    before = similarity.copy()
    links = _built(name).extract(similarity)
    assert links.shape == similarity.shape
    assert links.dtype == bool
    np.testing.assert_array_equal(similarity, before)
    np.testing.assert_array_equal(_built(name).extract(similarity), links)


@each_extraction
@given(similarity=similarities(least=1, most=8))
def test_the_largest_similarity_is_linked_or_its_equal(name: str, similarity: NDArray[np.float32]) -> None:
    links = _built(name).extract(similarity)
    if name in ("transport", "unbalanced"):  # share words out among equals, until nothing is a link
        return
    assert links.any()
    if name != "match":  # which may give the best link up for a better total
        assert similarity[links].max() == similarity.max()


@each_extraction
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_empty_sentences(name: str, shape: tuple[int, int]) -> None:
    links = _built(name).extract(np.zeros(shape, dtype=np.float32))
    assert links.shape == shape
    assert links.dtype == bool


@each_extraction
@pytest.mark.parametrize(("n_source", "n_target"), [(1, 1), (1, 4), (4, 1), (2, 2)])
def test_tiny_sentences(name: str, n_source: int, n_target: int) -> None:
    similarity = np.full((n_source, n_target), 0.1, dtype=np.float32)
    similarity[-1, -1] = 0.9
    links = _built(name).extract(similarity)
    assert links[-1, -1]
    assert links.sum() <= max(n_source, n_target)


@each_extraction
@given(value=st.sampled_from([0.0, 0.5, 1.0]), shape=st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_where_all_are_equal(name: str, value: float, shape: tuple[int, int]) -> None:
    similarity = np.full(shape, value, dtype=np.float32)
    links = _built(name).extract(similarity)
    assert links.shape == shape
    np.testing.assert_array_equal(_built(name).extract(similarity.copy(order="F")), links)


@each_extraction
@given(similarity=similarities(most=6))
def test_distortion_weighs_the_similarities_and_0_is_off(name: str, similarity: NDArray[np.float32]) -> None:
    off = _built(name, distortion=0.0).extract(similarity)
    if name != "unbalanced":  # for which it is on by default
        np.testing.assert_array_equal(off, _built(name).extract(similarity))
    weighed = similarity.astype(np.float64)
    rows, columns = similarity.shape
    if rows > 1 and columns > 1:
        for row, column in np.ndindex(rows, columns):
            distance = row / (rows - 1) - column / (columns - 1)
            weighed[row, column] *= 1 - 0.7 * distance**2
    on = _built(name, distortion=0.7).extract(similarity)
    expected = _built(name, distortion=0.0).extract(weighed)
    # Weights that differ in the last digit may decide between equals.
    if len(np.unique(weighed.round(9))) == weighed.size:
        np.testing.assert_array_equal(on, expected)
    assert on.shape == similarity.shape


@each_extraction
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_a_clear_permutation_is_found(name: str, order: list[int]) -> None:
    similarity = np.full((4, 4), 0.2, dtype=np.float32)
    similarity[range(4), order] = 0.9
    expected = similarity > 0.5
    np.testing.assert_array_equal(_built(name).extract(similarity), expected)
