"""Gold entities are handed through."""

from __future__ import annotations

import pytest

from tests.builders import entity
from xner_core.errors import CorpusError
from xner_core.ner.gold import GoldConfig, GoldTagger
from xner_core.types import Sentence

TAGGED = Sentence(("Ada", "lives"), "en", (entity(0, 1),))
EMPTY = Sentence(("Nobody", "lives"), "en", ())
UNTAGGED = Sentence(("Grace", "lives"), "en", None)


def test_gold_entities_are_returned() -> None:
    assert GoldTagger().tag([TAGGED, EMPTY]) == [(entity(0, 1),), ()]


def test_labels_are_left_out() -> None:
    sentence = Sentence(("Ada", "lives"), "en", (entity(0, 1), entity(1, 2, "DATE")))
    assert GoldTagger(GoldConfig(leave_out=("DATE",))).tag([sentence]) == [(entity(0, 1),)]


def test_a_corpus_without_tags_is_refused_by_its_sentence() -> None:
    with pytest.raises(CorpusError, match="'Grace lives'") as raised:
        GoldTagger().tag([TAGGED, UNTAGGED])
    assert raised.value.hint == "Choose the ner auto or spacy"
