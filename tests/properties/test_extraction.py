"""What holds for the extractions on any matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.assignment import best_total
from tests.properties.strategies import distinct_similarities, similarities
from xner_core.alignment.extraction import (
    Argmax,
    Extraction,
    Forward,
    GrowDiagFinalAnd,
    Itermax,
    ItermaxConfig,
    MaximumWeightMatch,
    MutualSoftmax,
    Reverse,
    Union,
)

Similarity = NDArray[np.float32]


@given(similarities())
def test_argmax_links_are_the_best_of_their_row_and_column(similarity: Similarity) -> None:
    links = Argmax().extract(similarity)
    assert (links.sum(axis=0) <= 1).all()
    assert (links.sum(axis=1) <= 1).all()
    for row, column in np.argwhere(links):
        assert similarity[row, column] == similarity[row].max() == similarity[:, column].max()


@given(distinct_similarities())
def test_argmax_links_all_that_are_best_both_ways(similarity: Similarity) -> None:
    links = Argmax().extract(similarity)
    rows, columns = similarity.shape
    for row in range(rows):
        for column in range(columns):
            value = similarity[row, column]
            best = value == similarity[row].max() == similarity[:, column].max()
            assert links[row, column] == best


@pytest.mark.parametrize("extraction", [Argmax(), Itermax(), MaximumWeightMatch(), Union(), MutualSoftmax()])
@given(similarity=distinct_similarities())
def test_without_ties_the_direction_does_not_matter(extraction: Extraction, similarity: Similarity) -> None:
    forward, backward = extraction.extract(similarity), extraction.extract(similarity.T).T
    if isinstance(extraction, MaximumWeightMatch):
        # Different links may have the same total.
        assert similarity[forward].sum() == pytest.approx(similarity[backward].sum())
    else:
        np.testing.assert_array_equal(forward, backward)


@given(similarities(most=8), st.floats(0.5, 1), st.integers(1, 4))
def test_itermax_only_adds_to_argmax(similarity: Similarity, alpha: float, iterations: int) -> None:
    argmax = Argmax().extract(similarity)
    itermax = Itermax(ItermaxConfig(alpha=alpha, iterations=iterations)).extract(similarity)
    assert (itermax | ~argmax).all()


@given(similarities(most=8), st.integers(1, 4))
def test_each_itermax_round_only_adds(similarity: Similarity, iterations: int) -> None:
    before = Itermax(ItermaxConfig(iterations=iterations)).extract(similarity)
    after = Itermax(ItermaxConfig(iterations=iterations + 1)).extract(similarity)
    assert (after | ~before).all()


@given(similarities(most=8))
def test_every_itermax_link_has_a_word_with_no_other_link_before_it(similarity: Similarity) -> None:
    argmax = Argmax().extract(similarity)
    for row, column in np.argwhere(Itermax().extract(similarity) & ~argmax):
        assert not (argmax[row].any() and argmax[:, column].any())


@given(similarities(most=5))
def test_match_is_one_to_one_and_the_best(similarity: Similarity) -> None:
    links = MaximumWeightMatch().extract(similarity)
    assert links.sum() == min(similarity.shape)
    assert (links.sum(axis=0) <= 1).all()
    assert (links.sum(axis=1) <= 1).all()
    total = float(similarity[links].astype(np.float64).sum())
    assert total == pytest.approx(best_total(similarity.astype(np.float64)), abs=1e-9)


@given(similarities(most=8))
def test_turning_the_sentences_swaps_forward_and_reverse(similarity: Similarity) -> None:
    np.testing.assert_array_equal(Forward().extract(similarity.T), Reverse().extract(similarity).T)
    np.testing.assert_array_equal(Union().extract(similarity.T), Union().extract(similarity).T)


@given(similarities(most=8))
def test_from_argmax_over_grow_diag_to_union(similarity: Similarity) -> None:
    argmax, forward, reverse, union, grown = (
        extraction.extract(similarity)
        for extraction in (Argmax(), Forward(), Reverse(), Union(), GrowDiagFinalAnd())
    )
    np.testing.assert_array_equal(argmax, forward & reverse)
    np.testing.assert_array_equal(union, forward | reverse)
    assert (grown | ~argmax).all()
    assert (union | ~grown).all()
    if similarity.size:
        assert (forward.sum(axis=1) == 1).all()
        assert (reverse.sum(axis=0) == 1).all()


@given(similarities(most=8))
def test_grow_diag_final_and_leaves_no_link_between_words_without_one(similarity: Similarity) -> None:
    grown = GrowDiagFinalAnd().extract(similarity)
    for row, column in np.argwhere(Union().extract(similarity) & ~grown):
        assert grown[row].any() or grown[:, column].any()


@given(similarities(most=8))
def test_softmax_links_all_that_argmax_links(similarity: Similarity) -> None:
    assert (MutualSoftmax().extract(similarity) | ~Argmax().extract(similarity)).all()
