"""The soft alignment score, worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.builders import blank_pair, entity, spans
from xner_core.errors import ConfigError
from xner_core.scoring.soft_alignment import SoftAlignmentConfig, SoftAlignmentScore
from xner_core.types import AlignedPair, Entity, WordAlignment

STEP = 0.1 * math.log(3)  # at a temperature of 0.1, a difference that makes a word 3 times as probable


def aligned(similarity: list[list[float]], *entities: Entity) -> AlignedPair:
    values = np.array(similarity, dtype=np.float32)
    alignment = replace(WordAlignment.of([]), similarity=values)
    return AlignedPair(blank_pair(*values.shape), entities, alignment)


def scorer(temperature: float = 0.1, threshold: float = 0) -> SoftAlignmentScore:
    return SoftAlignmentScore(SoftAlignmentConfig(temperature=temperature, threshold=threshold))


def test_hand_worked_scores() -> None:
    found = scorer().score(
        aligned([[0.5 + STEP, 0.5], [0.5, 0.5 + STEP]], entity(0, 1), entity(0, 2)),
        spans((0, 1), (1, 2), (0, 2)),
    )
    # Each word translates its own with 3/4, the other with 1/4, in both directions.
    expected = [
        [(3 + 3) / 4 / 2, (1 + 1) / 4 / 2, (4 + 4) / 4 / 3],
        [(4 + 4) / 4 / 3, 2 / 3, (8 + 8) / 4 / 4],
    ]
    np.testing.assert_allclose(found.values, expected, rtol=1e-6)


def test_the_directions_differ() -> None:
    found = scorer().score(aligned([[STEP, 0]], entity(0, 1)), spans((0, 1), (1, 2), (0, 2)))
    # Forward 3/4 and 1/4; backward both are 1, for there is only one source word.
    np.testing.assert_allclose(found.values, [[(3 / 4 + 1) / 2, (1 / 4 + 1) / 2, (1 + 2) / 3]], rtol=1e-6)


def test_the_smaller_the_temperature_the_more_the_best_word_counts() -> None:
    pair = aligned([[0.9, 0.8], [0.8, 0.9]], entity(0, 1))
    values = [scorer(t).score(pair, spans((0, 1))).values.item() for t in (1, 0.1, 0.01, 0.001)]
    assert values == sorted(values)
    assert values[-1] == pytest.approx(1)


def test_similarities_of_1_and_0_are_finite_at_the_smallest_temperature() -> None:
    found = scorer(0.001).score(aligned([[1, 0], [0, 1]], entity(0, 1)), spans((0, 1), (1, 2)))
    np.testing.assert_array_equal(found.values, [[1, 0]])


def test_scores_below_the_threshold_are_kept_raw_only() -> None:
    pair = aligned([[STEP, 0]], entity(0, 1))
    found = scorer(threshold=0.7).score(pair, spans((0, 1), (1, 2)))
    np.testing.assert_allclose(found.values, [[7 / 8, 0]], rtol=1e-6)
    np.testing.assert_allclose(found.parts["soft-alignment"].raw, [[7 / 8, 5 / 8]], rtol=1e-6)


def test_without_similarities_it_says_what_to_do() -> None:
    pair = AlignedPair(blank_pair(1, 1), (entity(0, 1),), WordAlignment.of([(0, 0)]))
    with pytest.raises(ConfigError, match=r"sentence 'blank': .* needs the similarities") as raised:
        scorer().score(pair, spans((0, 1)))
    assert "scorer alignment" in str(raised.value.hint)


@pytest.mark.parametrize("temperature", [0, -1, 1.5, math.nan])
def test_senseless_temperatures(temperature: float) -> None:
    with pytest.raises(ValueError, match="temperature"):
        SoftAlignmentConfig(temperature=temperature)
