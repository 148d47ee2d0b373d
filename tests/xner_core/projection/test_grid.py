"""Scores as whole numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.projection.grid import on_grid

WORD_COUNTS = [(p, q) for q in range(1, 25) for p in range(1, q + 1)]
WEIGHTS = [1.0, 0.5, 0.3, 1 / 3, 0.7, 1e-9, 12345.678]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_sums_of_fractions_of_word_counts_are_equal_if_and_only_if_the_fractions_are(weight: float) -> None:
    scores = np.array([weight * p / q for p, q in WORD_COUNTS])
    whole = on_grid(scores).tolist()
    by_sum: dict[Fraction, set[int]] = {}
    by_whole: dict[int, set[Fraction]] = {}
    for (one, a), (other, b) in combinations_with_replacement(zip(WORD_COUNTS, whole, strict=True), 2):
        exact = Fraction(*one) + Fraction(*other)
        by_sum.setdefault(exact, set()).add(a + b)
        by_whole.setdefault(a + b, set()).add(exact)
    assert all(len(found) == 1 for found in [*by_sum.values(), *by_whole.values()])


@pytest.mark.parametrize("numerator", range(1, 11))
@pytest.mark.parametrize("weight", WEIGHTS)
def test_also_where_the_largest_is_any_small_fraction(numerator: int, weight: float) -> None:
    for denominator in range(1, 25):
        top = Fraction(numerator, denominator)
        fractions = [Fraction(p, q) for p, q in WORD_COUNTS if Fraction(p, q) <= top] + [top]
        whole = on_grid(np.array([float(f) * weight for f in fractions])).tolist()
        assert [Fraction(w, whole[-1]) for w in whole] == [f / top for f in fractions]


@given(
    scores=st.lists(st.floats(0, 1), min_size=1, max_size=9).filter(any),
    exponent=st.integers(-900, 900),
)
def test_the_scale_is_of_no_account(scores: list[float], exponent: int) -> None:
    values = np.array([score for score in scores if score == 0 or score > 1e-9] or [1.0])
    assert on_grid(np.ldexp(values, exponent)).tolist() == on_grid(values).tolist()


@given(scores=st.lists(st.floats(-1e308, 1e308), min_size=1, max_size=9))
def test_order_and_sign_are_kept(scores: list[float]) -> None:
    whole = on_grid(np.array(scores)).tolist()
    assert [w > 0 for w in whole] == [score > 0 for score in scores]
    assert max(whole) < 2**45
    for one, a in zip(scores, whole, strict=True):
        assert all(a <= b for other, b in zip(scores, whole, strict=True) if one <= other)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("unit", [5e-324, 1e-300, 1e300, 4e307])
def test_the_smallest_and_the_largest_numbers_there_are(unit: float) -> None:
    one, two, three, less, none = on_grid(np.array([unit, 2 * unit, 3 * unit, -unit, 0.0])).tolist()
    assert (2 * one, 3 * one, less, none) == (two, three, 0, 0)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("tiny", [5e-324, 1e-300, 1e-15])
def test_what_is_positive_stays_so_beside_what_is_large(tiny: float) -> None:
    assert on_grid(np.array([[1.0, tiny], [0.0, -1e308]])).tolist()[1] == [0, 0]
    assert on_grid(np.array([1e10, tiny]))[1] == 1


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.zeros((0, 3)), np.zeros((2, 0)), -np.ones((2, 1))])
def test_without_a_positive_score_all_is_zero(values: np.ndarray) -> None:
    assert on_grid(values).tolist() == np.zeros(values.shape).tolist()
