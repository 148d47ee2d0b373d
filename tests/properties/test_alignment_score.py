"""The alignment score against a plain count."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from tests.oracles.alignment_score import alignment_score
from tests.properties.problems import aligned_pairs
from xner_core.candidates.ngrams import Ngrams
from xner_core.scoring.alignment import AlignmentScore
from xner_core.types import AlignedPair


@settings(max_examples=400)
@given(case=aligned_pairs())
def test_equals_counting_link_by_link(case: AlignedPair) -> None:
    entities = case.source_entities
    candidates = Ngrams().generate(case)
    scores = AlignmentScore().score(case, candidates)
    expected = [[alignment_score(e, c, case.alignment.links) for c in candidates] for e in entities]
    np.testing.assert_allclose(
        scores.values, np.array(expected).reshape(len(entities), len(candidates)), rtol=1e-12
    )
