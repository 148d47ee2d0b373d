"""What every candidate generator promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.properties.problems import aligned_pairs
from xner_core.candidates.generator import CandidateGenerator
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.types import AlignedPair

every_generator = pytest.mark.parametrize("name", COMPONENTS["candidates"])


@every_generator
@settings(max_examples=100)
@given(case=aligned_pairs())
def test_candidates_are_sorted_without_repetition_and_inside_the_sentence(
    name: str, case: AlignedPair
) -> None:
    found = _build(name).generate(case)
    assert isinstance(found, tuple)
    assert list(found) == sorted(set(found))
    assert all(span.end <= len(case.pair.target.words) for span in found)


@every_generator
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_the_same_input_gives_the_same_candidates(name: str, case: AlignedPair) -> None:
    assert _build(name).generate(case) == _build(name).generate(case)


@every_generator
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_the_order_of_the_entities_does_not_matter(name: str, case: AlignedPair) -> None:
    generator = _build(name)
    assert generator.generate(
        replace(case, source_entities=case.source_entities[::-1])
    ) == generator.generate(case)


def _build(name: str) -> CandidateGenerator:
    generator: CandidateGenerator = Choice(name=name).build("candidates")
    return generator
