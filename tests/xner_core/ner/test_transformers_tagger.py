"""A token classification model as the tagger of any sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.word_tags import SlowTagger
from tests.tiny import save_tagger
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.ner.model_tagging import TransformersTaggerConfig
from xner_core.ner.target_transformers import TransformersTargetTagger
from xner_core.ner.transformers_tagger import TransformersTagger
from xner_core.tags import decode, most_probable_entities
from xner_core.types import Sentence, SentencePair

WORDS = [("ada", "lebt", "in", "bonn", "."), ("a",), ("der", "see", "."), ("x", "\u200b", "y", "\u200d")]
SENTENCES = [Sentence(words, lang) for words, lang in zip(WORDS, ("de", "en", "de", "und"), strict=True)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save_tagger(tmp_path_factory.mktemp("model"))


def tagger(folder: str, **options: object) -> TransformersTagger:
    return TransformersTagger(TransformersTaggerConfig.model_validate({"model": folder, **options}))


@pytest.mark.parametrize("aggregation", ["first", "mean", "max"])
def test_each_word_gets_its_most_probable_tag(folder: str, aggregation: str) -> None:
    slow = SlowTagger(folder, 40)
    tags = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
    expected = []
    for words in WORDS:
        # A word of which nothing is left has a row of zeros: its first column is O.
        columns = slow.probabilities(words, aggregation).argmax(axis=1)
        expected.append(decode([tags[column] for column in columns])[0])
    assert tagger(folder, aggregation=aggregation).tag(SENTENCES) == expected
    assert any(expected)


def test_the_target_tagger_sees_the_same(folder: str) -> None:
    pairs = [SentencePair(str(i), SENTENCES[1], each) for i, each in enumerate(SENTENCES)]
    target = TransformersTargetTagger(TransformersTargetTagger.Config(model=folder))
    found = [most_probable_entities(tags) for tags in target.probabilities(pairs) if tags is not None]
    assert found == tagger(folder).tag(SENTENCES)


def test_labels_are_renamed_before_they_are_left_out(folder: str) -> None:
    everything = tagger(folder).tag(SENTENCES)
    labels = {entity.label for entities in everything for entity in entities}
    assert labels == {"PER", "LOC"}
    renamed = tagger(folder, labels="PER=person,LOC=place", leave_out="place,PER").tag(SENTENCES)
    assert [[e.span for e in entities] for entities in renamed] == [
        [e.span for e in entities if e.label == "PER"] for entities in everything
    ]
    assert {entity.label for entities in renamed for entity in entities} == {"person"}


def test_what_the_tokenizer_drops_is_told(folder: str) -> None:
    found = tagger(folder)
    assert (found.model_ids, found.notices) == ((), ())
    found.tag(SENTENCES)
    found.release()
    assert found.model_ids == (folder,)
    assert found.notices == (f"2 words are empty to the tokenizer of {folder}, and tagged O",)


def test_a_sentence_that_is_still_missing(folder: str) -> None:
    assert tagger(folder).tag([Sentence((), "de")]) == [()]


def test_no_model_and_none_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        TransformersTagger().tag(SENTENCES)
    assert "transformers:MODEL" in str(raised.value.hint)
    with pytest.raises(ModelUnavailableError, match="'no/such'"):
        tagger("no/such").tag(SENTENCES)
    assert tagger("no/such").tag([]) == []
