"""Unbalanced transport: plans against a general-purpose optimiser, and the links of whole words."""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.unbalanced import best_plan, objective
from tests.properties.strategies import similarities
from tests.xner_core.alignment.extraction.cases import links_of, matrix
from xner_core.alignment.extraction import UnbalancedConfig, UnbalancedTransport
from xner_core.alignment.extraction.unbalanced import unbalanced_plan
from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity

Similarity = NDArray[np.float32]


def _similarity(values: list[list[float]], source: list[int], target: list[int]) -> SubwordSimilarity:
    rows, columns = (
        SubwordEmbeddings(np.zeros((len(words), 1), np.float32), np.array(words), max(words, default=-1) + 1)
        for words in (source, target)
    )
    return SubwordSimilarity(
        np.array(values, dtype=np.float32).reshape(len(source), len(target)), rows, columns
    )


def test_a_single_pair_worked_out_by_hand() -> None:
    # One number p, the median is the similarity itself: -offset·p - ε·KL(p | 1) - 2ρ·KL(p | 1) is
    # largest where ln p = -offset / (ε + 2ρ).
    plan = unbalanced_plan(matrix([[0.8]]), 0.1, 0.2, 0.05, 1e-9)
    assert plan.item() == pytest.approx(exp(-0.05 / 0.5))


@settings(max_examples=25, deadline=None)
@given(
    similarity=similarities(least=1, most=4),
    regularisation=st.sampled_from([0.05, 0.2]),
    marginal=st.sampled_from([0.05, 0.5]),
    offset=st.sampled_from([-0.1, 0.0, 0.1]),
)
def test_the_plan_is_the_optimisers(
    similarity: Similarity, regularisation: float, marginal: float, offset: float
) -> None:
    problem = (similarity, regularisation, marginal, offset)
    plan = unbalanced_plan(*problem, 1e-9, 100_000)
    other = best_plan(*problem)
    assert objective(plan, *problem) >= objective(other, *problem) - 1e-7
    # Beside large shares the optimiser leaves small ones inexact; that ours is no worse was just seen.
    np.testing.assert_allclose(plan, other, atol=max(2e-3, 2e-5 * other.max()))


@given(similarity=similarities(least=1, most=6))
def test_the_other_direction_is_the_same_plan(similarity: Similarity) -> None:
    plan = unbalanced_plan(similarity, 0.05, 0.3, 0.07, 1e-9, 10_000)
    turned = unbalanced_plan(similarity.T, 0.05, 0.3, 0.07, 1e-9, 10_000)
    np.testing.assert_allclose(plan, turned.T, atol=1e-6)


def test_a_word_that_fits_nothing_stays_behind() -> None:
    rows = [[0.9, 0.5, 0.5], [0.5, 0.9, 0.5], [0.5, 0.5, 0.5]]
    cheap = UnbalancedConfig(marginal=0.03, offset=0.2)
    assert links_of(UnbalancedTransport(cheap), rows) == {(0, 0), (1, 1)}
    plan = unbalanced_plan(matrix(rows), 0.035, 0.03, 0.2)
    assert plan[2].sum() < 0.4 * plan[0].sum()


def test_the_dearer_it_is_the_less_stays_behind() -> None:
    rows = [[0.9, 0.5, 0.5], [0.5, 0.9, 0.5], [0.5, 0.5, 0.5]]
    left = [1 / 3 - unbalanced_plan(matrix(rows), 0.035, price, 0.07)[2].sum() for price in (0.1, 1, 10, 100)]
    assert left == sorted(left, reverse=True)
    assert left[-1] == pytest.approx(0, abs=0.01)


def test_words_are_linked_by_all_their_subwords_together() -> None:
    # The first word's two subwords carry to the two of the first, each the other way round.
    values = [[0.6, 0.9, 0.5], [0.9, 0.6, 0.5], [0.5, 0.5, 0.9]]
    found = UnbalancedTransport().align(_similarity(values, [0, 0, 1], [0, 0, 1]))
    assert found.sure == ((0, 0), (1, 1))
    # One subword alone that resembles another word's does not link the words.
    values = [[0.9, 0.5, 0.5, 0.9], [0.5, 0.9, 0.5, 0.5], [0.5, 0.5, 0.9, 0.5], [0.5, 0.5, 0.5, 0.9]]
    found = UnbalancedTransport().align(_similarity(values, [0, 0, 0, 1], [0, 0, 0, 1]))
    assert found.sure == ((0, 0), (1, 1))


def test_words_without_subwords_get_no_link() -> None:
    found = UnbalancedTransport().align(_similarity([[0.9, 0.5], [0.5, 0.9]], [0, 2], [1, 3]))
    assert found.sure == ((0, 1), (2, 3))
    assert found.similarity is not None
    assert found.similarity.shape == (3, 4)


@pytest.mark.parametrize(("source", "target"), [([], []), ([0], []), ([], [0, 1])])
def test_nothing_to_link(source: list[int], target: list[int]) -> None:
    assert UnbalancedTransport().align(_similarity([], source, target)).links == ()


@given(similarity=similarities(most=6))
def test_a_word_of_one_subword_each_is_what_the_matrix_alone_gives(similarity: Similarity) -> None:
    rows, columns = similarity.shape
    found = UnbalancedTransport().align(
        _similarity(similarity.tolist(), list(range(rows)), list(range(columns)))
    )
    assert found.sure == tuple(map(tuple, np.argwhere(UnbalancedTransport().extract(similarity)).tolist()))


def _share_of_one() -> float:
    """What a lone pair carries, by hand as above, of the geometric mean of both weights (1)."""
    return exp(-0.07 / (0.035 + 2 * 0.3))


@pytest.mark.parametrize(("factor", "linked"), [(0.999, True), (1.001, False)])
def test_the_shares_are_thresholds(factor: float, linked: bool) -> None:
    threshold = _share_of_one() * factor
    if threshold < 1:
        config = UnbalancedConfig(share=min(threshold, 0.999), mutual_share=min(threshold, 0.999))
        assert links_of(UnbalancedTransport(config), [[0.4]]) == ({(0, 0)} if linked else set())


def test_the_lower_share_is_for_those_that_carry_most_to_each_other() -> None:
    # One source word and two target words alike: each carries p, of the geometric mean sqrt(1 · 1/2).
    rows = [[0.9, 0.9]]
    plan = unbalanced_plan(matrix(rows), 0.035, 0.3, 0.07)
    share = plan[0, 0] / sqrt(1 / 2)
    above, below = (
        UnbalancedConfig(share=share * 0.99),
        UnbalancedConfig(share=share * 1.01, mutual_share=share * 0.99),
    )
    assert links_of(UnbalancedTransport(above), rows) == {(0, 0), (0, 1)}
    assert links_of(UnbalancedTransport(below), rows) == {(0, 0)}


def test_extreme_options_stay_finite() -> None:
    rows = matrix([[0, 1, 0.5], [1, 0, 0.2]])
    for regularisation in (0.01, 1):
        for marginal in (0.001, 100):
            for offset in (-1, 1):
                assert np.isfinite(unbalanced_plan(rows, regularisation, marginal, offset)).all()
