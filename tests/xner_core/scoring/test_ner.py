"""The NER score, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import blank_pair, entity, spans
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.scoring.ner import NerScore, NerScoreConfig
from xner_core.types import AlignedPair, Entity, TagProbabilities, WordAlignment

TAGS = TagProbabilities(
    ("O", "B-PER", "I-PER", "B-LOC", "I-LOC"),
    np.array(
        [
            [0.00, 0.80, 0.10, 0.10, 0.00],
            [0.00, 0.20, 0.60, 0.00, 0.20],
            [0.90, 0.04, 0.02, 0.04, 0.00],
        ],
        dtype=np.float32,
    ),
)


def aligned(*entities: Entity, tags: TagProbabilities | None = TAGS) -> AlignedPair:
    return AlignedPair(blank_pair(3, 3), entities, WordAlignment.of([]), tags)


def test_hand_worked_scores() -> None:
    found = NerScore().score(
        aligned(entity(0, 1), entity(1, 2, "LOC")), spans((0, 1), (0, 2), (0, 3), (1, 2), (1, 3))
    )
    per = [0.8, 1.15 * (0.8 + 0.6) / 2, 1.15**2 * (0.8 + 0.6 + 0.02) / 3, 0.2, 1.15 * (0.2 + 0.02) / 2]
    loc = [0.1, 1.15 * (0.1 + 0.2) / 2, 1.15**2 * (0.1 + 0.2 + 0) / 3, 0, 0]
    np.testing.assert_allclose(found.values, [per, loc], rtol=1e-6)


def test_any_label_takes_the_most_probable_of_each_candidate() -> None:
    entities = (entity(0, 1), entity(1, 2, "LOC"), entity(2, 3, "EVENT"))
    found = Choice(name="ner:any").build("scorer").score(aligned(*entities), spans((0, 1), (1, 2), (2, 3)))
    # The last reaches 0.04 only, which is below the threshold.
    np.testing.assert_allclose(found.values, [[0.8, 0.2, 0]] * 3, rtol=1e-6)
    np.testing.assert_allclose(found.parts["ner"].raw, [[0.8, 0.2, 0.04]] * 3, rtol=1e-6)


def test_it_exceeds_1_where_a_long_candidate_is_sure() -> None:
    sure = TagProbabilities(("B-PER", "I-PER"), np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32))
    found = NerScore().score(aligned(entity(0, 1), tags=sure), spans((0, 3)))
    assert found.values.item() == pytest.approx(1.15**2)


def test_a_label_that_the_tagger_does_not_know_scores_0() -> None:
    found = NerScore().score(aligned(entity(0, 1, "EVENT"), entity(1, 2)), spans((0, 1), (0, 2)))
    assert not found.values[0].any()
    assert found.values[1].all()


@pytest.mark.parametrize("labels", ["own", "any"])
def test_a_tagger_without_labels_scores_0(labels: str) -> None:
    nothing = TagProbabilities(("O",), np.ones((3, 1), dtype=np.float32))
    found = NerScore(NerScoreConfig.model_validate({"labels": labels})).score(
        aligned(entity(0, 1), tags=nothing), spans((0, 1), (1, 3))
    )
    np.testing.assert_array_equal(found.values, [[0, 0]])


def test_a_tag_that_is_missing_has_no_probability() -> None:
    inside_only = TagProbabilities(("O", "I-PER"), np.array([[0.2, 0.8]] * 3, dtype=np.float32))
    found = NerScore().score(aligned(entity(0, 1), tags=inside_only), spans((0, 1), (0, 2)))
    np.testing.assert_allclose(found.values, [[0, 1.15 * 0.8 / 2]], rtol=1e-6)


def test_alpha_and_threshold_are_options() -> None:
    config = NerScoreConfig(alpha=1, threshold=0.5)
    found = NerScore(config).score(aligned(entity(0, 1)), spans((0, 2), (0, 3)))
    np.testing.assert_allclose(found.values, [[0.7, 0]], rtol=1e-6)


def test_the_labels_of_tags_may_hold_hyphens() -> None:
    tags = TagProbabilities(("B-A-B", "I-A-B"), np.array([[0.6, 0.4]] * 3, dtype=np.float32))
    found = NerScore().score(aligned(entity(0, 1, "A-B"), tags=tags), spans((0, 2)))
    assert found.values.item() == pytest.approx(1.15 * 0.5)


def test_without_a_tagger_it_names_the_option() -> None:
    with pytest.raises(ConfigError, match="sentence 'blank': the NER score needs") as raised:
        NerScore().score(aligned(entity(0, 1), tags=None), spans((0, 1)))
    assert "target_ner" in str(raised.value.hint)
