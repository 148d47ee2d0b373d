"""Every bad CoNLL file is refused with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.xner_core.conftest import Write
from xner_core.corpora import load
from xner_core.errors import CorpusError

GOOD = "Ada\tB-PER\nlives\tO\n\nHi\tO\n"

BAD = {
    "row without a tag": ("Ada\tB-PER\nlives\n\nHi\tO\n", 2, "the word 'lives' has no tag"),
    "row with an empty tag": ("Ada\tB-PER\nlives\t\n\nHi\tO\n", 2, "the word 'lives' has no tag"),
    "row without a tag, spaces": ("Ada B-PER\nlives\n\nHi O\n", 2, "the word 'lives' has no tag"),
    "empty word": ("Ada\tB-PER\n\tO\n\nHi\tO\n", 2, "the word is empty"),
    "empty word, spaces": ("Ada B-PER\n O\n\nHi O\n", 2, "the word is empty"),
    "blank word": ("Ada\tB-PER\n  \tO\n\nHi\tO\n", 2, "the word is empty"),
    "tag outside IOB": ("Ada\tB-PER\nlives\tO\n\nHi\tX-PER\n", 4, "'X-PER' is not an IOB tag"),
    "tag without a label": ("Ada\tB-\nlives\tO\n\nHi\tO\n", 1, "'B-' is not an IOB tag"),
    "part of speech for a tag": ("Ada\tNE\nlives\tV\n\nHi\tX\n", 1, "'NE' is not an IOB tag"),
    "too many columns": (
        "Ada\tB-PER\nlives\tV\tO\n\nHi\tO\n",
        2,
        "the row has 3 columns, the rows before it 2",
    ),
    "too many columns behind a tag seen before": (
        "Ada\tO\nlives\tV\tO\n\nHi\tO\n",
        2,
        "the row has 3 columns",
    ),
    "no word before a tag seen before": ("Ada\tO\n \tO\n\nHi\tO\n", 2, "the word is empty"),
    "word with the separator": ("Ada B-PER\nNew York B-LOC\n", 2, "the row has 3 columns"),
    "too few columns": ("Ada\tNE\tB-PER\nlives\tO\n", 2, "the word 'lives' has no tag"),
    "broken UTF-8": (b"Ada\tB-PER\nl\xebt\tO\n\nHi\tO\n", 2, "byte 0xeb is not UTF-8"),
    "UTF-16": (GOOD.encode("utf-16"), 1, "is not UTF-8"),
    "no byte": ("", None, "the file is empty"),
    "blank lines only": ("\n \n\n", None, "the file is empty"),
    "document starts only": ("-DOCSTART-\tO\n\n-DOCSTART-\tO\n", None, "the file has no sentences"),
    "old line ends": ("Ada\tO\rlives\tO\r", None, "CR alone"),
}


@pytest.mark.parametrize("bad_side", [0, 1], ids=["source", "target"])
@pytest.mark.parametrize("name", BAD)
def test_bad_files(write: Write, name: str, bad_side: int) -> None:
    content, line, what = BAD[name]
    bad = write("de.conll", content)
    paths = [write("en.conll", GOOD), bad]
    source, target = paths if bad_side else reversed(paths)
    with pytest.raises(CorpusError) as raised:
        load(f"conll:{source},{target}")
    assert what in raised.value.what
    assert (raised.value.path, raised.value.line) == (bad, line)
    assert str(raised.value).startswith(f"{bad}, line {line}: " if line else f"{bad}: ")
    assert raised.value.hint


def test_lines_are_counted_the_same_with_crlf(write: Write) -> None:
    bad = write("de.conll", "a\tO\r\n\r\nb\r\n")
    with pytest.raises(CorpusError, match=r"line 3: the word 'b' has no tag"):
        load(f"conll:{write('en.conll', GOOD)},{bad}")


@pytest.mark.parametrize("bad_side", [0, 1], ids=["source", "target"])
def test_unequal_sentence_counts_point_to_the_end_of_the_shorter_file(write: Write, bad_side: int) -> None:
    short = write("short.conll", "Ada\tB-PER\nlebt\tO\n")
    paths = [write("long.conll", GOOD), short]
    source, target = paths if bad_side else reversed(paths)
    with pytest.raises(CorpusError) as raised:
        load(f"conll:{source},{target}")
    counts = ["long.conll has 2", "short.conll has 1"]
    assert all(count in raised.value.what.replace(" sentences", "") for count in counts)
    assert (raised.value.path, raised.value.line) == (short, 2)
    assert raised.value.hint == "The two files must be parallel, sentence by sentence"


def test_a_missing_file(write: Write, tmp_path: Path) -> None:
    missing = tmp_path / "de.conll"
    with pytest.raises(CorpusError, match="there is no such file") as raised:
        load(f"conll:{write('en.conll', GOOD)},{missing}")
    assert (raised.value.path, raised.value.hint) == (missing, "Check the path")


def test_a_folder(write: Write, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="Is a directory") as raised:
        load(f"conll:{tmp_path},{write('en.conll', GOOD)}")
    assert raised.value.path == tmp_path
    assert raised.value.hint


@pytest.mark.parametrize("where", ["", "a.conll", "a.conll,", ",a.conll", "a,b,c", ","])
def test_a_number_of_files_other_than_two(where: str) -> None:
    with pytest.raises(CorpusError, match="needs two files") as raised:
        load(f"conll:{where}")
    assert raised.value.where == f"conll:{where}"
    assert raised.value.hint == "Write conll:SOURCE_FILE,TARGET_FILE"


@pytest.mark.parametrize("option", ["source_lang", "target_lang"])
@pytest.mark.parametrize("code", ["xx", "deu_Latn", "German", ""])
def test_a_bad_language_code(write: Write, option: str, code: str) -> None:
    files = f"{write('en.conll', GOOD)},{write('de.conll', GOOD)}"
    with pytest.raises(CorpusError, match=f"'{code}' is not a language code") as raised:
        load(f"conll:{files}?{option}={code}")
    assert raised.value.hint == "Use BCP 47 or ISO 639-3: de, twi"
