"""A tagger's entities as candidates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.builders import blank_pair, entity, spans
from xner_core.candidates.ner_spans import NerSpanRules, NerSpans
from xner_core.errors import ConfigError
from xner_core.types import AlignedPair, Span, TagProbabilities, WordAlignment

COLUMNS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def generate(tags: str, **rules: object) -> tuple[Span, ...]:
    """The candidates where the words' most probable tags are these."""
    chosen = [COLUMNS.index(tag) for tag in tags.split()]
    values = np.full((len(chosen), len(COLUMNS)), 0.1, dtype=np.float32)
    values[range(len(chosen)), chosen] = 0.6
    aligned = AlignedPair(
        blank_pair(2, len(chosen)), (entity(0, 1),), WordAlignment.of([]), TagProbabilities(COLUMNS, values)
    )
    return NerSpans(NerSpanRules.model_validate(rules)).generate(aligned)


def test_the_predicted_spans_are_candidates_whatever_their_label() -> None:
    assert generate("O B-PER I-PER O B-LOC B-LOC") == spans((1, 3), (4, 5), (5, 6))


def test_broken_tags_are_repaired() -> None:
    assert generate("I-PER I-PER O I-LOC I-PER") == spans((0, 2), (3, 4), (4, 5))


def test_with_sub_ranges_every_range_within_a_span_is_one() -> None:
    assert generate("B-PER I-PER I-PER O B-LOC", sub_ranges=True) == spans(
        (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (4, 5)
    )


def test_long_spans_are_left_out_but_not_their_parts() -> None:
    assert generate("B-PER I-PER I-PER", max_words=2) == ()
    assert generate("B-PER I-PER I-PER", max_words=2, sub_ranges=True) == spans(
        (0, 1), (0, 2), (1, 2), (1, 3), (2, 3)
    )


def test_nothing_predicted_gives_no_candidate() -> None:
    assert generate("O O") == ()


def test_without_tags_the_missing_option_is_named() -> None:
    aligned = AlignedPair(replace(blank_pair(1, 1), id="s7"), (), WordAlignment.of([]))
    with pytest.raises(ConfigError, match="'s7'") as raised:
        NerSpans().generate(aligned)
    assert "target_ner" in str(raised.value.hint)
