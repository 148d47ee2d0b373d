"""Lines of the form `source ||| target`."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.corpora import load
from xner_core.corpora.parallel import read_parallel
from xner_core.errors import CorpusError


def write(folder: Path, content: str) -> Path:
    path = folder / "pairs.src-tgt"
    path.write_text(content, encoding="utf-8")
    return path


def test_pairs(tmp_path: Path) -> None:
    path = write(tmp_path, "2 .   ||| 2  . \r\nde\tC. ||| by C. |\u00a0| \u2028 x\n")
    first, second = read_parallel(path, "ro", "en")
    assert (first.id, first.source.words, first.target.words) == ("1", ("2", "."), ("2", "."))
    assert (second.id, second.source.words) == ("2", ("de", "C."))
    assert second.target.words == ("by", "C.", "|\u00a0|", "\u2028", "x")
    assert {(pair.source.lang, pair.target.lang) for pair in (first, second)} == {("ro", "en")}


def test_languages_are_unknown_where_not_said(tmp_path: Path) -> None:
    (pair,) = read_parallel(write(tmp_path, "a ||| b"))
    assert (pair.source.lang, pair.target.lang) == ("und", "und")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a b", r"0 separate \|\|\|, not 1"),
        ("a|||b", r"0 separate \|\|\|, not 1"),
        ("a ||| b ||| c", r"2 separate \|\|\|, not 1"),
        ("", r"0 separate \|\|\|, not 1"),
        ("a |||  ", "the target sentence has no words"),
        (" ||| b", "the source sentence has no words"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, f"x ||| y\n{line}\nx ||| y\n")
    with pytest.raises(CorpusError, match=message) as raised:
        read_parallel(path)
    assert (raised.value.path, raised.value.line) == (path, 2)


@pytest.mark.parametrize("languages", [("xx-", "de"), ("en", "Klingonisch")])
def test_a_language_that_is_none(tmp_path: Path, languages: tuple[str, str]) -> None:
    with pytest.raises(CorpusError, match="is not a language code"):
        read_parallel(write(tmp_path, "a ||| b\n"), *languages)


def test_as_a_corpus(tmp_path: Path) -> None:
    path = write(tmp_path, "a b ||| c\nd ||| e f\n")
    corpus = load(f"parallel:{path}?source_lang=en&target_lang=fr")
    assert corpus.pairs == tuple(read_parallel(path, "en", "fr"))
    assert corpus.notices == ()
    with pytest.raises(CorpusError, match="needs a file"):
        load("parallel:")
    with pytest.raises(CorpusError, match="'klingon!' is not a language code"):
        load(f"parallel:{path}?source_lang=klingon!")
