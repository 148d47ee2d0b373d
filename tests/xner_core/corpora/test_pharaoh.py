"""Gold links as text."""

from __future__ import annotations

import pytest

from xner_core.corpora.pharaoh import parse_links
from xner_core.types import WordAlignment


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
    ],
)
def test_links(text: str, sure: tuple[tuple[int, int], ...], possible: tuple[tuple[int, int], ...]) -> None:
    assert parse_links(text, n_source=2, n_target=3) == WordAlignment(sure, possible)


@pytest.mark.parametrize(
    "text", ["0", "0-", "-0", "0--1", "-1-0", "0-1-2", "a-b", "0_1", "0-1,1-1", "0P1", "1.0-0"]
)
def test_malformed_links(text: str) -> None:
    with pytest.raises(ValueError, match=f"{text!r} is not a link"):
        parse_links(text, 9, 9)


@pytest.mark.parametrize("link", ["2-0", "0-3", "2p0", "0p3", "9-9"])
def test_links_outside_the_sentences(link: str) -> None:
    with pytest.raises(ValueError, match=f"link {link} points outside 2 source and 3 target words"):
        parse_links(link, n_source=2, n_target=3)
