"""Optimal transport: plans by hand, against a linear programme, and the links they give."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.transport import largest_total
from tests.properties.strategies import similarities
from tests.xner_core.alignment.extraction.cases import links_of, matrix
from xner_core.alignment.extraction import OptimalTransport, TransportConfig
from xner_core.alignment.extraction.transport import transport_plan

Similarity = NDArray[np.float32]
NULLS = st.sampled_from([0.0, 0.1, 0.5])


def test_a_plan_worked_out_by_hand() -> None:
    # Alike in both diagonals: what is ln 4 · regularisation more similar carries four times as much.
    rows = [[0.5 + 0.1 * log(4), 0.5], [0.5, 0.5 + 0.1 * log(4)]]
    np.testing.assert_allclose(transport_plan(matrix(rows), 0.1), [[0.4, 0.1], [0.1, 0.4]], atol=1e-6)


@pytest.mark.parametrize("null", [0, 0.25, 0.9])
def test_a_single_pair_carries_all_that_does_not_stay_behind(null: float) -> None:
    assert transport_plan(matrix([[0.3]]), 0.1, null).item() == pytest.approx(1 - null, abs=1e-4)


def test_what_fits_worst_stays_behind() -> None:
    rows = [[0.9, 0.2, 0.2], [0.2, 0.9, 0.2], [0.2, 0.2, 0.3]]
    plan = transport_plan(matrix(rows), 0.03, null=1 / 3)
    np.testing.assert_allclose(plan.sum(axis=1), [1 / 3, 1 / 3, 0], atol=0.01)
    # With nowhere else to stay the last words carry to each other.
    np.testing.assert_allclose(np.diag(transport_plan(matrix(rows), 0.03)), [1 / 3] * 3, atol=0.03)


def test_a_word_may_share_itself_out() -> None:
    # One source word for two target words, and the other way round.
    rows = [[0.9, 0.9, 0.1, 0.1], [0.1, 0.1, 0.9, 0.9]]
    expected = {(0, 0), (0, 1), (1, 2), (1, 3)}
    assert links_of(OptimalTransport(), rows) == expected
    turned = np.array(rows).T.tolist()
    assert links_of(OptimalTransport(), turned) == {(column, row) for row, column in expected}


@pytest.mark.parametrize(("threshold", "linked"), [(0.79, True), (0.81, False)])
def test_the_threshold_is_a_share_of_what_a_link_could_carry(threshold: float, linked: bool) -> None:
    rows = [[0.5 + 0.1 * log(4), 0.5], [0.5, 0.5 + 0.1 * log(4)]]  # 0.4 of at most 0.5
    config = TransportConfig(regularisation=0.1, null=0, threshold=threshold)
    assert links_of(OptimalTransport(config), rows) == ({(0, 0), (1, 1)} if linked else set())


@pytest.mark.parametrize(("threshold", "linked"), [(0.74, True), (0.76, False)])
def test_what_a_link_could_carry_is_the_lighter_words_weight(threshold: float, linked: bool) -> None:
    # Each of four target words weighs 0.25, the source word 1; 0.25 of it stays behind, 0.0625 for each.
    config = TransportConfig(null=0.25, threshold=threshold, tolerance=1e-6)
    for rows in ([[0.5] * 4], [[0.5]] * 4):
        assert len(links_of(OptimalTransport(config), rows)) == (4 if linked else 0)


def test_rounds_are_bounded() -> None:
    rng = np.random.default_rng(4)
    similarity = rng.random((6, 6)).astype(np.float32)
    exact = transport_plan(similarity, 0.01, tolerance=1e-12, iterations=10_000)
    once, more = (transport_plan(similarity, 0.01, tolerance=1e-12, iterations=n) for n in (1, 50))
    np.testing.assert_allclose(once.sum(axis=1), 1 / 6)  # the rows were scaled last
    assert np.abs(once - exact).max() > 2 * np.abs(more - exact).max() > 0
    rough = transport_plan(similarity, 0.01, tolerance=0.1, iterations=10_000)
    assert np.abs(once - exact).max() > np.abs(rough - exact).max() > 1e-9


@given(similarities(least=1), NULLS)
def test_the_plan_keeps_to_the_words_weights(similarity: Similarity, null: float) -> None:
    plan = transport_plan(similarity, 0.1, null, tolerance=1e-7, iterations=5_000)
    rows, columns = similarity.shape
    assert plan.shape == similarity.shape
    assert (plan >= 0).all()
    assert plan.sum() == pytest.approx(1 - null, abs=1e-5)
    by_row, by_column = plan.sum(axis=1), plan.sum(axis=0)
    assert (by_row <= 1 / rows + 1e-6).all()
    assert (by_column <= 1 / columns + 1e-6).all()
    if null == 0:
        np.testing.assert_allclose(by_row, 1 / rows, rtol=1e-5)
        np.testing.assert_allclose(by_column, 1 / columns, rtol=1e-5)


@given(similarities(), NULLS)
def test_the_direction_does_not_matter(similarity: Similarity, null: float) -> None:
    plan, turned = (
        transport_plan(values, 0.1, null, tolerance=1e-9, iterations=5_000)
        for values in (similarity, similarity.T)
    )
    np.testing.assert_allclose(plan, turned.T, atol=1e-5)


@settings(max_examples=40)
@given(similarities(least=1, most=4), NULLS)
def test_hardly_regularised_it_is_the_linear_programmes_optimum(similarity: Similarity, null: float) -> None:
    regularisation = 0.003
    plan = transport_plan(similarity, regularisation, null, tolerance=1e-5, iterations=5_000)
    total = float((plan * similarity).sum())
    # The plan's entropy, null words included, may outweigh this much of the total.
    most = 2 * regularisation * log((len(similarity) + 1) * (similarity.shape[1] + 1))
    assert total == pytest.approx(largest_total(similarity, null), abs=most + 1e-3)
