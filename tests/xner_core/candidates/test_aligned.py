"""Candidates between words that are linked to one entity."""

from __future__ import annotations

from tests.builders import blank_pair, entity, spans
from xner_core.candidates.aligned import AlignedRanges
from xner_core.candidates.rules import SpanRules
from xner_core.types import AlignedPair, WordAlignment


def test_ranges_run_between_the_words_linked_to_an_entity() -> None:
    alignment = WordAlignment.of([(1, 2), (2, 5), (4, 0)])
    found = AlignedRanges().generate(AlignedPair(blank_pair(5, 6), (entity(1, 3),), alignment))
    assert found == spans((2, 3), (2, 6), (5, 6))


def test_no_range_runs_from_one_entity_to_another() -> None:
    alignment = WordAlignment.of([(0, 0), (1, 1)])
    found = AlignedRanges().generate(
        AlignedPair(
            blank_pair(2, 2),
            (
                entity(0, 1),
                entity(1, 2),
            ),
            alignment,
        )
    )
    assert found == spans((0, 1), (1, 2))


def test_max_words_leaves_longer_ranges_out() -> None:
    alignment = WordAlignment.of([(0, 0), (0, 2), (0, 3)])
    found = AlignedRanges(SpanRules(max_words=3)).generate(
        AlignedPair(blank_pair(1, 4), (entity(0, 1),), alignment)
    )
    assert found == spans((0, 1), (0, 3), (2, 3), (2, 4), (3, 4))


def test_possible_links_count_like_sure_ones() -> None:
    alignment = WordAlignment.of([(0, 0)], possible=[(0, 1)])
    found = AlignedRanges().generate(AlignedPair(blank_pair(1, 2), (entity(0, 1),), alignment))
    assert found == spans((0, 1), (0, 2), (1, 2))


def test_an_entity_without_links_has_no_range() -> None:
    assert (
        AlignedRanges().generate(AlignedPair(blank_pair(2, 2), (entity(0, 1),), WordAlignment.of([(1, 1)])))
        == ()
    )
