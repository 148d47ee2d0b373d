"""Every n-gram as a candidate."""

from __future__ import annotations

import pytest

from tests.builders import blank_pair, spans
from xner_core.candidates.ngrams import Ngrams
from xner_core.candidates.rules import SpanRules
from xner_core.types import AlignedPair, WordAlignment

NO_LINKS = WordAlignment.of([])


@pytest.mark.parametrize(
    ("n_words", "max_words"), [(1, 1), (1, 10), (5, 1), (5, 3), (5, 5), (5, 9), (23, 10)]
)
def test_there_are_as_many_as_the_formula_says(n_words: int, max_words: int) -> None:
    found = Ngrams(SpanRules(max_words=max_words)).generate(AlignedPair(blank_pair(3, n_words), (), NO_LINKS))
    longest = min(max_words, n_words)
    assert len(found) == longest * n_words - longest * (longest - 1) // 2
    assert max(map(len, found)) == longest


def test_they_are_listed_from_the_left_and_the_shortest_first() -> None:
    found = Ngrams(SpanRules(max_words=2)).generate(AlignedPair(blank_pair(1, 3), (), NO_LINKS))
    assert found == spans((0, 1), (0, 2), (1, 2), (1, 3), (2, 3))
