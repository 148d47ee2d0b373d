"""Alignment error rate: by hand, against plain loops, and what must hold for any links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.alignment_error_rate import figures
from xner_core.evaluation import AlignmentScores, score_alignment
from xner_core.types import Link, WordAlignment

N_WORDS = 4
_links = st.sets(st.tuples(st.integers(0, N_WORDS - 1), st.integers(0, N_WORDS - 1)))
_alignments = st.builds(WordAlignment.of, _links, _links)
_pairs = st.lists(st.tuples(_alignments, _alignments), max_size=5)


def links(text: str) -> WordAlignment:
    """`0-1` sure, `0p1` possible."""
    sure: list[Link] = []
    possible: list[Link] = []
    for part in text.split():
        (sure if part[1] == "-" else possible).append((int(part[0]), int(part[2])))
    return WordAlignment.of(sure, possible)


@pytest.mark.parametrize(
    ("gold", "predicted", "aer", "precision", "recall", "f1"),
    [
        # One of two sure links found, one possible link found, one link wrong: A = 3, S = 2.
        (["0-0 1-1 1p2"], ["0-0 1-2 2-2"], 1 - (1 + 2) / (3 + 2), 2 / 3, 1 / 2, 4 / 7),
        # All sure links found and none of the possible ones: no error.
        (["0-0 1-1 1p2"], ["0-0 1-1"], 0, 1, 1, 1),
        # A possible link costs nothing if it is found.
        (["0-0 1p1"], ["0-0 1-1"], 0, 1, 1, 1),
        # Nothing right.
        (["0-0"], ["1-1"], 1, 0, 0, 0),
        # Nothing found, and nothing to find.
        (["0-0 1-1"], [""], 1, 0, 0, 0),
        ([""], ["0-0"], 1, 0, 0, 0),
        ([""], [""], 0, 0, 0, 0),
        ([], [], 0, 0, 0, 0),
        # Possible gold links only: one of two found beside a wrong one.
        (["0p0 1p1"], ["0-0 2-2"], 1 - (0 + 1) / (2 + 0), 1 / 2, 0, 0),
        (["0p0 1p1"], ["0-0"], 0, 1, 0, 0),
        (["0p0 1p1"], [""], 0, 0, 0, 0),
        # Links count, not pairs: 3 of 3 and 0 of 1; a pair without links counts nothing.
        (["0-0 1-1 2-2", "", "0-0"], ["0-0 1-1 2-2", "", "0-1"], 1 - 6 / 8, 3 / 4, 3 / 4, 3 / 4),
        # A predicted link that is called possible counts like the others.
        (["0-0 1-1"], ["0-0 1p1"], 0, 1, 1, 1),
    ],
)
def test_by_hand(
    gold: list[str], predicted: list[str], aer: float, precision: float, recall: float, f1: float
) -> None:
    scores = score_alignment([links(g) for g in gold], [links(p) for p in predicted])
    found = (scores.aer, scores.precision, scores.recall, scores.f1)
    assert found == pytest.approx((aer, precision, recall, f1))


def test_the_counts() -> None:
    gold = [links("0-0 1-1 1p2"), links("0p1")]
    predicted = [links("0-0 1-2 2-2"), links("0-1 1-1")]
    assert score_alignment(gold, predicted) == AlignmentScores(
        n_predicted=5, n_sure=2, n_acceptable=4, n_predicted_sure=1, n_predicted_acceptable=3
    )


def test_a_link_that_is_sure_and_possible_counts_once() -> None:
    gold = WordAlignment(((0, 0),), ((0, 0), (1, 1)))  # not made by WordAlignment.of
    assert score_alignment([gold], [links("0-0")]).n_acceptable == 2


def test_as_many_predictions_as_gold_are_needed() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score_alignment([links("0-0"), links("0-0")], [links("0-0")])


@given(_pairs)
def test_plain_loops_find_the_same(pairs: list[tuple[WordAlignment, WordAlignment]]) -> None:
    gold, predicted = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    scores = score_alignment(gold, predicted)
    expected = figures(gold, predicted, N_WORDS)
    assert {key: getattr(scores, key) for key in expected} == pytest.approx(expected)


ROUNDING = 1e-12


@given(_pairs)
def test_figures_are_shares(pairs: list[tuple[WordAlignment, WordAlignment]]) -> None:
    scores = score_alignment([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    for figure in (scores.aer, scores.precision, scores.recall, scores.f1):
        assert 0 <= figure <= 1
    lower, upper = sorted((scores.precision, scores.recall))
    assert lower - ROUNDING <= scores.f1 <= upper + ROUNDING


@given(st.lists(_alignments))
def test_the_sure_links_make_no_error(gold: list[WordAlignment]) -> None:
    assert score_alignment(gold, [WordAlignment(links.sure) for links in gold]).aer == 0


@given(st.lists(st.tuples(_links, _links), max_size=5))
def test_without_possible_links_it_is_one_minus_f1(pairs: list[tuple[set[Link], set[Link]]]) -> None:
    scores = score_alignment(*([WordAlignment.of(pair[side]) for pair in pairs] for side in (0, 1)))
    if scores.n_predicted + scores.n_sure:
        assert scores.aer == pytest.approx(1 - scores.f1)


@given(_pairs, st.randoms())
def test_the_order_of_pairs_does_not_matter(
    pairs: list[tuple[WordAlignment, WordAlignment]], random: object
) -> None:
    before = score_alignment([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert before == score_alignment([pair[0] for pair in pairs], [pair[1] for pair in pairs])


@given(_pairs, _pairs)
def test_figures_of_two_sets_add_up(
    first: list[tuple[WordAlignment, WordAlignment]], second: list[tuple[WordAlignment, WordAlignment]]
) -> None:
    def scores(pairs: list[tuple[WordAlignment, WordAlignment]]) -> AlignmentScores:
        return score_alignment([gold for gold, _ in pairs], [found for _, found in pairs])

    assert scores(first) + scores(second) == scores(first + second)
