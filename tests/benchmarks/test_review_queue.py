"""The figures of the queue's benchmark."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.review_queue import NAMES, Case, figures, fitted, in_this_order, priorities


def test_by_hand() -> None:
    found = in_this_order(np.array([2, 0, 1, 0]))
    assert found["ap"] == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert found["auc"] == pytest.approx((2 + 1) / 4)
    assert (found["sentences_25%"], found["errors_25%"]) == (1 / 2, 2 / 3)
    assert (found["sentences_10%"], found["errors_10%"]) == (1 / 2, 2 / 3)  # a part of a sentence is one


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12))
def test_auc_counts_pairs(errors: list[int]) -> None:
    wrong = [at for at, n in enumerate(errors) if n]
    right = [at for at, n in enumerate(errors) if not n]
    assume(wrong and right)
    won = sum(a < b for a in wrong for b in right)
    assert in_this_order(np.array(errors))["auc"] == pytest.approx(won / (len(wrong) * len(right)))


def test_equal_scores_are_chance() -> None:
    errors = np.array([1] * 100 + [0] * 300)
    assert figures(np.zeros(400), errors)["auc"] == pytest.approx(0.5, abs=0.03)
    assert figures(errors.astype(float), errors)["ap"] == 1


def test_the_fit_finds_the_doubt_that_tells() -> None:
    rng = np.random.default_rng(0)
    doubts = rng.random((60, len(NAMES)))
    case = Case(doubts, (doubts[:, 2] > 0.7).astype(np.int64), 0.0)
    weights = fitted([case])
    assert max(weights, key=weights.__getitem__) == NAMES[2]
    assert figures(priorities(case, weights), case.errors)["ap"] > 0.9
