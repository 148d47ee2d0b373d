"""Scores computed for all candidates at once against plain loops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from anyascii import anyascii
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.oracles.ner_score import ner_score
from tests.oracles.soft_alignment import soft_alignment
from tests.oracles.spelling import indel_ratio
from tests.properties.problems import aligned_pairs, entities
from xner_core.candidates.ngrams import Ngrams
from xner_core.scoring.name import NameScore
from xner_core.scoring.ner import NerScore, NerScoreConfig
from xner_core.scoring.soft_alignment import SoftAlignmentConfig, SoftAlignmentScore
from xner_core.types import (
    AlignedPair,
    Entity,
    Sentence,
    SentencePair,
    Span,
    TagProbabilities,
    WordAlignment,
)

KNOWN_TAGS = ("B-PER", "I-PER", "I-ORG", "B-DATE", "I-DATE")
"""Not LOC, which entities may have; ORG without a B."""
LETTERS = "aAbé-.Зя東\u0301\ue000"
"""Two scripts with case, one without; the last two leave nothing in ASCII."""


@st.composite
def tagged_pairs(draw: st.DrawFn) -> AlignedPair:
    """A pair whose target has any probabilities of any of the tags above."""
    case = draw(aligned_pairs())
    tags = ("O", *draw(st.lists(st.sampled_from(KNOWN_TAGS), unique=True)))
    shape = (len(case.pair.target.words), len(tags))
    values = draw(arrays(np.float32, shape, elements=st.floats(0, 1, width=32)))
    return AlignedPair(case.pair, case.source_entities, case.alignment, TagProbabilities(tags, values))


@st.composite
def spelled_pairs(draw: st.DrawFn) -> AlignedPair:
    """A pair of sentences in several scripts."""
    words = st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=6)
    source, target = (Sentence(tuple(draw(words)), lang) for lang in ("en", "und"))
    found = draw(entities(len(source.words)))
    return AlignedPair(SentencePair("x", source, target), found, WordAlignment.of([]))


@settings(max_examples=100)
@given(case=aligned_pairs(), temperature=st.sampled_from([0.01, 0.03, 0.2, 1.0]))
def test_soft_alignment(case: AlignedPair, temperature: float) -> None:
    candidates = Ngrams().generate(case)
    scorer = SoftAlignmentScore(SoftAlignmentConfig(temperature=temperature))
    found = scorer.score(case, candidates).parts["soft-alignment"].raw
    assert (found <= 1).all()
    assert case.alignment.similarity is not None
    similarity = case.alignment.similarity.tolist()
    for row, entity in enumerate(case.source_entities):
        expected = [soft_alignment(entity, span, similarity, temperature) for span in candidates]
        np.testing.assert_allclose(found[row], expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=100)
@given(case=aligned_pairs())
def test_whole_sentences_are_certain_to_translate_each_other(case: AlignedPair) -> None:
    whole = (Entity(Span(0, len(case.pair.source.words)), "PER"),)
    candidates = (Span(0, len(case.pair.target.words)),)
    found = SoftAlignmentScore().score(replace(case, source_entities=whole), candidates)
    assert found.values.item() == pytest.approx(1)


@settings(max_examples=100)
@given(case=tagged_pairs(), alpha=st.sampled_from([1.0, 1.15, 2.0]))
def test_ner_of_the_entity_s_own_label(case: AlignedPair, alpha: float) -> None:
    candidates = Ngrams().generate(case)
    found = NerScore(NerScoreConfig(alpha=alpha)).score(case, candidates).parts["ner"].raw
    assert case.target_tags is not None
    for row, entity in enumerate(case.source_entities):
        expected = [ner_score(entity.label, span, case.target_tags, alpha) for span in candidates]
        np.testing.assert_allclose(found[row], expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=100)
@given(case=tagged_pairs())
def test_ner_of_any_label(case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    found = NerScore(NerScoreConfig(labels="any")).score(case, candidates).parts["ner"].raw
    tags = case.target_tags
    assert tags is not None
    labels = {tag.partition("-")[2] for tag in tags.tags}
    expected = [max(ner_score(label, span, tags, 1.15) for label in labels) for span in candidates]
    for row in found:
        np.testing.assert_allclose(row, expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=100)
@given(case=spelled_pairs())
def test_name(case: AlignedPair) -> None:
    candidates = Ngrams().generate(case)
    found = NameScore().score(case, candidates).parts["name"].raw

    def spelled(text: str) -> str:
        return anyascii(text).casefold().strip()

    for row, entity in enumerate(case.source_entities):
        name = spelled(case.pair.source.surface(entity.span))
        expected = [indel_ratio(name, spelled(case.pair.target.surface(span))) for span in candidates]
        np.testing.assert_allclose(found[row], expected, rtol=1e-9, atol=1e-12)
