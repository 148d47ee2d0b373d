"""Marked texts go to the entities they resemble, and ranges of characters become words."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.spelling import indel_ratio
from tests.properties.strategies import similarities
from xner_core.translation.finding import (
    find_again,
    spelling_similarity,
    to_words,
    trimmed,
    word_ranges,
)
from xner_core.translation.markers import MarkedRange
from xner_core.types import Span


def _row(*numbers: int | None, sure: bool = True) -> list[MarkedRange]:
    """Ranges one after the other, with these numbers."""
    return [MarkedRange(10 * i, 10 * i + 5, number, sure) for i, number in enumerate(numbers)]


def _places(
    ranges: list[MarkedRange], similarity: list[list[float]], threshold: float = 0.5
) -> dict[int, int]:
    values = np.array(similarity).reshape(len(similarity), len(ranges))
    found = find_again(ranges, len(similarity), values, threshold)
    return {entity: ranges.index(place) for entity, place in found.places.items()}


@given(a=st.text("abcd ", min_size=1, max_size=8), b=st.text("abcd ", min_size=1, max_size=8))
def test_similarity_of_spellings(a: str, b: str) -> None:
    (value,) = spelling_similarity([a], [b], ["xyz"]).ravel()
    assert value == pytest.approx(indel_ratio(a, b))


def test_the_translation_or_the_original_decides_without_regard_to_case_and_width() -> None:
    values = spelling_similarity(["ONU", "ＭＡＤＲＩＤ"], ["Naciones Unidas", "Madrid"], ["onu", "x"])
    np.testing.assert_allclose(values.diagonal(), 1)
    assert spelling_similarity(["a"], [""], ["b"]).tolist() == [[0.0]]


def test_numbers_decide_and_the_first_of_them() -> None:
    ranges = _row(1, 0, 1)
    found = find_again(ranges, 2, np.zeros((2, 3)), 0.5)
    assert found.places == {0: ranges[1], 1: ranges[0]}
    assert found.doubled == {1}


def test_the_greatest_sum_not_the_best_first() -> None:
    # Greedily, 0 takes range 0 and leaves 1 without a match.
    assert _places(_row(None, None), [[0.9, 0.8], [0.8, 0.1]]) == {0: 1, 1: 0}


def test_equal_entities_keep_their_order() -> None:
    assert _places(_row(*[None] * 3), [[1.0] * 3] * 3) == {0: 0, 1: 1, 2: 2}
    assert _places(_row(*[None] * 3), [[1.0] * 3] * 2) == {0: 0, 1: 1}
    # Here scipy alone turns them round.
    alike = [[0.0, 0.0, 0.0], [0.6, 0.0, 0.6], [0.6, 0.0, 0.6]]
    assert _places(_row(*[None] * 3, sure=False), alike) == {1: 0, 2: 2}


@pytest.mark.parametrize(("likeness", "expected"), [(0.5, {0: 0}), (0.4999, {})])
def test_the_threshold_belongs_to_the_matches(likeness: float, expected: dict[int, int]) -> None:
    assert _places(_row(None, None), [[likeness, 0.0]]) == expected


def test_the_last_range_is_the_last_entity_where_none_is_missing() -> None:
    assert _places(_row(None), [[0.0]]) == {0: 0}
    assert _places(_row(None, None), [[0.9, 0.0], [0.0, 0.1]]) == {0: 0, 1: 1}
    assert _places(_row(None, None), [[0.0, 0.0], [0.0, 0.1]]) == {}  # two are left
    assert _places(_row(None), [[0.0], [0.0]]) == {}  # a range is missing
    assert _places(_row(None, None), [[0.0, 0.0]]) == {}  # one range too many
    assert _places(_row(None, sure=False), [[0.0]]) == {}  # perhaps no mark
    assert _places(_row(0, 0, None), [[0.0] * 3] * 2) == {0: 0}  # one was doubled


def test_further_ranges_double_what_they_resemble() -> None:
    found = find_again(_row(None, None, None), 2, np.array([[0.9, 0.1, 0.8], [0.1, 0.9, 0.3]]), 0.5)
    assert found.doubled == {0}
    numbered = find_again(_row(0, None), 1, np.array([[0.0, 0.9]]), 0.5)
    assert numbered.doubled == {0}


def test_of_ranges_that_overlap_the_most_similar_is_kept() -> None:
    outer, inner = MarkedRange(0, 20), MarkedRange(5, 9)
    alike = np.array([[0.9, 0.1], [0.1, 0.8]])
    assert find_again([outer, inner], 2, alike, 0.5).places == {0: outer}
    assert find_again([outer, inner], 2, alike[:, ::-1], 0.5).places == {0: inner}
    numbered = [MarkedRange(0, 20, 0), MarkedRange(5, 9, 1)]
    assert find_again(numbered, 2, np.zeros((2, 2)), 0.5).places == {1: numbered[1]}
    beside = [MarkedRange(0, 5, 0), MarkedRange(5, 9, 1)]
    assert len(find_again(beside, 2, np.zeros((2, 2)), 0.5).places) == 2


@given(similarity=similarities(1, 4), threshold=st.sampled_from([0.25, 0.5, 0.75]))
def test_no_other_matching_has_a_greater_sum(similarity: NDArray[np.float32], threshold: float) -> None:
    values = similarity.astype(float)
    rows, columns = values.shape
    ranges = _row(*[None] * columns, sure=False)
    found = find_again(ranges, rows, values, threshold)
    total = sum(values[entity, ranges.index(place)] for entity, place in found.places.items())
    allowed = np.where(values >= threshold, values, 0)
    wide = allowed if rows <= columns else allowed.T
    best = max(
        sum(wide[row, column] for row, column in enumerate(choice))
        for choice in permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert total == pytest.approx(best, abs=1e-5)
    assert len(set(found.places.values())) == len(found.places)
    assert all(values[entity, ranges.index(place)] >= threshold for entity, place in found.places.items())


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (("Ada", ",", "Bob"), "Ada, Bob", [(0, 3), (3, 4), (5, 8)]),
        (("a", "a"), "  aa \u200b", [(2, 3), (3, 4)]),
        ((), " ", []),
        (("a",), "ab", None),
        (("b",), "ab", None),
        (("a", "b"), "a", None),
        (("a",), "", None),
    ],
)
def test_where_words_are(words: tuple[str, ...], text: str, expected: list[tuple[int, int]] | None) -> None:
    assert word_ranges(words, text) == expected


def test_a_word_partly_inside_counts() -> None:
    words = [(0, 3), (4, 9), (10, 12)]
    assert to_words({7: MarkedRange(5, 7)}, words) == {7: Span(1, 2)}
    assert to_words({7: MarkedRange(2, 11)}, words) == {7: Span(0, 3)}
    assert to_words({7: MarkedRange(3, 4)}, words) == {}


def test_a_word_has_one_owner() -> None:
    words = [(0, 9), (9, 12)]
    assert to_words({0: MarkedRange(0, 4), 1: MarkedRange(4, 12)}, words) == {1: Span(0, 2)}
    assert to_words({1: MarkedRange(0, 3), 0: MarkedRange(3, 6)}, words) == {1: Span(0, 1)}


@pytest.mark.parametrize(
    ("words", "original", "expected"),
    [
        (("Madrid", "."), "Madrid", Span(0, 1)),
        (("Madrid", "。", "”"), "Madrid", Span(0, 3)),  # a bracket of the name may be its end
        (("Yahoo", "!"), "Yahoo!", Span(0, 2)),
        (("!", "?"), "x", Span(0, 1)),
        (("C", "+"), "C", Span(0, 2)),
    ],
)
def test_punctuation_at_the_end(words: tuple[str, ...], original: str, expected: Span) -> None:
    assert trimmed(Span(0, len(words)), words, original) == expected
