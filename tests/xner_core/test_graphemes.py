"""Characters are taken as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.graphemes import cluster_ends, snap_to_graphemes

FAMILY = "👨‍👩‍👧"
WAVE = "👋🏽"
ACUTE = "e\u0301"
KSHI = "क्षि"  # a conjunct: two consonants joined by a virama, and a vowel sign
FLAG = "🇩🇪"
HANGUL = "\u1112\u1161\u11ab"
CLUSTERS = [FAMILY, WAVE, ACUTE, KSHI, FLAG, HANGUL, "ക്ഷ", "นี้", "a", "ß", "漢", "1\ufe0f\u20e3", "\r\n", " "]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_what_a_reader_takes_for_one_character(cluster: str) -> None:
    assert cluster_ends(cluster) == [len(cluster)]
    text = f"x{cluster}y"
    for start in range(1, len(cluster) + 1):
        assert snap_to_graphemes(text, start, start + 1) == (1, len(cluster) + 1)


@pytest.mark.parametrize("text", ["", "abc", "a\r\nb", "\u200b\u200d"])
def test_plain_text(text: str) -> None:
    expected = {"": [], "abc": [1, 2, 3], "a\r\nb": [1, 3, 4], "\u200b\u200d": [1, 2]}[text]
    assert cluster_ends(text) == expected


@pytest.mark.parametrize(
    ("start", "end", "snapped"),
    [
        (0, 1, (0, 1)),
        (0, 2, (0, 6)),
        (2, 3, (1, 6)),
        (5, 7, (1, 7)),
        (6, 7, (6, 7)),
        (0, 7, (0, 7)),
        (1, 1, (1, 1)),
        (3, 3, (1, 1)),
        (7, 7, (7, 7)),
    ],
)
def test_ranges_are_widened(start: int, end: int, snapped: tuple[int, int]) -> None:
    assert snap_to_graphemes(f"a{FAMILY}b", start, end) == snapped


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 4), (4, 4)])
def test_ranges_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="are not within a text of 3"):
        snap_to_graphemes("abc", start, end)


@given(st.lists(st.sampled_from([c for c in CLUSTERS if c not in {FLAG, "\r\n"}]), min_size=1), st.data())
def test_snapping_gives_whole_clusters(clusters: list[str], data: st.DataObject) -> None:
    text = "".join(clusters)
    edges = {sum(map(len, clusters[:n])) for n in range(len(clusters) + 1)}
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = snap_to_graphemes(text, start, end)
    assert {first, last} <= edges
    assert first <= start < end <= last
    assert not any(first < edge <= start or end <= edge < last for edge in edges)
    assert snap_to_graphemes(text, first, last) == (first, last)
