"""What every aligner promises."""

from __future__ import annotations

import numpy as np
import pytest

from xner_core.alignment.aligner import Aligner
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.types import Sentence, SentencePair

each_aligner = pytest.mark.parametrize("aligner", COMPONENTS["aligner"], indirect=True)


def _pair(source: str, target: str) -> SentencePair:
    return SentencePair(source, Sentence(tuple(source.split()), "en"), Sentence(tuple(target.split()), "de"))


PAIRS = [
    _pair("Ada lives in London today", "Heute wohnt Ada in London"),
    _pair("x", "Unabhängigkeitserklärung der Vereinigten Staaten"),
    _pair("one two three four", "one two three four"),
]


@pytest.fixture(scope="module")
def aligner(request: pytest.FixtureRequest) -> Aligner:
    built: Aligner = Choice(name=request.param).build("aligner")
    return built


@each_aligner
def test_similarities_have_a_place_for_every_word(aligner: Aligner) -> None:
    found = list(aligner.compare(PAIRS))
    assert len(found) == len(PAIRS)
    for pair, similarity in zip(PAIRS, found, strict=True):
        assert similarity.values.shape == (len(similarity.source.words), len(similarity.target.words))
        assert similarity.values.dtype == np.float32
        assert similarity.values.min() >= 0
        assert similarity.values.max() <= 1
        assert similarity.word_values().shape == (len(pair.source.words), len(pair.target.words))
        for side, sentence in ((similarity.source, pair.source), (similarity.target, pair.target)):
            assert side.n_words == len(sentence.words)
            assert side.words.tolist() == sorted(side.words.tolist())
            np.testing.assert_allclose(np.linalg.norm(side.vectors, axis=1), 1, atol=0.01)


@each_aligner
def test_a_sentence_is_most_similar_to_itself(aligner: Aligner) -> None:
    (similarity,) = aligner.compare(PAIRS[2:])
    values = similarity.word_values()
    np.testing.assert_allclose(np.diag(values), 1, atol=0.01)
    assert values.argmax(axis=1).tolist() == [0, 1, 2, 3]


@each_aligner
def test_translated_names_find_each_other(aligner: Aligner) -> None:
    (similarity,) = aligner.compare(PAIRS[:1])
    best = similarity.word_values().argmax(axis=1)
    assert (best[0], best[3], best[4]) == (2, 4, 0)


@each_aligner
def test_pairs_do_not_depend_on_their_neighbours(aligner: Aligner) -> None:
    together = list(aligner.compare(PAIRS))
    for pair, similarity in zip(PAIRS, together, strict=True):
        (alone,) = aligner.compare([pair])
        np.testing.assert_allclose(similarity.values, alone.values, atol=0.02)


@each_aligner
def test_no_pairs(aligner: Aligner) -> None:
    assert list(aligner.compare([])) == []


@each_aligner
def test_it_can_be_used_again_after_release(aligner: Aligner) -> None:
    (before,) = aligner.compare(PAIRS[:1])
    aligner.release()
    aligner.release()
    aligner.load()
    (after,) = aligner.compare(PAIRS[:1])
    np.testing.assert_array_equal(before.values, after.values)


@each_aligner
def test_it_names_its_model(aligner: Aligner) -> None:
    assert aligner.model_id
