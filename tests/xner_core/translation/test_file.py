"""Translations from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.xner_core.conftest import Write
from xner_core.config import Choice
from xner_core.errors import ConfigError, CorpusError
from xner_core.translation.file import FileTranslator, TranslationRow, write_translations

LINE = '{"source_lang": "en", "target_lang": "de", "source": "Hello  world", "translation": "Hallo Welt"}\n'


def of(path: Path) -> FileTranslator:
    built: FileTranslator = Choice(name=f"file:{path}").build("translator")
    return built


def test_json_lines(write: Write) -> None:
    translator = of(write("t.jsonl", LINE + '\n{"source": "yes", "translation": "ja", "more": 1}\n'))
    assert translator.translate([" Hello\tworld ", "", "yes"], "eng", "de-DE") == ["Hallo Welt", "", "ja"]
    assert translator.model_id.startswith("t.jsonl sha256:")
    translator.release()
    assert translator.translate(["yes"], "fr", "it") == ["ja"]


def test_languages_are_told_apart(write: Write) -> None:
    other = LINE.replace('"de"', '"fr"').replace("Hallo Welt", "Bonjour")
    anyone = '{"source": "Hello world", "translation": "?"}\n'
    translator = of(write("t.jsonl", LINE + other + anyone))
    found = [translator.translate(["Hello world"], "en", lang) for lang in ("de", "fr", "it")]
    assert found == [["Hallo Welt"], ["Bonjour"], ["?"]]


def test_a_table(write: Write) -> None:
    translator = of(write("t.tsv", "Hello world\tHallo Welt\r\n\r\nyes\t ja \r\n"))
    assert translator.translate(["yes", "Hello world"], "en", "de") == ["ja", "Hallo Welt"]


def test_a_text_that_is_not_there_is_named(write: Write) -> None:
    translator = of(write("t.jsonl", LINE))
    with pytest.raises(CorpusError, match="no translation from 'en' into 'de' of 'Bye'"):
        translator.translate(["Hello world", "Bye"], "en", "de")
    with pytest.raises(CorpusError, match="into 'fr'"):
        translator.translate(["Hello world"], "en", "fr")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.jsonl", LINE + "nonsense\n", "line 2: not JSON"),
        ("t.jsonl", LINE + '{"source": "a"}\n', "line 2: translation: Field required"),
        ("t.jsonl", '{"source": "a", "translation": " "}\n', "line 1: translation: the text is empty"),
        ("t.jsonl", LINE.replace('"en"', '"nonsense"'), "line 1: source_lang: 'nonsense' is not a language"),
        ("t.jsonl", LINE + "\n" + LINE.replace("Hallo", "Moin"), "line 3: .* another translation in line 1"),
        ("t.tsv", "a\tb\n\na b\n", "line 3: there are 1 columns, not 2"),
        ("t.tsv", "a\tb\tc\n", "line 1: there are 3 columns"),
        ("t.txt", "a\t \n", "line 1: a cell is empty"),
        ("t.tsv", "a\tb\na \tc\n", "line 2: .* line 1"),
        ("t.tsv", "", "the file is empty"),
    ],
)
def test_a_bad_line_is_named(write: Write, name: str, content: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        of(write(name, content)).translate(["a"], "en", "de")


def test_the_same_line_twice_is_no_error(write: Write) -> None:
    assert of(write("t.jsonl", LINE * 2)).translate(["Hello world"], "en", "de") == ["Hallo Welt"]


def test_a_file_has_to_be_named_and_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="file:PATH"):
        FileTranslator().translate(["a"], "en", "de")
    with pytest.raises(CorpusError, match="no such file"):
        of(tmp_path / "t.tsv").translate(["a"], "en", "de")


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    rows = [
        TranslationRow(source_lang="en", target_lang="ar", source='a "b"\t\u2028c', translation="مرحبا\n"),
        TranslationRow(source="😀", translation="\\"),
    ]
    write_translations(tmp_path / "t.jsonl", rows)
    found = of(tmp_path / "t.jsonl").translate([row.source for row in rows], "en", "ar")
    assert found == ["مرحبا\n", "\\"]


def test_progress(write: Write) -> None:
    told: list[tuple[str, int, int]] = []
    of(write("t.jsonl", LINE)).translate(["Hello world"] * 2, "en", "de", lambda *each: told.append(each))
    assert told == [("translation", 2, 2)]
