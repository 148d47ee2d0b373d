"""Entities from a file, found by the words of a sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.builders import entity
from tests.xner_core.conftest import Write
from xner_core.config import Choice
from xner_core.errors import ConfigError, CorpusError
from xner_core.ner.imported import ImportedTagger
from xner_core.types import Sentence

ADA = Sentence(("Ada", "lebt"), "de", (entity(1, 2, "X"),))
BONN = Sentence(("In", "Bonn"), "und")
CONLL = "Ada B-PER\nlebt O\n\nIn O\nBonn I-LOC\n"


def tagger(path: Path, **options: object) -> ImportedTagger:
    built: ImportedTagger = Choice(name=f"imported:{path}", options=options).build("ner")
    return built


def test_the_file_is_taken_at_its_word_in_any_order(write: Write) -> None:
    found = tagger(write("a.conll", CONLL))
    assert found.tag([BONN, ADA, BONN]) == [(entity(1, 2, "LOC"),), (entity(0, 1),), (entity(1, 2, "LOC"),)]


def test_the_file_is_named_with_what_was_repaired(write: Write) -> None:
    path = write("a.conll", CONLL)
    found = tagger(path)
    assert (found.model_ids, found.notices) == ((), ())
    found.tag([ADA])
    found.release()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.model_ids == (f"a.conll sha256:{digest[:16]}",)
    assert found.notices == ("a.conll: 1 tag was repaired",)
    assert found.files == (path,)


def test_labels_are_left_out(write: Write) -> None:
    assert tagger(write("a", CONLL), leave_out="LOC,X").tag([ADA, BONN]) == [(entity(0, 1),), ()]


def test_a_sentence_that_is_not_in_the_file(write: Write) -> None:
    path = write("a", CONLL)
    with pytest.raises(CorpusError, match="no tags for the sentence 'Ada'") as raised:
        tagger(path).tag([ADA, Sentence(("Ada",), "de")])
    assert raised.value.path == path


def test_a_sentence_that_is_still_missing_has_no_entities(write: Write) -> None:
    assert tagger(write("a", CONLL)).tag([Sentence((), "de")]) == [()]


def test_a_file_is_needed() -> None:
    with pytest.raises(ConfigError, match="needs a file") as raised:
        ImportedTagger().tag([ADA])
    assert "imported:PATH" in str(raised.value.hint)
    assert ImportedTagger().tag([]) == []
