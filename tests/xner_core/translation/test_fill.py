"""Sentences that a corpus lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import entity
from tests.xner_core.translation.engines import Upper
from xner_core.errors import ConfigError, CorpusError
from xner_core.translation.fill import back_translate, fill_missing, still_missing
from xner_core.translation.none import NoTranslator
from xner_core.types import Sentence, SentencePair, WordAlignment

ENGLISH = Sentence(("I", "live", "in", "Rome", "."), "en", (entity(3, 4, "LOC"),), "I live in Rome.")
GERMAN = Sentence(("Ich", "wohne", "in", "Rom", "."), "de")
NO_GERMAN, NO_ENGLISH = Sentence((), "de"), Sentence((), "en")
COMPLETE = SentencePair("complete", ENGLISH, GERMAN, WordAlignment.of([(0, 0)]))
NO_TARGET = SentencePair("no target", ENGLISH, NO_GERMAN, note="kept")
NO_SOURCE = SentencePair("no source", NO_ENGLISH, GERMAN)


class Blank(Upper):
    """Finds no translation of some texts."""

    def translate(self, texts, source_lang, target_lang, progress=None):  # type: ignore[no-untyped-def]
        found = super().translate(texts, source_lang, target_lang, progress)
        return ["  " if text.startswith("Ich") else one for text, one in zip(texts, found, strict=True)]


def test_each_side_is_translated_from_the_other() -> None:
    found = fill_missing([NO_SOURCE, COMPLETE, NO_TARGET], Upper())
    assert found[0] == replace(
        NO_SOURCE, source=Sentence(("ICH", "WOHNE", "IN", "ROM", "."), "en", text="ICH WOHNE IN ROM.")
    )
    assert found[1] is COMPLETE
    assert found[2] == replace(
        NO_TARGET, target=Sentence(("I", "LIVE", "IN", "ROME", "."), "de", text="I LIVE IN ROME.")
    )
    assert still_missing(found) == []


def test_a_complete_corpus_needs_no_translator() -> None:
    assert fill_missing([COMPLETE], NoTranslator()) == [COMPLETE]


def test_the_languages_of_a_pair_reach_the_translator() -> None:
    asked: list[tuple[tuple[str, ...], str, str]] = []

    class Asked(Upper):
        def translate(self, texts, source_lang, target_lang, progress=None):  # type: ignore[no-untyped-def]
            asked.append((tuple(texts), source_lang, target_lang))
            return super().translate(texts, source_lang, target_lang, progress)

    french = replace(NO_TARGET, id="french", target=Sentence((), "fr"))
    fill_missing([NO_TARGET, french, NO_SOURCE, replace(NO_TARGET, id="again")], Asked())
    assert asked == [
        (("I live in Rome.",) * 2, "en", "de"),
        (("I live in Rome.",), "en", "fr"),
        (("Ich wohne in Rom.",), "de", "en"),
    ]


def test_without_a_translator_the_first_sentence_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^sentence 'no target': .*Choose a translator"):
        fill_missing([COMPLETE, NO_TARGET, NO_SOURCE], NoTranslator())

    class Elsewhere(Upper):
        def translate(self, texts, source_lang, target_lang, progress=None):  # type: ignore[no-untyped-def]
            raise ConfigError("wrong", where="elsewhere")

    with pytest.raises(ConfigError, match=r"^elsewhere: wrong"):
        fill_missing([NO_TARGET], Elsewhere())


def test_a_sentence_without_translation_stays_missing_and_is_reported() -> None:
    found = fill_missing([NO_SOURCE, NO_TARGET], Blank())
    assert found[0] == NO_SOURCE
    assert not found[1].target.is_missing
    (notice,) = still_missing(found)
    assert notice.startswith("1 sentence has")
    assert "'no source'" in notice


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (NO_ENGLISH, NO_GERMAN, "'odd': both sentences are missing"),
        (ENGLISH, Sentence((), "und"), "'odd': the language to translate into"),
        (replace(ENGLISH, lang="und"), NO_GERMAN, "'odd': the language to translate from"),
    ],
)
def test_what_cannot_be_translated_is_named(source: Sentence, target: Sentence, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        fill_missing([COMPLETE, SentencePair("odd", source, target)], Upper())


def test_progress_goes_over_all_languages() -> None:
    told: list[tuple[str, int, int]] = []
    fill_missing([NO_TARGET, COMPLETE, NO_SOURCE], Upper(), lambda *each: told.append(each))
    assert told[-1] == ("translation", 2, 2)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert {total for _, _, total in told} == {2}


def test_back_translation_takes_the_source_s_place() -> None:
    (found,) = back_translate([COMPLETE], Upper())
    assert found.source == Sentence(("I", "LIVE", "IN", "ROME", "."), "de", text="I LIVE IN ROME.")
    assert found.target == GERMAN
    assert found.gold_alignment is None
