"""Characters as tools count them."""

from __future__ import annotations

from itertools import accumulate
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.export.counting import CountedText, Unit

CLUSTERS = {
    "emoji with a tone": "😀|👍🏽| |A",
    "family and flags": "👨‍👩‍👧‍👦| |🏴󠁧󠁢󠁳󠁣󠁴󠁿|🇩🇪|🇫🇷|🇺| |🏳️‍🌈|👩‍🚀|1️⃣",
    "line breaks": "a|\r\n|\n|\r|b",
    "marks": "e\u0301|à|نَ|صٌّ",
    "Devanagari": "ल|क्|ष्|मी| |श्|रा|व|स्|ती| |में| |क्‍|ष",
    "Thai and Lao": "ม|า|ลี|ทำ|ง|า|น|ນຳ້",
    "Hangul": "각|각|ㄱ|각|각",
    "other Brahmic scripts": "நி|க்|ஷ|ক্|ষ|మ্",
    "unseen": "a\u200c|\u200b|b|\u00ad",
    "prefix": "\u06001|2",
}
"""Parts between bars, as grapheme-splitter 1.0.4 parts them, the library of doccano's pages."""


@pytest.mark.parametrize("parts", CLUSTERS.values(), ids=CLUSTERS)
def test_grapheme_clusters(parts: str) -> None:
    clusters = parts.split("|")
    text = "".join(clusters)
    counted = CountedText(text, "grapheme clusters")
    ends = [0, *accumulate(map(len, clusters))]
    assert counted.length == len(clusters)
    assert [at for at in range(len(text) + 1) if counted.is_between(at)] == ends
    assert [counted.count(end) for end in ends] == list(range(len(ends)))
    assert [counted.points(count) for count in range(len(ends))] == ends


def test_utf16_units() -> None:
    counted = CountedText("a😀\uffffb", "utf-16")
    assert counted.length == 5
    assert [counted.count(points) for points in range(5)] == [0, 1, 3, 4, 5]
    assert [counted.points(units) for units in range(6)] == [0, 1, 1, 2, 3, 4]
    assert all(counted.is_between(points) for points in range(5))


@given(st.text(), st.sampled_from(get_args(Unit)))
def test_what_is_counted_is_found_again(text: str, unit: Unit) -> None:
    counted = CountedText(text, unit)
    places = [at for at in range(len(text) + 1) if counted.is_between(at)]
    assert [counted.points(counted.count(at)) for at in places] == places
    assert {0, len(text)} <= set(places)
    assert counted.count(len(text)) == counted.length
