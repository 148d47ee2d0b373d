"""The alignment score and its bounded variant against a plain count."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.oracles.alignment_score import alignment_score, linked_words_score
from tests.properties.problems import aligned_pairs
from xner_core.candidates.ngrams import Ngrams
from xner_core.scoring.alignment import AlignmentScore, AlignmentScoreConfig
from xner_core.types import AlignedPair, Entity, Link, Span

Oracle = Callable[[Entity, Span, Collection[Link]], float]
LINKS = AlignmentScore()
WORDS = AlignmentScore(AlignmentScoreConfig(count="words"))


@pytest.mark.parametrize(("scorer", "oracle"), [(LINKS, alignment_score), (WORDS, linked_words_score)])
@settings(max_examples=200)
@given(case=aligned_pairs())
def test_equals_counting_link_by_link(scorer: AlignmentScore, oracle: Oracle, case: AlignedPair) -> None:
    entities = case.source_entities
    candidates = Ngrams().generate(case)
    expected: Any = [[oracle(e, c, case.alignment.links) for c in candidates] for e in entities]
    np.testing.assert_allclose(
        scorer.score(case, candidates).values,
        np.array(expected).reshape(len(entities), len(candidates)),
        rtol=1e-12,
    )


@settings(max_examples=100)
@given(case=aligned_pairs())
def test_words_never_count_more_than_links_and_stay_within_1(case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    links, words = (scorer.score(case, candidates).values for scorer in (LINKS, WORDS))
    assert (words <= links).all()
    assert (words <= 1).all()
    assert ((words > 0) == (links > 0)).all()
