"""brat standoff: accepted by brat's rules, and byte by byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles import brat as oracle
from tests.xner_core.conftest import Write
from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.errors import ExportError
from xner_core.export.brat import BratConfig, BratFormat
from xner_core.export.brat_settings import PAIR, label_of, type_name, visual_conf
from xner_core.export.sample import CharacterRange, ReadSample, Sample
from xner_core.palette import label_colour


def written(samples: tuple[Sample, ...], folder: Path, pairs: int = 20) -> list[Path]:
    return BratFormat(BratConfig(pairs=pairs)).write(iter(samples), folder, "some")


def read(path: Path, notices: list[str] | None = None, **options: Any) -> list[ReadSample]:
    return list(BratFormat(BratConfig(**options)).read(path, notices))


def foreign(write: Write, text: str, annotations: str) -> Path:
    write("doc.txt", text)
    return write("doc.ann", annotations)


@pytest.mark.parametrize("pairs", [1, 5, 100])
def test_brat_takes_all_hard_cases(pairs: int, tmp_path: Path) -> None:
    settings, _, *documents = written(tuple(HARD_CASES.values()), tmp_path, pairs)
    n_marks = n_relations = n_pairs = 0
    for text, marks in zip(documents[::2], documents[1::2], strict=True):
        assert (text.suffix, marks.suffix) == (".txt", ".ann")
        found = oracle.document(text.read_bytes().decode(), marks.read_bytes().decode(), settings.read_text())
        kinds = [kind for kind, _ in found.marks.values()]
        n_pairs += kinds.count(PAIR)
        n_marks += len(kinds) - kinds.count(PAIR)
        n_relations += len(found.relations)
    every = HARD_CASES.values()
    assert n_pairs == len(HARD_CASES)
    assert n_marks == sum(
        len(each.corrected.source_entities) + len(each.corrected.target_entities) for each in every
    )
    assert n_relations == sum(len(each.corrected.matches) for each in every)
    assert len(documents) == 2 * -(-len(HARD_CASES) // pairs)


def test_a_document_as_it_is_written(tmp_path: Path) -> None:
    each = sample(
        "x 1",
        words("😀 New York", "en", running="😀  New\r\nYork"),
        words("New York", "de"),
        ((1, 3, "LOC"),),
        ((0, 2, "LOC"),),
        ((1, 0),),
        ((2, 1),),
        ((0, 0),),
        status="needsReview",
        note="a\tb\nc\\d",
    )
    _, _, text, annotations = written((each,), tmp_path)
    assert text.read_bytes().decode() == "x_1\n😀  New \nYork\nNew York\n\n"
    assert annotations.read_bytes().decode() == (
        "T1\tSentencePair 0 3\tx_1\n"
        "A1\tStatus T1 needsReview\n"
        "#1\tAnnotatorNotes T1\ta\\tb\\nc\\\\d\n"
        '#2\tPairData T1\t{"id": "x 1", "source": [4, 16], "target": [17, 25], '
        '"source_words": [0, 1, 3, 6, 8, 12], "target_words": [0, 3, 4, 8], '
        '"source_lang": "en", "target_lang": "de", "links": "1-0 2p1"}\n'
        "T2\tLOC 7 10;12 16\tNew York\n"
        "T3\tLOC 17 25\tNew York\n"
        "R1\tProjects Arg1:T2 Arg2:T3\n"
    )


def test_the_settings(tmp_path: Path) -> None:
    settings, shown, *_ = written((HARD_CASES["nested"],), tmp_path)
    assert settings.read_text() == (
        "[entities]\nLOC\nORG\nSentencePair\n\n"
        "[relations]\nProjects\tArg1:LOC|ORG, Arg2:LOC|ORG\n"
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n"
        "[events]\n\n"
        "[attributes]\nStatus\tArg:SentencePair, Value:approved|rejected|needsReview\n"
    )
    assert f"LOC\tfgColor:black, bgColor:{label_colour('LOC')}, borderColor:darken\n" in shown.read_text()


def test_text_on_a_dark_label_is_white() -> None:
    assert "\nPER\tfgColor:white, " in visual_conf(["PER"])


def test_adjacent_entities_of_one_type_stay_two(tmp_path: Path) -> None:
    written((HARD_CASES["adjacent"],), tmp_path)
    (one,) = read(tmp_path)
    assert one.source is not None
    assert one.source.entities == entities((0, 1, "LOC"), (1, 2, "LOC"), (2, 4, "PER"))


@given(st.text(min_size=1).filter(lambda label: not re.search(r"\s", label)))
def test_any_label_is_a_type_and_comes_back(label: str) -> None:
    name = type_name(label)
    assert re.fullmatch("[A-Za-z0-9_-]+", name)
    assert name != PAIR
    assert label_of(name) == label


@pytest.mark.parametrize("label", [PAIR, "_x41_", "_", "__x", "a_x", "Größe"])
def test_labels_that_look_like_escapes(label: str) -> None:
    assert label_of(type_name(label)) == label


def test_the_name_of_an_escaped_label_is_shown() -> None:
    assert "\nGr_xF6__xDF_e | Größe\n" in visual_conf(["Größe"])
    assert label_of("_x110000_") == "_x110000_"


def test_what_an_annotator_did_in_brat(tmp_path: Path) -> None:
    _, _, _, annotations = written((HARD_CASES["adjacent"], HARD_CASES["at-the-edges"]), tmp_path)
    lines = annotations.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith(("R2", "T3\t"))]
    lines += ["A7\tStatus T1 rejected", "#9\tAnnotatorNotes T1\tno \\ more", "T99\tPER 14 15\tP"]
    annotations.write_text("\n".join([*lines, ""]), encoding="utf-8")
    first, second = read(tmp_path)
    assert first.source is not None
    assert first.source.words is None  # P is a part of a word
    assert first.source.ranges is not None
    assert [each.surface for each in first.source.ranges] == ["Rome", "P", "Anna Berg"]
    assert first.matches == ((0, 0), (2, 2))
    assert (first.status, first.note) == ("rejected", "no \\ more")
    assert (second.status, second.note) == ("created", "")


# Documents of others


def test_a_document_of_brat_itself(write: Write) -> None:
    path = foreign(
        write,
        "\ufeffAda sings.\n\n Bo  and\tIvo. \n",
        "T1\tPER 1 4\tAda\nT2\tPER 14 16\tBo\n"
        "R1\tKnows Arg1:T1 Arg2:T2\t\n"
        "A1\tOld T1\n#1\tAnnotatorNotes T1\tqueen\n*\tEquiv T1 T2\nE1\tMeet:T1 Who:T2\n\n",
    )
    notices: list[str] = []
    first, second = read(path, notices)
    assert first.target is not None
    assert second.target is not None
    assert (first.target.text, second.target.text) == ("Ada sings.", "Bo  and\tIvo.")
    assert first.target.ranges == (CharacterRange(0, 3, "PER", "Ada"),)
    assert second.target.ranges == (CharacterRange(0, 2, "PER", "Bo"),)
    assert (first.id, first.matches, first.status, first.note) == (None, None, None, None)
    assert second.place == f"{path.with_suffix('.txt')}, line 3"
    assert [notice.partition(": ")[2] for notice in notices] == [
        "the attribute Old was passed over",
        "the note 'queen' on T1 was passed over",
        "what is neither an entity nor a relation was passed over",
        "what is neither an entity nor a relation was passed over",
        "a relation that is not from a source to its target was passed over",
    ]
    other, _ = read(path.with_suffix(".txt"), side="source")
    assert other.source == first.target


def test_offsets_in_utf16_units(write: Write) -> None:
    (one,) = read(foreign(write, "😀 Bo\n", "T1\tPER 3 5\tBo\n"))
    assert one.target is not None
    assert one.target.ranges == (CharacterRange(2, 4, "PER", "Bo"),)


def test_line_ends_of_two_characters_that_count_as_one(write: Write) -> None:
    for mark in ("T1\tPER 4 6\tBo\n", "T1\tPER 3 5\tBo\n"):
        _, one = read(foreign(write, "Ai\r\nBo\r\n", mark))
        assert one.target is not None
        assert one.target.ranges == (CharacterRange(0, 2, "PER", "Bo"),)


TEXT = "Ada and Bo\nIvo\n"
BAD = {
    "no line of brat": ("T1\tPER 0 3\tAda\nhello\n", 2, "'hello' is no annotation"),
    "no offsets": ("T1\tPER 0\tAda\n", 1, "is no annotation"),
    "behind": ("T1\tPER 12 99\tAda\n", 1, "from 12 to 99, but the text ends at 15"),
    "empty": ("T1\tPER 3 3\t\n", 1, "from 3 to 3"),
    "other words": ("\nT1\tPER 0 3\tIvo\n", 2, "'Ada', but the line says 'Ivo'"),
    "with a gap": ("T1\tPER 0 3;8 10\tAda Bo\n", 1, "the words 'and' are left out"),
    "two lines": ("T1\tPER 8 10;11 14\tBo Ivo\n", 1, "outside the sentences"),
    "twice": ("T1\tPER 0 3\tAda\nT1\tPER 0 3\tAda\n", 2, "T1 already"),
    "no such end": ("T1\tPER 0 3\tAda\nR1\tA Arg1:T1 Arg2:T9\n", 2, "T1 or T9 is no annotation"),
    "bad data": ("T1\tSentencePair 0 3\tAda\n#1\tPairData T1\t{}\n", 2, "id"),
}


@pytest.mark.parametrize(("content", "line", "what"), BAD.values(), ids=BAD)
def test_what_is_no_standoff_is_named_with_its_line(content: str, line: int, what: str, write: Write) -> None:
    path = foreign(write, TEXT, content)
    with pytest.raises(ExportError, match=what) as raised:
        read(path)
    assert (raised.value.path, raised.value.line) == (path, line)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"source": [6, 23]', '"source": [6, 999]', "from 6 to 999, behind the text"),
        ('"source_words": [0, 3', '"source_words": [3, 0', "not in order"),
        ("approved", "perhaps", "'perhaps' is no status"),
        ('"links": "0-0', '"links": "0-9', "0-9 points outside"),
    ],
)
def test_our_own_lines_are_checked_too(old: str, new: str, what: str, tmp_path: Path) -> None:
    each = sample(
        "edges",
        words("Ada met Ivo today", "en"),
        words("Ada", "de"),
        links=((0, 0),),
        status="approved",
    )
    _, _, _, annotations = written((each,), tmp_path)
    content = annotations.read_text(encoding="utf-8")
    assert old in content
    annotations.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(ExportError, match=what) as raised:
        read(tmp_path)
    assert raised.value.path == annotations


def test_annotations_without_their_text(write: Write) -> None:
    path = write("alone.ann", "T1\tPER 0 3\tAda\n")
    with pytest.raises(ExportError, match="its text is not there") as raised:
        read(path)
    assert raised.value.hint == "Put alone.txt beside it"


def test_a_text_that_is_not_utf_8(write: Write) -> None:
    write("doc.txt", b"a\nb\xff\n")
    with pytest.raises(ExportError, match="not UTF-8") as raised:
        read(write("doc.ann", ""))
    assert raised.value.line == 2


def test_what_brat_cannot_mark_is_announced() -> None:
    each = sample(
        "odd",
        words("a \u2028 b\rc", "en"),
        words("a", "de"),
        ((0, 1, "PER"), (1, 2, "LOC"), (1, 3, "ORG")),
        ((0, 1, "PER"),),
    )
    said = [(loss.aspect, loss.word, loss.written, loss.entity) for loss in BratFormat().losses(each)]
    assert said == [
        ("words", 2, "b c", None),
        ("source entities", None, None, entities((1, 2, "LOC"))[0]),
        ("source entities", None, None, entities((1, 3, "ORG"))[0]),
    ]
