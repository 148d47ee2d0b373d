"""What every scorer promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from tests.properties.problems import aligned_pairs
from xner_core.candidates.ngrams import Ngrams
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.scoring.scorer import Scorer
from xner_core.types import AlignedPair

VARIANTS = ("alignment:words", "ner:any", "name:token_sort", "fused:0.5*alignment+0.5*ner:any+soft-alignment")
every_scorer = pytest.mark.parametrize("scorer", [*COMPONENTS["scorer"], *VARIANTS], indirect=True)


@pytest.fixture(scope="module")
def scorer(request: pytest.FixtureRequest, tiny_translator: Path) -> Scorer:
    options = {"model": str(tiny_translator), "batch_size": 512} if request.param == "translation" else {}
    built: Scorer = Choice(name=request.param, options=options).build("scorer")
    return built


@every_scorer
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_scores_are_finite_float64_of_entities_by_candidates(scorer: Scorer, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    found = scorer.score(case, candidates)
    assert found.parts
    for values in (found.values, *(part.raw for part in found.parts.values())):
        assert values.shape == (len(case.source_entities), len(candidates))
        assert values.dtype == np.float64
        assert np.isfinite(values).all()
        assert (values >= 0).all()


@every_scorer
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_the_parts_add_up(scorer: Scorer, case: AlignedPair) -> None:
    found = scorer.score(case, Ngrams().generate(case))
    for value, raws in zip(
        found.values.flat, zip(*(part.raw.flat for part in found.parts.values()), strict=True), strict=True
    ):
        total = sum(
            part.weight * raw
            for part, raw in zip(found.parts.values(), raws, strict=True)
            if raw >= part.threshold
        )
        assert value == pytest.approx(total if total >= found.threshold else 0)


@every_scorer
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_no_candidates_and_no_entities_are_no_error(scorer: Scorer, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    nobody = replace(case, source_entities=())
    assert scorer.score(case, ()).values.shape == (len(case.source_entities), 0)
    assert scorer.score(nobody, candidates).values.shape == (0, len(candidates))
    assert scorer.score(nobody, ()).values.shape == (0, 0)
    assert all(part.raw.shape == (0, 0) for part in scorer.score(nobody, ()).parts.values())


@every_scorer
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_a_pair_s_score_does_not_depend_on_what_else_is_scored(scorer: Scorer, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    together = scorer.score(case, candidates).parts
    turned = scorer.score(replace(case, source_entities=case.source_entities[::-1]), candidates[::-1]).parts
    fewer = scorer.score(replace(case, source_entities=case.source_entities[:1]), candidates[1:]).parts
    assert list(together) == list(turned) == list(fewer)
    for name, part in together.items():
        # A model's sums depend on the batch in the last digits of float32.
        np.testing.assert_allclose(turned[name].raw[::-1, ::-1], part.raw, rtol=1e-4, atol=1e-9)
        np.testing.assert_allclose(fewer[name].raw, part.raw[:1, 1:], rtol=1e-4, atol=1e-9)


@every_scorer
@settings(max_examples=5)
@given(case=aligned_pairs())
def test_it_can_be_used_again_after_release(scorer: Scorer, case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    before = scorer.score(case, candidates)
    assert all(isinstance(name, str) for name in scorer.model_ids)
    scorer.release()
    scorer.release()
    assert scorer.model_ids == ()
    np.testing.assert_array_equal(scorer.score(case, candidates).values, before.values)
