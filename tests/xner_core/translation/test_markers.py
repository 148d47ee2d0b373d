"""Marks are written so that nothing else looks like them, and read whatever became of them."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xner_core.translation.markers import Form, Marks, choose_marks, read_marks, write_marks

FORMS: tuple[Form, ...] = get_args(Form)
TEXT = "Ada met Bob Ray."
RANGES = [(0, 3), (8, 15)]

Read = tuple[str, list[tuple[str, int | None]]]


def _read(translation: str, marks: Marks) -> Read:
    text, ranges = read_marks(translation, marks)
    return text, [(text[found.start : found.end], found.number) for found in ranges]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("brackets", "[ Ada ] met [ Bob Ray ]."),
        ("tags", "<a> Ada </a> met <b> Bob Ray </b>."),
        ("slots", "__SLOT0__ Ada __SLOT0__ met __SLOT1__ Bob Ray __SLOT1__."),
    ],
)
def test_what_is_written(form: Form, written: str) -> None:
    assert write_marks(TEXT, RANGES, choose_marks(form, TEXT, 2)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ada [sic]", "{ Ada } [sic]"),
        ("Ada ［sic］", "{ Ada } ［sic］"),
        ("Ada [sic] {x}", "__SLOT0__ Ada __SLOT0__ [sic] {x}"),
        ("Ada [ { slot", "__SLOTX0__ Ada __SLOTX0__ [ { slot"),
    ],
)
def test_brackets_of_the_text_are_no_marks(text: str, written: str) -> None:
    marks = choose_marks("brackets", text, 1)
    assert write_marks(text, [(0, 3)], marks) == written
    found = [("Ada", None if written[0] == "{" else 0)]
    assert _read(written, marks) == (text, found)


def test_tags_of_the_text_are_no_marks() -> None:
    text = "x <a>y</B> 1 < 2"
    marks = choose_marks("tags", text, 2)
    assert marks.opening == ("<c>", "<d>")
    translated = "<c> x </c> <a>y</B> 1 < 2 <una> z </una>"
    assert _read(translated, marks) == ("x <a>y</B> 1 < 2 <una> z </una>", [("x", 0)])


def test_there_are_names_for_many_tags() -> None:
    names = choose_marks("tags", "", 800).opening
    assert len(set(names)) == 800
    assert names[25:28] == ("<z>", "<aa>", "<ab>")


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("[ Ada ] traf [ Bob ].", ("Ada traf Bob.", ["Ada", "Bob"])),
        ("[Ada] traf [Bob].", ("Ada traf Bob.", ["Ada", "Bob"])),
        ("【Ada】traf［ Bob ］.", ("Adatraf Bob.", ["Ada", "Bob"])),  # the space was lost by the translator
        ("[ Ada ]traf[ Bob ].", ("Ada traf Bob.", ["Ada", "Bob"])),
        ("[Ada][Bob] trafen sich", ("Ada Bob trafen sich", ["Ada", "Bob"])),
        ("([Ada]) traf “[ Bob ]”.", ("(Ada) traf “Bob”.", ["Ada", "Bob"])),
        ("[ Helsinki ]'s [Turku]ssa", ("Helsinki's Turkussa", ["Helsinki", "Turku"])),
        ("zu: [Ada] - [Bob]", ("zu: Ada - Bob", ["Ada", "Bob"])),
        ("[ Ada traf [ Bob ].", ("Ada traf Bob.", ["Bob"])),
        ("[ Ada ] traf Bob ].", ("Ada traf Bob.", ["Ada"])),
        ("Ada ] traf [ Bob", ("Ada traf Bob", [])),
        ("[ [ Ada ] ] traf [[Bob]].", ("Ada traf Bob.", ["Ada", "Bob"])),
        ("[ Ada von [ Bob ] ] da", ("Ada von Bob da", ["Ada von Bob", "Bob"])),
        ("[ ] Ada traf [ ].", ("Ada traf.", [])),
        ("[ 北京 ]和[东京]", ("北京和东京", ["北京", "东京"])),
        ("[北京][东京]", ("北京东京", ["北京", "东京"])),
        ("הוא פגש את [ עדה ] ב[פריז].", ("הוא פגש את עדה בפריז.", ["עדה", "פריז"])),
        ("[ Ada ] 👩‍🚀 [ Bob ]", ("Ada 👩‍🚀 Bob", ["Ada", "Bob"])),
        ("", ("", [])),
    ],
)
def test_brackets_of_a_translation(translation: str, expected: tuple[str, list[str]]) -> None:
    text, found = _read(translation, choose_marks("brackets", TEXT, 2))
    assert (text, [held for held, _ in found]) == expected


def test_other_quotation_marks_count_where_no_bracket_is_left_but_stay() -> None:
    marks = choose_marks("brackets", "Ada met Bob.", 2)
    text, ranges = read_marks("「Ada」见《Bob》", marks)
    assert text == "「Ada」见《Bob》"
    assert [(text[r.start : r.end], r.sure) for r in ranges] == [("Ada", False), ("Bob", False)]
    assert _read("[Ada]见《Bob》", marks)[1] == [("Ada", None)]
    quoting = choose_marks("brackets", 'Ada met "Bob".', 2)
    assert _read("Ada见《Bob》", quoting) == ("Ada见《Bob》", [])


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("<b>Bob</b> sah <a>Ada</a>.", ("Bob sah Ada.", [("Bob", 1), ("Ada", 0)])),
        ("< a > Ada < / a > sah ＜b＞Bob＜／b＞", ("Ada sah Bob", [("Ada", 0), ("Bob", 1)])),
        ("<A>Ada</A> sah &lt;b&gt;Bob&lt;/b&gt;", ("Ada sah Bob", [("Ada", 0), ("Bob", 1)])),
        ("<Una>Ada</un> sah <b>Bob</b>", ("Ada sah Bob", [("Ada", None), ("Bob", 1)])),
        ("<una>Ada</a> sah <b>Bob</ba>", ("Ada sah Bob", [("Ada", 0), ("Bob", 1)])),
        ("<a>Ada</b> sah Bob", ("Ada sah Bob", [])),
        ("<a>Ada</a> und <a>Ada</a>", ("Ada und Ada", [("Ada", 0), ("Ada", 0)])),
        ("<a>Ada <b>von Bob</a> da</b>", ("Ada von Bob da", [("Ada von Bob", 0), ("von Bob da", 1)])),
        ("<a>Ada", ("Ada", [])),
        ("Ada</a>", ("Ada", [])),
    ],
)
def test_tags_of_a_translation(translation: str, expected: Read) -> None:
    assert _read(translation, choose_marks("tags", TEXT, 2)) == expected


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("__SLOT1__ Bob __SLOT1__ sah __SLOT0__ Ada __SLOT0__.", ("Bob sah Ada.", [("Bob", 1), ("Ada", 0)])),
        ("__ slot0 __ Ada _SLOT 0_ sah", ("Ada sah", [("Ada", 0)])),
        ("__SLOT0__Ada__SLOT0____SLOT1__Bob__SLOT1__", ("Ada Bob", [("Ada", 0), ("Bob", 1)])),
        ("__СЛОТ0__ Ада __СЛОТ0__", ("Ада", [("Ада", 0)])),
        ("__SLOT٠__ آدا __SLOT٠__", ("آدا", [("آدا", 0)])),
        ("__SLOT0__ Ada sah __SLOT1__ Bob __SLOT1__", ("Ada sah Bob", [("Bob", 1)])),
        ("__SLOT0__ Ada __SLOT1__", ("Ada", [])),
        ("__SLOT0__ A __SLOT0__ B __SLOT0__ C __SLOT0__", ("A B C", [("A", 0), ("C", 0)])),
        ("__SLOT7__ Ada __SLOT7__", ("__SLOT7__ Ada __SLOT7__", [])),
    ],
)
def test_slots_of_a_translation(translation: str, expected: Read) -> None:
    assert _read(translation, choose_marks("slots", TEXT, 2)) == expected


def test_own_underscores_and_slots_stay() -> None:
    text = "_Ada_ __init0__ slot 0"
    marks = choose_marks("slots", text, 1)
    written = write_marks(text, [(1, 4)], marks)
    assert written == "___SLOTX0__ Ada __SLOTX0___ __init0__ slot 0"
    assert _read(written, marks) == (text, [("Ada", 0)])


AWKWARD = st.lists(
    st.sampled_from(
        [
            *"[]{}［］【】「」《》<>/&;_01aAsSß ́\u200b\u200d北กא👩🏽。.,'\"",
            " ",
            "  ",
            "SLOT",
            "__",
            "<a>",
            "</a>",
            "&lt;",
            "slot0",
            "__SLOT0__",
            "[ ",
            " ]",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("form", FORMS)
@given(pieces=st.lists(AWKWARD, min_size=1, max_size=7))
@example(pieces=["", "_", "_", "x", "__"])
@example(pieces=["[", "{", "<a>"])
@example(pieces=["ſlot", "a", "<K>"])
def test_what_is_written_is_read(form: Form, pieces: list[str]) -> None:
    """Every second piece is an entity; words are compared, since spaces at a mark are the translator's."""
    pieces = [re.sub(r"\s+", " ", piece).strip() for piece in pieces]
    text, ranges = "", []
    for index, piece in enumerate(pieces):
        if index % 2 and piece:
            ranges.append((len(text), len(text) + len(piece)))
        text += piece + " "
    marks = choose_marks(form, text, len(ranges))
    clean, found = read_marks(write_marks(text, ranges, marks), marks)
    assert clean.split() == text.split()
    assert [clean[r.start : r.end] for r in found] == [text[start:end] for start, end in ranges]
    if marks.numbered:
        assert [r.number for r in found] == list(range(len(ranges)))


NOISE = st.lists(
    st.sampled_from(
        [
            "[",
            "]",
            "【",
            "】",
            " ",
            "a",
            "bc",
            "北",
            ".",
            "<a>",
            "</a>",
            "<b>",
            "</b>",
            "<x>",
            "__SLOT0__",
            "__SLOT1__",
            "_",
            "0",
        ]
    ),
    max_size=14,
).map("".join)
WRITTEN = {"brackets": r"[\[\]【】]", "tags": r"</?[abx]>", "slots": r"__SLOT[01]__"}


@pytest.mark.parametrize("form", FORMS)
@given(translation=NOISE)
def test_of_a_translation_only_marks_go(form: Form, translation: str) -> None:
    clean, found = read_marks(translation, choose_marks(form, "ab", 2))
    if form != "slots":  # of those more is read as a mark than is written
        expected = re.sub(r"\s+", "", re.sub(WRITTEN[form], "", translation))
        assert "".join(clean.split()) == expected
    assert clean == clean.strip()
    for one in found:
        assert 0 <= one.start < one.end <= len(clean)
        held = clean[one.start : one.end]
        assert held == held.strip()
