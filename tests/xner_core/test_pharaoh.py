"""Word links as text, one line or a file of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import blank_pair
from xner_core.errors import CorpusError
from xner_core.pharaoh import LinkFile, parse_links
from xner_core.types import Link, SentencePair, WordAlignment


def pair(name: str, n_source: int = 3, n_target: int = 4) -> SentencePair:
    blank = blank_pair(n_source, n_target)
    return SentencePair(name, blank.source, blank.target)


def file(folder: Path, content: str, index_base: int = 0) -> LinkFile:
    path = folder / "links.txt"
    path.write_text(content, encoding="utf-8")
    return LinkFile(path, index_base)


@pytest.mark.parametrize(
    ("text", "sure", "possible"),
    [
        ("", (), ()),
        ("  ", (), ()),
        ("0-0", ((0, 0),), ()),
        ("1-2 0p1\t0-0", ((0, 0), (1, 2)), ((0, 1),)),
        ("0-1 0-1", ((0, 1),), ()),
        ("0p1 0-1", ((0, 1),), ()),
        ("1-2", ((1, 2),), ()),
        ("0-1-0.25 1-2-1 0-0-.5", ((0, 0), (0, 1), (1, 2)), ()),
        ("0-1-1e-05 1-2--3.5 0-0-2.", ((0, 0), (0, 1), (1, 2)), ()),
    ],
)
def test_links(text: str, sure: tuple[Link, ...], possible: tuple[Link, ...]) -> None:
    assert parse_links(text, n_source=2, n_target=3) == WordAlignment(sure, possible)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "0-",
        "-0",
        "0--1",
        "-1-0",
        "0-1-",
        "0-1-x",
        "0-1-2-3",
        "a-b",
        "0_1",
        "0-1,1-1",
        "0P1",
        "1.0-0",
        "0p1-0.5",
        "٠-٠",
    ],
)
def test_malformed_links(text: str) -> None:
    with pytest.raises(ValueError, match=f"{text!r} is not a link"):
        parse_links(text, 9, 9)


@pytest.mark.parametrize("link", ["2-0", "0-3", "2p0", "0p3", "9-9"])
def test_links_outside_the_sentences(link: str) -> None:
    with pytest.raises(ValueError, match=f"link {link} points outside 2 source and 3 target words$"):
        parse_links(link, n_source=2, n_target=3)


@pytest.mark.parametrize("link", ["0-1", "1-0", "3-1", "1-4", "0p1"])
def test_links_outside_the_sentences_that_count_from_1(link: str) -> None:
    with pytest.raises(
        ValueError, match=f"link {link} points outside 2 source and 3 target words counted from 1"
    ):
        parse_links(link, 2, 3, index_base=1)


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 5))), st.integers(0, 1))
def test_what_is_written_is_read(links: set[Link], base: int) -> None:
    text = " ".join(f"{i + base}-{j + base}" for i, j in links)
    assert parse_links(text, 5, 6, base) == WordAlignment.of(links)


def test_a_line_belongs_to_the_pair_with_its_number(tmp_path: Path) -> None:
    links = file(tmp_path, "0-0\r\n\n2-3 1p1\n")
    assert (links.n_lines, links.has_ids) == (3, False)
    assert links.links(pair("1")) == WordAlignment(((0, 0),))
    assert links.links(pair("2")) == WordAlignment(())
    assert links.links(pair("3")) == WordAlignment(((2, 3),), ((1, 1),))
    assert [links.links(pair(name)) for name in ("0", "4", "first")] == [None] * 3


def test_an_empty_last_line_without_an_end_is_a_line(tmp_path: Path) -> None:
    assert file(tmp_path, "0-0\n1-1").n_lines == 2
    assert file(tmp_path, "0-0\n1-1\n\n").n_lines == 3


def test_a_line_belongs_to_the_pair_with_its_id(tmp_path: Path) -> None:
    links = file(tmp_path, "b\t3-4\n\n\n1 a\t\n1\t1p1 1-2\n", index_base=1)
    assert links.has_ids
    assert links.links(pair("b")) == WordAlignment(((2, 3),))
    assert links.links(pair("1 a")) == WordAlignment(())
    assert links.links(pair("1")) == WordAlignment(((0, 1),), ((0, 0),))
    assert links.links(pair("2")) is None


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("0-0\n0-0 1/1\n", 2, "'1/1' is not a link"),
        ("a\t0-0\nb\t1:1\n", 2, "'1:1' is not a link"),
        ("a\t0-0\n1-1\n", 2, "not an id, a tab and links"),
        ("1-1\na\t0-0\n", 1, "not an id, a tab and links"),
        ("\t0-0\n", 1, "not an id, a tab and links"),
        ("a\t0-0\t1-1\n", 1, "not an id, a tab and links"),
        ("a\t0-0\n\na\t1-1\n", 3, "'a' has a line already: 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, line: int, message: str) -> None:
    with pytest.raises(CorpusError, match=message) as raised:
        file(tmp_path, content)
    assert (raised.value.path, raised.value.line) == (tmp_path / "links.txt", line)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("line", "base", "cause"),
    [
        ("1-1 3-4", 0, "counted from 1: try the index base 1"),
        ("1-1 2p4", 0, "counted from 1: try the index base 1"),
        ("0-0 2-3", 1, "counted from 0: try the index base 0"),
        ("0-0 3-2", 0, "from target to source"),
        ("1-1 4p3", 1, "from target to source"),
        ("0-0 3-3", 0, "cut into the same words"),
        ("0-0 3-4", 1, "cut into the same words"),
        ("1-1 9-9", 0, "cut into the same words"),
    ],
)
def test_the_likely_cause_of_a_link_outside(tmp_path: Path, line: str, base: int, cause: str) -> None:
    links = file(tmp_path, f"\n{line}\n", base)
    with pytest.raises(CorpusError, match="points outside 3 source and 4 target words") as raised:
        links.links(pair("2"))
    assert (raised.value.path, raised.value.line) == (tmp_path / "links.txt", 2)
    assert cause in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("content", "name", "message", "hint"),
    [
        ("a\t0-0\n", "b", "no links for the sentence 'b'", "It has 'a'"),
        ("0-0\n", "2", "it has 1 lines, so none for the sentence '2'", "one line a pair"),
        ("0-0\n", "9f3a", "its lines have no ids, and the id '9f3a' is no line number", "and a tab"),
    ],
)
def test_a_pair_that_is_not_there(tmp_path: Path, content: str, name: str, message: str, hint: str) -> None:
    error = file(tmp_path, content).missing(pair(name))
    assert message in error.what
    assert hint in (error.hint or "")
    assert error.path == tmp_path / "links.txt"
