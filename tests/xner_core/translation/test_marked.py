"""Entities go through a translation with their sentences."""

from __future__ import annotations

import re
import shutil
import unicodedata
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import entity
from tests.properties.strategies import LABELS
from tests.xner_core.translation.fakes import FakeTranslator
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.translation.marked import MarkedTranslation, MarkerConfig, translate_marked
from xner_core.translation.markers import Form
from xner_core.types import Entity, Sentence, Span

FORMS: tuple[Form, ...] = get_args(Form)
each_form = pytest.mark.parametrize("form", FORMS)
ADA_BOB = (entity(0, 1, "PER"), entity(2, 4, "ORG"))


def _sentence(text: str, lang: str = "en") -> Sentence:
    return Sentence(tuple(text.split()), lang, text=text)


def _one(
    text: str,
    entities: tuple[Entity, ...],
    translator: FakeTranslator | dict[str, str],
    lang: str = "de",
    **options: object,
) -> MarkedTranslation:
    if isinstance(translator, dict):
        translator = FakeTranslator(translator.__getitem__)
    (found,) = translate_marked(
        [_sentence(text)], [entities], [lang], translator, MarkerConfig.model_validate(options)
    )
    return found


def _surfaces(found: MarkedTranslation) -> list[tuple[str, str]]:
    assert found.sentence.entities is not None
    return [(found.sentence.surface(each.span), each.label) for each in found.sentence.entities]


def test_brackets_are_matched_by_the_translation_of_each_entity() -> None:
    found = _one(
        "Ada met Bob Inc today",
        ADA_BOB,
        {
            "[ Ada ] met [ Bob Inc ] today": "Heute traf die [ Firma Bob ] die [ Ada ].",
            "Ada": "Ada",
            "Bob Inc": "Firma Bob",
        },
    )
    assert found.sentence.words == ("Heute", "traf", "die", "Firma", "Bob", "die", "Ada", ".")
    assert found.sentence.text == "Heute traf die Firma Bob die Ada."
    assert found.sentence.lang == "de"
    assert _surfaces(found) == [("Firma Bob", "ORG"), ("Ada", "PER")]
    assert (found.origins, found.lost, found.doubled, found.searched) == ((1, 0), (), (), ())


def test_texts_of_a_language_are_translated_together_and_once() -> None:
    translator = FakeTranslator()
    sentences = [_sentence("Ada met Bob"), _sentence("Ada slept"), _sentence("Ada slept", "fr")]
    translate_marked(
        sentences, [(entity(0, 1), entity(2, 3)), (entity(0, 1),), ()], ["de", "de", "es"], translator
    )
    assert translator.calls == [
        ("en", "de", ["[ Ada ] met [ Bob ]", "[ Ada ] slept", "Ada", "Bob"]),
        ("fr", "es", ["Ada slept"]),
    ]


def test_numbered_marks_need_no_translation_of_the_entities_alone() -> None:
    translator = FakeTranslator()
    found = _one("Ada met Bob Inc", ADA_BOB, translator, markers="slots")
    assert [texts for *_, texts in translator.calls] == [
        ["__SLOT0__ Ada __SLOT0__ met __SLOT1__ Bob Inc __SLOT1__"]
    ]
    assert found.origins == (0, 1)


def test_a_tag_that_lost_its_name_is_matched_like_a_bracket() -> None:
    found = _one(
        "Ada met Bob Inc",
        ADA_BOB,
        {
            "<a> Ada </a> met <b> Bob Inc </b>": "<b> Bob </b> traf <una> Adda </un>",
            "Ada": "Ada",
            "Bob Inc": "Bob",
        },
        markers="tags",
    )
    assert _surfaces(found) == [("Bob", "ORG"), ("Adda", "PER")]


def test_lost_and_doubled_entities_are_said() -> None:
    lost = _one(
        "Ada met Bob Inc",
        ADA_BOB,
        {"[ Ada ] met [ Bob Inc ]": "Ada traf [ Bob ]", "Ada": "Ada", "Bob Inc": "Bob"},
    )
    assert (_surfaces(lost), lost.origins, lost.lost) == ([("Bob", "ORG")], (1,), (0,))
    doubled = _one("Ada slept", ADA_BOB[:1], {"[ Ada ] slept": "[ Ada ] schlief, [ Ada ]!", "Ada": "Ada"})
    assert (_surfaces(doubled), doubled.doubled) == ([("Ada", "PER")], (0,))
    assert doubled.sentence.entities == (entity(0, 1),)


def test_of_nested_marks_the_inner_are_kept_and_what_is_lost_is_not_doubled() -> None:
    found = _one(
        "Ada met Bob Inc",
        ADA_BOB,
        {"<a> Ada </a> met <b> Bob Inc </b>": "<a> Ada <b> Bob </b> </a> <a> Ada </a>"},
        markers="tags",
    )
    assert (_surfaces(found), found.lost, found.doubled) == ([("Bob", "ORG")], (0,), ())


def test_nothing_comes_back() -> None:
    found = _one("Ada met Bob Inc", ADA_BOB, FakeTranslator(lambda _: ""))
    assert found == MarkedTranslation(Sentence((), "de", (), ""), (), (0, 1))


def test_an_entity_that_overlaps_one_before_it_counts_as_lost() -> None:
    found = _one("Ada met Bob Inc", (entity(2, 4), entity(0, 3), entity(3, 4)), FakeTranslator())
    assert (found.origins, found.lost) == ((1, 2), (0,))


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("die firma Bob traf Ada", [("firma Bob", "ORG"), ("Ada", "PER")]),
        ("[ Ada ] traf Bob", [("Ada", "PER")]),
        ("[ Firma Bob ] und Ada, Ada", [("Firma Bob", "ORG"), ("Ada", "PER")]),
    ],
)
def test_lost_entities_are_searched_where_that_is_wanted(back: str, expected: list[tuple[str, str]]) -> None:
    known = {"[ Ada ] met [ Bob Inc ]": back, "Ada": "Ada", "Bob Inc": "Firma Bob"}
    found = _one("Ada met Bob Inc", ADA_BOB, known, search_lost=True)
    assert _surfaces(found) == expected
    in_brackets = "Ada" if "[ Ada" in back else "Firma Bob" if "[" in back else ""
    by_search = {0, 1} - set(found.lost) - {{"Ada": 0, "Firma Bob": 1}.get(in_brackets)}
    assert set(found.searched) == by_search
    assert len(_surfaces(_one("Ada met Bob Inc", ADA_BOB, known))) == bool(in_brackets)


def test_slots_that_were_dropped_are_searched_too() -> None:
    known = {"__SLOT0__ Ada __SLOT0__ slept": "Ada schlief", "Ada": "Ada"}
    found = _one("Ada slept", ADA_BOB[:1], known, markers="slots", search_lost=True)
    assert (_surfaces(found), found.searched) == ([("Ada", "PER")], (0,))


def test_the_threshold_decides() -> None:
    known = {
        "[ Ada ] met [ Bob Inc ]": "[ Adam ] [ Eve ] [ X ]",
        "Ada": "Ada",
        "Bob Inc": "Y",
    }  # 6 of 7 letters
    assert _one("Ada met Bob Inc", ADA_BOB, known, threshold=6 / 7 - 0.01).origins == (0,)
    assert _one("Ada met Bob Inc", ADA_BOB, known, threshold=6 / 7 + 0.01).origins == ()


def test_punctuation_drawn_into_a_mark_is_left_out() -> None:
    known = {"[ Ada ] slept": "Es schlief [ Ada. ]", "Ada": "Ada"}
    assert _surfaces(_one("Ada slept", ADA_BOB[:1], known)) == [("Ada", "PER")]


def test_a_text_with_other_words_than_the_sentence_is_not_used() -> None:
    translator = FakeTranslator()
    sentence = Sentence(("Ada", "slept"), "en", text="Ada has slept")
    translate_marked([sentence], [ADA_BOB[:1]], ["de"], translator)
    assert translator.calls[0][2][0] == "[ Ada ] slept"


def test_words_without_a_text_are_joined_as_they_are_written() -> None:
    translator = FakeTranslator()
    sentence = Sentence(("(", "Ada", ")", ",", "she", "did", "n't", "sleep", "."), "en")
    translate_marked([sentence], [(entity(1, 2),)], ["de"], translator)
    assert translator.calls[0][2][0] == "([ Ada ]), she didn't sleep."


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    translate_marked(
        [_sentence("Ada slept")],
        [ADA_BOB[:1]],
        ["de"],
        FakeTranslator(),
        progress=lambda *state: told.append(state),
    )
    assert told == [("translation", 2, 2)]


def test_progress_over_languages_and_texts_that_are_not_needed() -> None:
    told: list[tuple[str, int, int]] = []
    translate_marked(
        [_sentence("Ada slept"), _sentence("Ada met Bob")],
        [ADA_BOB[:1], ADA_BOB[:1]],
        ["de", "es"],
        FakeTranslator(),
        MarkerConfig(markers="slots"),
        lambda *state: told.append(state),
    )
    assert told == [("translation", done, 4) for done in (1, 2, 3, 4)]


def test_progress_where_entities_turn_out_to_be_needed_alone() -> None:
    told: list[tuple[str, int, int]] = []
    translator = FakeTranslator(lambda text: text.replace("<a>", "<una>").replace("</a>", "</una>"))
    config = MarkerConfig(markers="tags")
    (found,) = translate_marked(
        [_sentence("Ada met Bob Inc")],
        [ADA_BOB],
        ["de"],
        translator,
        config,
        lambda *state: told.append(state),
    )
    assert found.origins == (0, 1)
    assert told == [("translation", done, 3) for done in (1, 3)]


@each_form
def test_without_entities_brackets_are_the_translators_own(form: Form) -> None:
    back = "Ada schlief [dort] <b>tief</b> __SLOT0__ x __SLOT0__"
    found = _one("Ada slept", (), {"Ada slept": back}, markers=form)
    assert found.sentence.text == back
    assert found.sentence.entities == ()


def test_no_sentences() -> None:
    assert translate_marked([], [], [], FakeTranslator()) == []


def test_errors_of_the_translator_come_through() -> None:
    with pytest.raises(ConfigError, match="is missing"):
        translate_marked([_sentence("Ada")], [()], ["de"], Choice(name="none").build("translator"))


ALPHABETS = [
    "abc",
    "ABab",
    "[]",
    "{}",
    "()<>",
    "_0S",
    "北京大学",
    "אבג",
    "ابج",
    "กขค",
    "\u0301\u0300e",
    "👩🏽🚀\u200d",
    ".,!'’-",
]
PIECES = st.sampled_from([*ALPHABETS]).flatmap(lambda letters: st.text(letters, min_size=1, max_size=4))
WORDS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=3).map("".join),
    st.sampled_from(
        ["[", "]", "<a>", "</a>", "__SLOT0__", "slot", "&lt;", "【", "」", "“", "'s", "a\u00a0b", "U.S."]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=4),
).filter(lambda word: _seen(word) != "" and word == word.strip())
LANGS = st.sampled_from(["en", "und", "zh", "he", "th"])


def _seen(text: str) -> str:
    """What can be seen of a text, without white space."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"})


@st.composite
def labelled(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> tuple[Sentence, tuple[Entity, ...]]:
    """A sentence with entities in any order that share no word; some of them have the same text."""
    vocabulary = draw(st.lists(words, min_size=1, max_size=6))
    chosen: list[str] = []
    entities = []
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), LABELS), max_size=4)
    ):
        start = len(chosen) + gap
        chosen += [draw(st.sampled_from(vocabulary)) for _ in range(gap + length)]
        entities.append(Entity(Span(start, start + length), label))
    chosen += draw(st.lists(st.sampled_from(vocabulary), min_size=not chosen, max_size=2))
    return Sentence(tuple(chosen), draw(LANGS)), tuple(draw(st.permutations(entities)))


def _check(found: MarkedTranslation, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """What holds whatever the translator did."""
    placed = found.sentence.entities
    assert placed is not None
    assert len(placed) == len(found.origins)
    assert sorted((*found.origins, *found.lost)) == list(range(len(entities)))
    assert list(placed) == sorted(placed)
    for before, after in pairwise(placed):
        assert before.span.end <= after.span.start
    assert all(each.span.end <= len(found.sentence.words) for each in placed)
    assert [each.label for each in placed] == [entities[index].label for index in found.origins]
    assert set(found.doubled) | set(found.searched) <= set(found.origins)
    return placed


@each_form
@settings(max_examples=40)
@given(case=labelled())
def test_a_translator_that_changes_nothing_loses_nothing(
    form: Form, case: tuple[Sentence, tuple[Entity, ...]]
) -> None:
    sentence, entities = case
    spaced = Sentence(sentence.words, sentence.lang, text=" ".join(sentence.words))
    (found,) = translate_marked(
        [spaced], [entities], [sentence.lang], FakeTranslator(), MarkerConfig(markers=form)
    )
    placed = _check(found, entities)
    assert (found.lost, found.doubled) == ((), ())
    for index, each in zip(found.origins, placed, strict=True):
        assert _seen(found.sentence.surface(each.span)) == _seen(sentence.surface(entities[index].span))
    assert list(found.origins) == sorted(range(len(entities)), key=lambda index: entities[index].span)


@each_form
@settings(max_examples=40)
@given(case=labelled())
def test_of_words_written_together_each_part_counts(
    form: Form, case: tuple[Sentence, tuple[Entity, ...]]
) -> None:
    sentence, entities = case
    (found,) = translate_marked(
        [sentence], [entities], [sentence.lang], FakeTranslator(), MarkerConfig(markers=form)
    )
    placed = _check(found, entities)
    assert _seen("".join(found.sentence.words)) == _seen("".join(sentence.words))
    if len(entities) == 1:
        assert found.lost == ()
        assert _seen(sentence.surface(entities[0].span)) in _seen(found.sentence.surface(placed[0].span))


@each_form
@settings(max_examples=40)
@given(case=labelled(st.text("abcé", min_size=1, max_size=3)), data=st.data())
def test_whatever_a_translator_does_to_marks(
    form: Form, case: tuple[Sentence, tuple[Entity, ...]], data: st.DataObject
) -> None:
    sentence, entities = case

    def mangle(text: str) -> str:
        words = text.split()
        order = data.draw(st.permutations(range(len(words))))
        times = data.draw(st.lists(st.integers(0, 2), min_size=len(words), max_size=len(words)))
        return data.draw(st.sampled_from([" ", "", "  "])).join(
            words[index] for index in order for _ in range(times[index])
        )

    (found,) = translate_marked(
        [sentence],
        [entities],
        [sentence.lang],
        FakeTranslator(mangle),
        MarkerConfig(markers=form, search_lost=data.draw(st.booleans())),
    )
    _check(found, entities)


@each_form
@settings(max_examples=40)
@given(case=labelled(st.text("abcé", min_size=1, max_size=3)))
def test_where_all_marks_are_dropped_nothing_is_invented(
    form: Form, case: tuple[Sentence, tuple[Entity, ...]]
) -> None:
    sentence, entities = case
    translator = FakeTranslator(lambda text: re.sub(r"[\[\]]|</?\w+>|__\w+__", "", text))
    (found,) = translate_marked(
        [sentence], [entities], [sentence.lang], translator, MarkerConfig(markers=form)
    )
    assert found.sentence.entities == ()
    assert found.lost == tuple(range(len(entities)))


ENGLISH = "Angela Merkel met the Spanish Prime Minister in Madrid ."
SPANISH = [("Angela Merkel", "PER"), ("Primer ministro español", "MISC"), ("Madrid", "LOC")]


@each_form
def test_apertium_brings_entities_to_spanish(form: Form) -> None:
    if shutil.which("apertium") is None:
        pytest.skip("apertium is not installed")
    translator = Choice(name="apertium").build("translator")
    if not translator.supports("en", "es"):
        pytest.skip("apertium-eng-spa is not installed")
    entities = (entity(0, 2, "PER"), entity(4, 7, "MISC"), entity(8, 9, "LOC"))
    sentence = Sentence(tuple(ENGLISH.split()), "en")
    (found,) = translate_marked([sentence], [entities], ["es"], translator, MarkerConfig(markers=form))
    assert _surfaces(found) == SPANISH
    assert (found.origins, found.lost, found.doubled) == ((0, 1, 2), (), ())
    assert not re.search(r"[\[\]<>_]", " ".join(found.sentence.words))
