"""A token classification model as the tagger of target sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.builders import blank_pair
from tests.oracles.word_tags import SlowTagger
from tests.tiny import save_tagger
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.ner.target_transformers import TransformersConfig, TransformersTargetTagger
from xner_core.types import Sentence, SentencePair

WORDS = [("ada", "lebt", "in", "bonn", "."), ("a",), ("der", "see", "."), ("x", "\u200b", "y", "\u200d")]
PAIRS = [replace(blank_pair(2, 1), id=str(i), target=Sentence(words, "de")) for i, words in enumerate(WORDS)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save_tagger(tmp_path_factory.mktemp("iobes"), ["S-PER", "O", "E-LOC", "B-LOC"])


def tagger(folder: str, **options: object) -> TransformersTargetTagger:
    return TransformersTargetTagger(TransformersConfig.model_validate({"model": folder, **options}))


@pytest.mark.parametrize("aggregation", ["first", "mean", "max"])
def test_the_model_s_tags_become_iob2(folder: str, aggregation: str) -> None:
    slow = SlowTagger(folder, 40)
    for pair, found in zip(PAIRS, tagger(folder, aggregation=aggregation).probabilities(PAIRS), strict=True):
        assert found is not None
        assert found.tags == ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
        own = slow.probabilities(pair.target.words, aggregation)
        single, outside, last, first = own.T
        outside = np.where(own.sum(axis=1) == 0, 1, outside)
        expected = np.column_stack([outside, single, 0 * single, first, last])
        np.testing.assert_allclose(found.values, expected, atol=2e-5)


def test_labels_are_renamed_and_left_out(folder: str) -> None:
    (all_labels,) = tagger(folder).probabilities(PAIRS[:1])
    (places,) = tagger(folder, labels={"LOC": "place"}).probabilities(PAIRS[:1])
    assert all_labels is not None
    assert places is not None
    assert places.tags == ("O", "B-place", "I-place")
    np.testing.assert_allclose(places.values[:, 1:], all_labels.values[:, 3:])
    np.testing.assert_allclose(places.values.sum(axis=1), 1, atol=1e-6)


def test_the_scheme_reaches_the_reading_of_tags(tmp_path: Path) -> None:
    folder = save_tagger(tmp_path, ["O", "I-PER"])
    pair = replace(PAIRS[0], target=Sentence(("ada",), "de"))
    (as_iob2,) = tagger(folder).probabilities([pair])
    (as_iob1,) = tagger(folder, scheme="IOB1").probabilities([pair])
    assert as_iob2 is not None
    assert as_iob1 is not None
    np.testing.assert_allclose(as_iob1.values[:, [0, 2, 1]], as_iob2.values)
    assert as_iob2.values[0, 2] > 0


def test_words_that_the_tokenizer_drops_are_outside_and_counted(folder: str) -> None:
    found = tagger(folder)
    assert found.notices == ()
    (values,) = found.probabilities(PAIRS[3:])
    assert values is not None
    assert values.values[[1, 3], 0].tolist() == [1, 1]
    assert found.notices == (f"2 target words are empty to the tokenizer of {folder}, and tagged O",)
    found = tagger(folder)
    found.probabilities([replace(PAIRS[0], target=Sentence(("\u200b",), "de"))])
    assert found.notices == (f"1 target word is empty to the tokenizer of {folder}, and tagged O",)


def test_the_model_is_named_when_it_was_used_and_after_it_was_released(folder: str) -> None:
    found = tagger(folder)
    assert found.model_ids == ()
    found.probabilities(PAIRS)
    found.release()
    assert found.model_ids == (folder,)


def test_nothing_is_loaded_for_no_sentences() -> None:
    assert tagger("no such").probabilities([]) == []


def test_a_model_that_is_not_here() -> None:
    with pytest.raises(ModelUnavailableError, match="'no/such'"):
        tagger("no/such").probabilities(PAIRS)


def test_no_model_is_named() -> None:
    with pytest.raises(ConfigError) as raised:
        TransformersTargetTagger().probabilities(PAIRS)
    assert "transformers:MODEL" in str(raised.value.hint)


def test_only_the_target_is_looked_at(folder: str) -> None:
    other: list[SentencePair] = [replace(pair, source=Sentence(("z",) * 3, "en")) for pair in PAIRS]
    for before, after in zip(
        tagger(folder).probabilities(PAIRS), tagger(folder).probabilities(other), strict=True
    ):
        assert before is not None
        assert after is not None
        np.testing.assert_array_equal(before.values, after.values)
