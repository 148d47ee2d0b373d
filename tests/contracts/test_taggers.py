"""What every tagger promises."""

from __future__ import annotations

import pytest

from tests.builders import entity
from xner_core.config import Choice
from xner_core.ner.tagger import Tagger
from xner_core.registry import COMPONENTS
from xner_core.types import Sentence

# Every tagger can tag these: they have gold entities and a language with an installed pipeline.
SENTENCES = [
    Sentence(("Angela", "Merkel", "visited", "Paris", "."), "en", (entity(0, 2), entity(3, 4, "LOC"))),
    Sentence(("Il", "pleut", "."), "fr", ()),
    Sentence(("Emmanuel", "Macron", "habite", "Lyon", "."), "fr", (entity(0, 2), entity(3, 4, "LOC"))),
    Sentence(("x",), "en", ()),
]
each_tagger = pytest.mark.parametrize("tagger", COMPONENTS["ner"], indirect=True)


@pytest.fixture(scope="module")
def tagger(request: pytest.FixtureRequest) -> Tagger:
    built: Tagger = Choice(name=request.param).build("ner")
    return built


@each_tagger
def test_obvious_names_are_found_in_their_sentences(tagger: Tagger) -> None:
    assert tagger.tag(SENTENCES)[0] == SENTENCES[0].entities
    assert entity(0, 2) in tagger.tag(SENTENCES)[2]


@each_tagger
def test_entities_lie_in_order_without_overlap(tagger: Tagger) -> None:
    found = tagger.tag(SENTENCES)
    assert len(found) == len(SENTENCES)
    for sentence, entities in zip(SENTENCES, found, strict=True):
        ends = [0]
        for one in entities:
            assert ends[-1] <= one.span.start
            assert one.span.end <= len(sentence.words)
            assert one.label
            ends.append(one.span.end)


@each_tagger
def test_sentences_do_not_depend_on_their_neighbours(tagger: Tagger) -> None:
    assert tagger.tag(SENTENCES[::-1]) == tagger.tag(SENTENCES)[::-1]
    assert [tagger.tag([sentence])[0] for sentence in SENTENCES] == tagger.tag(SENTENCES)


@each_tagger
def test_no_sentences(tagger: Tagger) -> None:
    assert tagger.tag([]) == []


@each_tagger
def test_it_can_be_used_again_after_release(tagger: Tagger) -> None:
    before = tagger.tag(SENTENCES)
    tagger.release()
    tagger.release()
    assert tagger.tag(SENTENCES) == before
