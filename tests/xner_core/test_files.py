"""Files are read as lines, whatever stands in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.xner_core.conftest import Write
from xner_core.errors import CorpusError
from xner_core.files import made_once, read_lines, write_whole


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("a\nb", ["a", "b"]),
        ("a\nb\n", ["a", "b", ""]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("\ufeffa\n", ["a", ""]),
        ("a\u2028b\x85c\x0bd\x1ce\nf", ["a\u2028b\x85c\x0bd\x1ce", "f"]),
        ("a\rb\nc", ["a\rb", "c"]),
        ("one line", ["one line"]),
    ],
)
def test_only_line_feeds_end_a_line(write: Write, content: str, lines: list[str]) -> None:
    assert read_lines(write("a.txt", content)) == lines


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize(
    ("content", "line", "byte"),
    [
        (b"\xff", 1, "0xff"),
        (b"a\nb\n\xe9t\xe9\n", 3, "0xe9"),
        (b"a\r\n\r\nb\xc3", 3, "0xc3"),
        (b"ok \xc3\xa9\n\xc0\xaf", 2, "0xc0"),
        # U+D800 in UTF-8 style.
        (b"a\n\xed\xa0\x80", 2, "0xed"),
    ],
)
def test_broken_utf8_is_named_with_line_and_byte(
    write: Write, mark: bytes, content: bytes, line: int, byte: str
) -> None:
    path = write("a.txt", mark + content)
    with pytest.raises(CorpusError, match=f"byte {byte} is not UTF-8") as raised:
        read_lines(path)
    assert (raised.value.path, raised.value.line) == (path, line)
    assert raised.value.hint == "Save the file as UTF-8"


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_empty_files(write: Write, content: bytes) -> None:
    path = write("a.txt", content)
    with pytest.raises(CorpusError, match="the file is empty") as raised:
        read_lines(path)
    assert raised.value.path == path


def test_lines_that_end_in_carriage_returns_alone(write: Write) -> None:
    with pytest.raises(CorpusError, match="CR alone"):
        read_lines(write("a.txt", "a\rb\r"))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "there is no such file"),
        ("", "the file cannot be read"),
        ("a\0b", "is not a path"),
        ("\ud800", "is not a path"),
        ("n" * 300, "the file cannot be read"),
    ],
    ids=["missing", "folder", "NUL", "surrogate", "long"],
)
def test_what_is_no_file(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason) as raised:
        read_lines(tmp_path / name)
    assert raised.value.hint


def test_tilde_is_the_home_folder(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(write("a.txt", "a").parent))
    assert read_lines(Path("~/a.txt")) == ["a"]


def test_the_home_of_nobody() -> None:
    with pytest.raises(CorpusError, match="is not a path"):
        read_lines(Path("~no-such-user/a.txt"))


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "Öl\n")
    write_whole(path, "neu")
    assert path.read_text(encoding="utf-8") == "neu"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_made_once_and_whole(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "made"

    def fail(place: Path) -> None:
        (place / "half").touch()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        made_once(folder, fail)
    assert not folder.exists()
    assert not list(folder.parent.glob("*.tmp-*"))
    assert made_once(folder, lambda place: (place / "whole").touch()) == folder
    assert made_once(folder, fail) == folder
    assert [path.name for path in folder.iterdir()] == ["whole"]


def test_a_folder_that_is_not_whole_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "half").touch()
    made_once(
        tmp_path / "made",
        lambda place: (place / "whole").touch(),
        is_whole=lambda folder: (folder / "whole").exists(),
    )
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["whole"]


_MAKE = """
import sys, time
from pathlib import Path
from xner_core.files import made_once

def make(place):
    (place / "half").touch()
    print("making", flush=True)
    time.sleep(float(sys.argv[2]))
    (place / "half").rename(place / "whole")

made_once(Path(sys.argv[1]), make)
"""


def _make(folder: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _MAKE, str(folder), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_after_a_killed_process_two_at_once_make_one_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    with _make(folder, 60) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "making\n"
        killed.kill()
    assert list(tmp_path.glob("made.tmp-*/half"))
    assert not folder.exists()

    both = [_make(folder, 0.3) for _ in range(2)]
    assert sorted(process.communicate(timeout=60)[0] for process in both) == ["", "making\n"]
    assert [process.returncode for process in both] == [0, 0]
    assert [path.name for path in folder.iterdir()] == ["whole"]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["made"]
