"""Gold where there is gold, spaCy elsewhere."""

from __future__ import annotations

import pytest

from tests.builders import entity
from xner_core.errors import ModelUnavailableError
from xner_core.ner.auto import AutoTagger
from xner_core.ner.spacy_tagger import SpacyConfig
from xner_core.types import Sentence

WORDS = ("Angela", "Merkel", "visited", "Paris", ".")
# Labels that spaCy would not give.
TAGGED = Sentence(WORDS, "en", (entity(2, 3, "MISC"),))
EMPTY = Sentence(WORDS, "en", ())
UNTAGGED = Sentence(WORDS, "en", None)


def test_each_sentence_gets_its_own() -> None:
    by_spacy = (entity(0, 2), entity(3, 4, "LOC"))
    found = AutoTagger().tag([UNTAGGED, TAGGED, UNTAGGED, EMPTY])
    assert found == [by_spacy, TAGGED.entities, by_spacy, ()]


def test_no_model_is_needed_where_all_is_gold() -> None:
    tagger = AutoTagger(SpacyConfig(model="no such"))
    assert tagger.tag([TAGGED, EMPTY]) == [TAGGED.entities, ()]
    with pytest.raises(ModelUnavailableError):
        tagger.tag([TAGGED, UNTAGGED])


def test_labels_are_left_out_of_both() -> None:
    tagger = AutoTagger(SpacyConfig(leave_out=("LOC", "MISC")))
    assert tagger.tag([UNTAGGED, TAGGED]) == [(entity(0, 2),), ()]


def test_options_reach_spacy() -> None:
    assert AutoTagger(SpacyConfig(labels={"GPE": "place"})).tag([UNTAGGED]) == [(entity(3, 4, "place"),)]
