"""Buckets: their counts sum up to the whole, and each attribute is what it says."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.runs.scored_rows import LINKS, ROWS, WORDS, row, scored
from xner_core.runs.buckets import (
    ATTRIBUTES,
    Bucket,
    bucket_counts,
    bucket_names,
    buckets_of,
    errors_first,
    sentences_in,
)
from xner_core.runs.rows import Row

DRAWS = 20


def _by_name(rows: list[Row], attribute: str, lang: str | None = None) -> dict[str, Bucket]:
    return {bucket.name: bucket for bucket in buckets_of(scored(rows), attribute, lang, DRAWS)}


def _counts(bucket: Bucket) -> tuple[int, int, int]:
    return bucket.true_positives, bucket.false_positives, bucket.false_negatives


@given(ROWS, st.sampled_from(sorted(ATTRIBUTES)), st.sampled_from([None, "de", "xx"]))
def test_the_buckets_sum_up_to_the_whole(rows: list[Row], attribute: str, lang: str | None) -> None:
    run = scored(rows)
    found = buckets_of(run, attribute, lang, DRAWS)
    inside = run.in_language(lang)
    whole = run.counts()[inside].sum(axis=0).tolist()
    assert [sum(each) for each in zip(*map(_counts, found), strict=True)] == (whole if found else [])
    if ATTRIBUTES[attribute].of == "sentence":
        assert sorted(i for bucket in found for i in bucket.sentences) == inside.nonzero()[0].tolist()
    names = bucket_names(run, attribute)
    assert [bucket.name for bucket in found] == [n for n in names if n in {b.name for b in found}]
    for bucket in found:
        assert sentences_in(run, attribute, bucket.name, lang).tolist() == bucket.sentences.tolist()
        counts = bucket_counts(run, attribute, bucket.name)[inside]
        assert tuple(counts.sum(axis=0)) == _counts(bucket)
        assert bucket.n_gold == bucket.true_positives + bucket.false_negatives
        assert (bucket.interval is None) == (_counts(bucket) == (0, 0, 0))
        if bucket.interval is not None:
            assert bucket.interval.low <= bucket.interval.high


def test_gold_and_found_entities_may_lie_in_different_buckets() -> None:
    rows = [row("a", [(0, 2, "PER")], [(0, 1, "PER")]), row("b", [(0, 1, "LOC")], [(0, 1, "LOC")])]
    found = _by_name(rows, "entity-length")
    assert {name: _counts(each) for name, each in found.items()} == {"1": (1, 1, 0), "2": (0, 0, 1)}
    assert found["1"].sentences.tolist() == [0, 1]
    assert found["2"].sentences.tolist() == [0]
    assert found["1"].interval is not None
    assert found["1"].interval.f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("attribute", "given", "name"),
    [
        ("entity-length", row("a", [(0, 4, "X")], []), "4"),
        ("entity-length", row("a", [(0, 5, "X")], []), "5 and more"),
        ("label", row("a", [(0, 1, "LOC")], []), "LOC"),
        ("position", row("a", [(0, 1, "X")], []), "first quarter"),
        ("position", row("a", [(1, 3, "X")], []), "second quarter"),
        ("position", row("a", [(0, 8, "X")], []), "third quarter"),
        ("position", row("a", [(7, 8, "X")], []), "last quarter"),
        *(
            ("capitals", row("a", [(word, word + 1, "X")], []), name)
            for word, name in enumerate(
                ("capital", "lower case", "script without case", "no letter", "capital", "capital")
            )
        ),
        ("sentence-length", row("a", [], [], words=["w"] * 10), "1–10"),
        ("sentence-length", row("a", [], [], words=["w"] * 11), "11–20"),
        ("sentence-length", row("a", [], [], words=["w"] * 61), "61 and more"),
        ("length-ratio", row("a", [], [], source=["s"] * 8), "over 0.9 to 1.1"),
        ("length-ratio", row("a", [], [], source=["s"] * 2), "over 1.33"),
        ("length-ratio", row("a", [], [], source=["s"] * 20), "up to 0.75"),
        ("length-ratio", row("a", [], [], source=None), "no source"),
        ("unaligned", row("a", [], [], links=None), "no links"),
        ("unaligned", row("a", [], [], links=[]), "no links"),
        ("unaligned", row("a", [], [], source=["s"] * 8, links=[(i, i) for i in range(8)]), "none"),
        # 7 of 10 words are linked: a share of 0.3, which is no more than 30 %
        (
            "unaligned",
            row("a", [], [], source="ab", links=[(0, 0), (0, 1), (1, 2), (1, 3), (1, 4)]),
            "over 20 % to 30 %",
        ),
        ("unaligned", row("a", [], [], source="ab", links=[(0, 0)]), "over 30 %"),
        # the links are those of the back-translation, which has other words than the source
        ("unaligned", row("a", [], [], back=["s"] * 8, links=[(i, i) for i in range(8)]), "none"),
        ("crossing", row("a", [], [], links=[(0, 0), (0, 3), (1, 3), (2, 5)]), "none"),
        ("crossing", row("a", [], [], links=[(0, 1), (1, 0)]), "over 50 %"),
        ("crossing", row("a", [], [], links=[(0, 0), (1, 1), (2, 3), (3, 2)]), "over 25 % to 50 %"),
        ("crossing", row("a", [], [], links=None), "no links"),
    ],
)
def test_what_an_attribute_says(attribute: str, given: Row, name: str) -> None:
    # A sentence before it, so that nothing is counted from the beginning of the file.
    before = row("before", [], [], words=["w"] * 25, source=["s"] * 25, links=[(24, 24)], lang="sw")
    assert list(_by_name([before, given], attribute, "de")) == [name]


@given(st.lists(LINKS, min_size=1, max_size=4))
def test_crossing_links_are_those_that_cross_one(links: list[list[tuple[int, int]] | None]) -> None:
    rows = [row(str(n), [], [], links=each) for n, each in enumerate(links)]
    expected = []
    for each in links:
        crossing = set()
        for one, other in combinations(each or (), 2):
            if (one[0] - other[0]) * (one[1] - other[1]) < 0:
                crossing |= {one, other}
        share = len(crossing) / len(each) if each else None
        expected.append(_crossing_name(share))
    found = _by_name(rows, "crossing")
    named = {int(i): name for name, bucket in found.items() for i in bucket.sentences}
    assert [named[n] for n in range(len(links))] == expected


def _crossing_name(share: float | None) -> str:
    if share is None:
        return "no links"
    if share == 0:
        return "none"
    if share <= 0.1:
        return "over 0 % to 10 %"
    if share <= 0.25:
        return "over 10 % to 25 %"
    return "over 25 % to 50 %" if share <= 0.5 else "over 50 %"


def test_sentences_with_most_errors_come_first() -> None:
    right = [(0, 1, "PER")]
    run = scored(
        [row("a", right, right), row("b", right, []), row("c", right, [(1, 2, "PER")]), row("d", right, [])]
    )
    everything = sentences_in(run, "sentence-length", "1–10")
    assert errors_first(run, everything).tolist() == [2, 1, 3, 0]
    spurious = run.counts() * [0, 1, 0]
    assert errors_first(run, everything, spurious).tolist() == [2, 0, 1, 3]


def test_a_bucket_that_is_not_there_is_empty() -> None:
    run = scored([row("a", [(0, 1, "PER")], [])])
    assert len(WORDS) == 8
    assert sentences_in(run, "label", "LOC").tolist() == []
    assert bucket_counts(run, "label", "LOC").tolist() == [[0, 0, 0]]
