"""What every extraction promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from tests.properties.strategies import similarities
from xner_core.alignment.extraction import Extraction
from xner_core.config import Choice
from xner_core.registry import COMPONENTS

each_extraction = pytest.mark.parametrize("name", COMPONENTS["extraction"])


def _built(name: str) -> Extraction:
    extraction: Extraction = Choice(name=name).build("extraction")
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
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_a_clear_permutation_is_found(name: str, order: list[int]) -> None:
    similarity = np.full((4, 4), 0.2, dtype=np.float32)
    similarity[range(4), order] = 0.9
    expected = similarity > 0.5
    np.testing.assert_array_equal(_built(name).extract(similarity), expected)
