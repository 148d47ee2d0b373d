"""What every scorer promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.properties.problems import aligned_pairs
from xner_core.candidates.ngrams import Ngrams
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.scoring.scorer import Scorer
from xner_core.types import AlignedPair

every_scorer = pytest.mark.parametrize("name", COMPONENTS["scorer"])


@every_scorer
@settings(max_examples=100)
@given(case=aligned_pairs())
def test_scores_are_finite_float64_of_entities_by_candidates(name: str, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    found = _build(name).score(case, candidates)
    assert found.parts
    for values in (found.values, *(part.raw for part in found.parts.values())):
        assert values.shape == (len(case.source_entities), len(candidates))
        assert values.dtype == np.float64
        assert np.isfinite(values).all()


@every_scorer
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_no_candidates_are_no_error(name: str, case: AlignedPair) -> None:
    assert _build(name).score(case, ()).values.shape == (len(case.source_entities), 0)


@every_scorer
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_a_pair_s_score_does_not_depend_on_what_else_is_scored(name: str, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    scorer = _build(name)
    together = scorer.score(case, candidates).values
    turned = scorer.score(replace(case, source_entities=case.source_entities[::-1]), candidates[::-1]).values
    np.testing.assert_allclose(turned[::-1, ::-1], together)


def _build(name: str) -> Scorer:
    scorer: Scorer = Choice(name=name).build("scorer")
    return scorer
