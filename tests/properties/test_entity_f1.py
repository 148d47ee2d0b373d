"""The figures against set arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.entity_f1 import entity_f1
from tests.properties.problems import LABELS, entities
from xner_core.evaluation import score_entities
from xner_core.types import Entity

Tagged = tuple[int, tuple[Entity, ...], tuple[Entity, ...]]


@st.composite
def tagged(draw: st.DrawFn) -> Tagged:
    """The length of a sentence, gold entities and predicted ones that often agree."""
    n_words = draw(st.integers(1, 9))
    gold = draw(entities(n_words))
    predicted = gold if draw(st.booleans()) else draw(entities(n_words))
    return n_words, gold, predicted


@settings(max_examples=125)
@given(
    sentences=st.lists(tagged(), max_size=6),
    labels=st.none() | st.lists(st.sampled_from([*LABELS, "DATE"]), unique=True, min_size=1),
)
def test_equals_set_arithmetic(sentences: list[Tagged], labels: list[str] | None) -> None:
    n_words, gold, predicted = ([s[i] for s in sentences] for i in range(3))
    found = score_entities(gold, predicted, n_words, labels)
    figures = (found.f1, found.precision, found.recall, found.support)
    counted = set(LABELS if labels is None else labels)
    assert figures == pytest.approx(entity_f1(_only(gold, counted), _only(predicted, counted)))
    for label in counted:
        own = found.per_label.get(label)
        expected = entity_f1(_only(gold, {label}), _only(predicted, {label}))
        if own is None:
            assert expected == (0, 0, 0, 0)
        else:
            assert (own.f1, own.precision, own.recall, own.support) == pytest.approx(expected)


def _only(sentences: list[tuple[Entity, ...]], labels: set[str]) -> list[list[Entity]]:
    return [[e for e in sentence if e.label in labels] for sentence in sentences]
