"""Parallel CoNLL files as they come: separators, columns, line ends, odd characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import entity
from tests.xner_core.conftest import Write
from xner_core.corpora import load
from xner_core.types import Corpus

ENGLISH = "Ada\tB-PER\nlives\tO\n\nHi\tO\n"
GERMAN = "Ada\tB-PER\nKing\tI-PER\nlebt\tO\n\nHallo\tO\n"


def _load(source: Path, target: Path, options: str = "") -> Corpus:
    return load(f"conll:{source},{target}{options}")


def test_sentences_are_paired_in_order(write: Write) -> None:
    corpus = _load(write("en.conll", ENGLISH), write("de.conll", GERMAN))
    first, second = corpus.pairs
    assert first.source.words == ("Ada", "lives")
    assert first.source.entities == (entity(0, 1),)
    assert first.target.words == ("Ada", "King", "lebt")
    assert first.target.entities == (entity(0, 2),)
    assert (second.source.words, second.target.words) == (("Hi",), ("Hallo",))
    assert second.target.entities == ()
    assert first.gold_alignment is None


@pytest.mark.parametrize(
    "content",
    [
        "Ada B-PER\nKing I-PER\nlebt O\n\nHallo O\n",
        "Ada  B-PER\nKing   I-PER\nlebt O \n\nHallo O\n",
        "Ada\tNE\tB-NP\tB-PER\nKing\tNE\tI-NP\tI-PER\nlebt\tV\tO\tO\n\nHallo\tI\tO\tO\n",
        "Ada NE B-NP B-PER\nKing NE I-NP I-PER\nlebt V O O\n\nHallo I O O\n",
        GERMAN.replace("\n", "\r\n"),
        GERMAN.rstrip("\n"),
        "\ufeff" + GERMAN,
        "\n\n" + GERMAN.replace("\n\n", "\n\n \n\t\n\n") + "\n\n",
        "-DOCSTART-\tO\n\n" + GERMAN,
        "-DOCSTART- N X O\n\nAda N X B-PER\nKing N X I-PER\nlebt N X O\n-DOCSTART- N X O\nHallo N X O\n",
        "Ada\tB-PER\nKing\tE-PER\nlebt\tO\n\nHallo\tO\n",
        "Ada\tI-PER\nKing\tI-PER\nlebt\tO\n\nHallo\tO\n",
    ],
    ids=[
        "spaces",
        "many spaces",
        "4 columns",
        "4 columns, spaces",
        "CRLF",
        "no last line feed",
        "byte order mark",
        "blank lines",
        "document start",
        "document starts, spaces",
        "IOBES",
        "IOB1",
    ],
)
def test_ways_to_write_the_same_file(write: Write, content: str) -> None:
    source = write("en.conll", ENGLISH)
    expected = _load(source, write("de.conll", GERMAN))
    found = _load(source, write("de-other.conll", content))
    assert found.pairs == expected.pairs
    assert found.fingerprint == expected.fingerprint


@pytest.mark.parametrize("separator", ["\t", " "])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_odd_characters_stay_in_their_words(write: Write, separator: str, ends: str) -> None:
    words = ("a\u2028b", "\u2028", "\x85", "c\x85", "\u00a0", "d\u00a0e", "\u200b", "\u3000", "\x0b", "é")
    rows = ends.join(f"{word}{separator}O" for word in words)
    corpus = _load(write("en.conll", rows), write("de.conll", rows + ends))
    assert corpus.pairs[0].source.words == corpus.pairs[0].target.words == words


@pytest.mark.parametrize(("tagged_source", "tagged_target"), [(True, False), (False, True), (False, False)])
def test_a_side_without_tags_has_no_entities(write: Write, tagged_source: bool, tagged_target: bool) -> None:
    plain = "Ada\nlives\n\nHi\n"
    corpus = _load(
        write("en.conll", ENGLISH if tagged_source else plain),
        write("de.conll", ENGLISH if tagged_target else plain),
    )
    assert [pair.source.entities is not None for pair in corpus.pairs] == [tagged_source] * 2
    assert [pair.target.entities is not None for pair in corpus.pairs] == [tagged_target] * 2
    assert corpus.pairs[0].target.words == ("Ada", "lives")


def test_language_is_taken_from_the_file_name_and_said(write: Write) -> None:
    corpus = _load(write("en-test.conll", ENGLISH), write("twi.dev.conll", GERMAN))
    assert (corpus.pairs[0].source.lang, corpus.pairs[0].target.lang) == ("en", "twi")
    assert corpus.languages == ("twi",)
    assert corpus.notices == (
        "en-test.conll: language 'en' taken from the file's name",
        "twi.dev.conll: language 'twi' taken from the file's name",
    )


def test_language_is_taken_from_the_options_before_the_name(write: Write) -> None:
    corpus = _load(
        write("en.conll", ENGLISH), write("de.conll", GERMAN), "?source_lang=en-GB&target_lang=gsw"
    )
    assert (corpus.pairs[1].source.lang, corpus.pairs[1].target.lang) == ("en-GB", "gsw")
    assert corpus.notices == ()


def test_language_that_the_name_does_not_tell(write: Write) -> None:
    corpus = _load(write("source.conll", ENGLISH), write("target.conll", GERMAN), "?target_lang=de")
    assert corpus.pairs[0].source.lang == "und"
    assert corpus.notices == ("source.conll: language unknown; name it with source_lang= and target_lang=",)


def test_repairs_are_counted_with_the_first_line(write: Write) -> None:
    content = "a\tB-PER\n\nb\tO\nc\tI-LOC\n\nd\tI-PER\n"
    plain = "a\n\nb\nc\n\nd\n"
    corpus = _load(write("en.conll", plain), write("de.conll", content))
    assert "de.conll: 2 tags were repaired (first: line 4, I-LOC read as B-LOC)" in corpus.notices
    assert [pair.target.entities for pair in corpus.pairs[1:]] == [(entity(1, 2, "LOC"),), (entity(0, 1),)]


def test_one_repair_is_one_tag(write: Write) -> None:
    corpus = _load(write("en.conll", "a\nb\n"), write("de.conll", "a\tB-PER\nb\tI-LOC\n"))
    assert corpus.notices[-1] == "de.conll: 1 tag was repaired (first: line 2, I-LOC read as B-LOC)"


@pytest.mark.parametrize(("scheme", "tags"), [("IOB1", ("I-PER", "B-PER")), ("IOBES", ("S-PER", "S-PER"))])
def test_another_scheme_is_said(write: Write, scheme: str, tags: tuple[str, str]) -> None:
    corpus = _load(write("en.conll", "a\nb\n"), write("de.conll", "a\t{}\nb\t{}\n".format(*tags)))
    assert corpus.notices[-1] == f"de.conll: tags are {scheme}, read as IOB2"
    assert corpus.pairs[0].target.entities == (entity(0, 1), entity(1, 2))


def _parallel(write: Write, order: list[int]) -> Corpus:
    files = [
        write(f"{lang}.conll", "\n\n".join(f"{lang}{i}\tO\nx\tO" for i in order)) for lang in ("en", "de")
    ]
    return _load(*files)


def test_ids_survive_a_reordering(write: Write) -> None:
    def ids(order: list[int]) -> dict[str, str]:
        return {pair.source.words[0]: pair.id for pair in _parallel(write, order).pairs}

    assert ids([0, 1, 2, 3]) == ids([2, 0, 3, 1])


def test_ids_do_not_depend_on_tags_or_languages(write: Write) -> None:
    before = _load(write("en.conll", "a\tO\n"), write("de.conll", "b\tO\n"))
    after = _load(write("en.conll", "a\n"), write("fr.conll", "b\tB-PER\n"))
    assert before.pairs[0].id == after.pairs[0].id


def test_ids_are_unique_under_duplicates(write: Write) -> None:
    names = [pair.id for pair in _parallel(write, [0, 1, 0, 0]).pairs]
    assert len(set(names)) == 4
    assert names[2:] == [f"{names[0]}-2", f"{names[0]}-3"]


def test_a_split_in_the_file_name_is_no_language(tmp_path: Path) -> None:
    for name in ("dev.conll", "ner.conll"):
        (tmp_path / name).write_text("Ada\tB-PER\n", encoding="utf-8")
    corpus = load(f"conll:{tmp_path / 'dev.conll'},{tmp_path / 'ner.conll'}")
    assert corpus.languages == ("und",)
    assert len(corpus.notices) == 2
