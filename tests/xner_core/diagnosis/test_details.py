"""A hand-worked sentence for every finer kind of error."""

from __future__ import annotations

import pytest

from tests.xner_core.diagnosis.sentences import diagnosed, diagonal, only, sentence, what
from xner_core.config import Choice
from xner_core.diagnosis.details import DETAILS
from xner_core.diagnosis.diagnose import diagnose_tagged
from xner_core.diagnosis.words import DETAIL_HELP

ONE = [(2, 4, "LOC")]


def details(*arguments: object, **options: object) -> list[tuple[str, str]]:
    return [(kind, detail) for kind, detail, _ in what(diagnosed(*arguments, **options))]  # type: ignore[arg-type]


def test_no_source_entity() -> None:
    assert details(sentence(ONE, ONE), diagonal(2, 3), tagged=[]) == [("missed", "no source entity")]
    # One of another label is none either, and its own words are not touched.
    assert details(sentence(ONE, ONE), diagonal(7), tagged=[(7, 8, "PER")]) == [
        ("missed", "no source entity"),
        ("spurious", "not in gold"),
    ]


def test_an_entity_that_is_right_elsewhere_is_not_open() -> None:
    pair = sentence([(2, 4, "LOC"), (6, 8, "LOC")], [(2, 4, "LOC")])
    assert details(pair, diagonal(2, 3)) == [("missed", "no source entity")]


def test_no_link() -> None:
    assert details(sentence(ONE, ONE), []) == [("missed", "no link")]


def test_a_link_elsewhere_is_no_link_to_it_and_the_prediction_is_misplaced() -> None:
    assert details(sentence(ONE, ONE), [(2, 7), (3, 8)]) == [("missed", "no link"), ("spurious", "misplaced")]


def test_no_candidate() -> None:
    """The longer match elsewhere wins; of the gold span only one word is linked, so the span is none."""
    pair = sentence([(0, 2, "LOC")], [(2, 4, "LOC")])
    links = [(2, 0), (2, 6), (3, 7), (2, 7), (3, 6)]
    assert details(pair, links) == [("missed", "no candidate"), ("spurious", "misplaced")]


def test_outscored() -> None:
    pair = sentence([(0, 1, "LOC")], [(2, 4, "LOC")])
    links = [(2, 0), (2, 6), (3, 7), (2, 7), (3, 6)]
    assert details(pair, links) == [("missed", "outscored"), ("spurious", "misplaced")]


def test_below_threshold() -> None:
    fused = Choice(name="fused", options={"parts": "1*alignment", "threshold": 3.0})
    assert details(sentence(ONE, ONE), diagonal(2, 3), scorer=fused) == [("missed", "below threshold")]


def test_below_the_heuristics_own_threshold() -> None:
    """It drops a range of two words for an entity of five."""
    pair = sentence([(0, 2, "LOC")], [(0, 5, "LOC")])
    assert details(pair, [(0, 0), (1, 1)], projector="heuristic") == [("missed", "below threshold")]
    assert details(pair, [], projector="heuristic") == [("missed", "no link")]


def test_lost_to_overlap() -> None:
    """All of PER's words are linked to words 3 to 5, which is worth more than what LOC has at word 3."""
    pair = sentence([(3, 4, "LOC"), (4, 6, "PER")], [(0, 3, "LOC"), (4, 7, "PER")])
    links = [(0, 3), *((i, j) for i in (4, 5, 6) for j in (3, 4, 5))]
    assert details(pair, links) == [("partial", "too wide"), ("missed", "lost to overlap")]
    assert details(pair, links, projector="heuristic") == [
        ("partial", "too wide"),
        ("missed", "below threshold"),
    ]


@pytest.mark.parametrize(
    ("found", "detail"),
    [
        ((1, 5), "too wide"),
        ((2, 5), "too wide"),
        ((2, 3), "too narrow"),
        ((3, 4), "too narrow"),
        ((3, 6), "shifted"),
    ],
)
def test_boundaries(found: tuple[int, int], detail: str) -> None:
    words = range(*found)
    source = [(2, 2 + len(words), "LOC")]
    links = [(2 + i, word) for i, word in enumerate(words)]
    assert details(sentence(ONE, source), links) == [("partial", detail)]
    # The same of an entity that has the wrong label besides.
    other = [(2, 2 + len(words), "ORG")]
    assert details(sentence(ONE, other), links) == [("wrong label and boundary", detail)]


def test_split() -> None:
    pair = sentence([(2, 6, "LOC")], [(2, 4, "LOC"), (4, 6, "LOC")])
    assert details(pair, diagonal(2, 3, 4, 5)) == [("partial", "split"), ("spurious", "split")]


def test_merged() -> None:
    pair = sentence([(2, 4, "LOC"), (4, 6, "LOC")], [(2, 6, "LOC")])
    assert details(pair, diagonal(2, 3, 4, 5)) == [("partial", "merged"), ("missed", "merged")]


def test_the_label_of_the_source() -> None:
    assert details(sentence(ONE, [(2, 4, "ORG")]), diagonal(2, 3)) == [("wrong label", "source label")]


def test_another_entity_on_the_right_words() -> None:
    pair = sentence(ONE, [(2, 4, "LOC"), (6, 8, "ORG")])
    assert details(pair, [(6, 2), (7, 3)]) == [("wrong label", "other entity")]


def test_not_in_gold() -> None:
    assert details(sentence([], ONE), diagonal(2, 3)) == [("spurious", "not in gold")]


def test_a_tagger_of_the_target_sentence() -> None:
    found = diagnose_tagged(sentence([(0, 1, "PER"), *ONE], None), [])
    assert found is not None
    assert what(found) == [("missed", "not tagged", "ner")] * 2
    pair = sentence(ONE, None)
    found = diagnose_tagged(pair, sentence([(2, 4, "ORG")], None).target.entities or ())
    assert found is not None
    assert only(found).detail == "source label"


def test_every_kind_is_explained() -> None:
    assert list(DETAIL_HELP) == list(DETAILS)
