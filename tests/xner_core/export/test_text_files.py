"""Words and lines that text files can have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xner_core.errors import ExportError
from xner_core.export.plain_words import plain_word
from xner_core.export.text_files import TextWriter, files_in, line_safe, line_unsafe, numbered_lines

WRITTEN = {
    "Ada": "Ada",
    "New York": "New_York",
    "a\tb\nc": "a_b_c",
    "5\u00a0000": "5_000",
    "a\u2028b": "a_b",
    "a\x85b": "a_b",
    "\u200b": "_",
    "\u00ad\u200d": "_",
    "\u00a0": "_",
    "Zoe\u200b": "Zoe\u200b",
    "😀": "😀",
    "-DOCSTART-": "_DOCSTART_",
}


def test_plain_words() -> None:
    assert {word: plain_word(word) for word in WRITTEN} == WRITTEN


def test_no_break_spaces_are_kept_within_words_only() -> None:
    kept = {
        "5\u00a0000": "5\u00a0000",
        "\u00a0": "_",
        "a\u2028b": "a_b",
        "a b": "a_b",
        "1\u202f2": "1\u202f2",
    }
    assert {word: plain_word(word, keeps_no_break_spaces=True) for word in kept} == kept


@given(st.text(min_size=1))
def test_a_plain_word_is_one_word_for_every_reader(word: str) -> None:
    found = plain_word(word)
    assert found.split() == [found]
    assert found.splitlines() == [found]
    assert plain_word(found) == found


@given(st.text(min_size=1))
def test_an_id_stands_in_a_line(sid: str) -> None:
    safe = line_safe(sid)
    assert line_unsafe(safe) == sid
    assert "\n" not in safe
    assert "\t" not in safe
    assert safe.strip() == safe


@pytest.mark.parametrize("text", ['"', '"a', "7", '["a"]'])
def test_what_is_no_json_text_is_an_id_as_it_stands(text: str) -> None:
    assert line_unsafe(text) == text


def test_only_two_line_ends_count(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffa\x85b\u2028c\r\nd\re\n\n\ufefff".encode())
    assert list(numbered_lines(path)) == [(1, "a\x85b\u2028c"), (2, "d\re"), (3, ""), (4, "\ufefff")]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
@example("\ufeffIvo")
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    with TextWriter(path) as file:
        file.write("")
        file.write(text + "\n")
        file.write(text + "\n")
    assert list(numbered_lines(path)) == [(1, text), (2, text)]


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    with TextWriter(tmp_path / "a.txt") as file, pytest.raises(ExportError, match=r"U\+D83D") as raised:
        file.write("a\ud83d")
    assert "a.txt" in str(raised.value.where)


def test_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.tsv", "a.tsv", "c.txt"):
        (tmp_path / name).touch()
    (tmp_path / "d.tsv").mkdir()
    assert [path.name for path in files_in(tmp_path, (".tsv",))] == ["a.tsv", "b.tsv"]
    assert files_in(tmp_path / "c.txt", (".tsv",)) == [tmp_path / "c.txt"]
    with pytest.raises(ExportError, match="no file of this format") as raised:
        files_in(tmp_path, (".conll",))
    assert ".conll" in str(raised.value.hint)
