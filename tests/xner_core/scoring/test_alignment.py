"""The alignment score, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import blank_pair, entity, spans
from xner_core.config import Choice
from xner_core.scoring.alignment import AlignmentScore, AlignmentScoreConfig
from xner_core.types import AlignedPair, Entity, WordAlignment


def test_hand_worked_scores() -> None:
    links = WordAlignment.of([(0, 0), (1, 1), (2, 3)])
    found = AlignmentScore().score(
        AlignedPair(
            blank_pair(3, 4),
            (
                entity(0, 2),
                entity(2, 3),
            ),
            links,
        ),
        spans((0, 1), (0, 2), (1, 4)),
    )
    # 1·2/(2+1), 2·2/(2+2), 1·2/(2+3); then 0, 0, 1·2/(1+3)
    np.testing.assert_allclose(found.values, [[2 / 3, 1, 2 / 5], [0, 0, 1 / 2]])


def test_it_exceeds_1_where_words_have_several_links() -> None:
    links = WordAlignment.of([(0, 0), (0, 1), (1, 0), (1, 1)])
    found = AlignmentScore().score(AlignedPair(blank_pair(2, 2), (entity(0, 2),), links), spans((0, 2)))
    assert found.values.item() == pytest.approx(2.0)


@pytest.mark.parametrize("n_entities", [0, 2])
@pytest.mark.parametrize("n_candidates", [0, 3])
def test_the_shape_is_entities_by_candidates_also_where_there_are_none(
    n_entities: int, n_candidates: int
) -> None:
    entities: tuple[Entity, ...] = (entity(0, 1), entity(1, 2))[:n_entities]
    candidates = spans((0, 1), (1, 2), (2, 3))[:n_candidates]
    found = AlignmentScore().score(AlignedPair(blank_pair(2, 3), entities, WordAlignment.of([])), candidates)
    assert found.values.shape == (n_entities, n_candidates)
    assert found.values.dtype == np.float64
    assert not found.values.any()


def test_its_only_part_is_itself() -> None:
    links = WordAlignment.of([(0, 0)])
    found = AlignmentScore().score(AlignedPair(blank_pair(1, 1), (entity(0, 1),), links), spans((0, 1)))
    assert list(found.parts) == ["alignment"]
    np.testing.assert_array_equal(found.parts["alignment"].raw, found.values)


def test_words_count_once_however_many_links_they_have() -> None:
    links = WordAlignment.of([(0, 0), (0, 1), (1, 1), (2, 3)])
    found = AlignmentScore(AlignmentScoreConfig(count="words")).score(
        AlignedPair(blank_pair(4, 4), (entity(0, 2), entity(2, 4)), links),
        spans((0, 1), (0, 2), (1, 4), (2, 3)),
    )
    # Entity [0, 2): one word of each in 3 words; all 4; s0, s1 and t1 in 5; none.
    # Entity [2, 4): only s2 and t3, in 5 words.
    np.testing.assert_allclose(found.values, [[2 / 3, 1, 3 / 5, 0], [0, 0, 2 / 5, 0]])


def test_words_are_named_behind_the_scorer() -> None:
    assert Choice(name="alignment:words").build("scorer").config.count == "words"
