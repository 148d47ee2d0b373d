"""A tagger's tags in any scheme mean the same afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import entity
from xner_core.ner.iob2 import is_unnamed, to_iob2
from xner_core.tags import most_probable_entities
from xner_core.types import TagProbabilities


def sure(tags: list[str]) -> TagProbabilities:
    """What is made of a tagger that is sure of these tags."""
    columns = sorted(set(tags))
    return to_iob2(columns, np.array([[float(tag == column) for column in columns] for tag in tags]))


def best(found: TagProbabilities) -> list[str]:
    return [found.tags[column] for column in found.values.argmax(axis=1)]


def test_labels_without_a_prefix_open_an_entity_where_another_label_stands_before() -> None:
    found = sure(["PER", "PER", "LOC", "O", "LOC", "LOC"])
    assert best(found) == ["B-PER", "I-PER", "B-LOC", "O", "B-LOC", "I-LOC"]


def test_the_word_before_decides_by_its_most_probable_label() -> None:
    values = np.array([[0.4, 0.6], [0.3, 0.7], [0.6, 0.4], [0.1, 0.9]])
    found = to_iob2(["O", "PER"], values)
    assert found.tags == ("O", "B-PER", "I-PER")
    np.testing.assert_allclose(found.values[:, 1:], [[0.6, 0], [0, 0.7], [0, 0.4], [0.9, 0]], atol=1e-6)


def test_the_begin_and_the_inside_of_a_label_count_together_for_the_word_before() -> None:
    # IOB1: the first word is PER with .6, though O is its most probable single tag.
    values = np.array([[0.4, 0.3, 0.3], [0.1, 0.0, 0.9]])
    found = to_iob2(["O", "B-PER", "I-PER"], values, scheme="IOB1")
    np.testing.assert_allclose(found.values, [[0.4, 0.6, 0], [0.1, 0, 0.9]], atol=1e-6)


def test_what_means_the_same_is_added_up() -> None:
    values = np.array([[0.1, 0.2, 0.3, 0.15, 0.25]])
    found = to_iob2(["O", "B-PER", "S-PER", "I-PER", "E-PER"], values)
    np.testing.assert_allclose(found.values, [[0.1, 0.5, 0.4]], atol=1e-6)


def test_iob2_is_left_as_it_is_apart_from_the_order() -> None:
    values = np.array([[0.1, 0.2, 0.3, 0.4]])
    found = to_iob2(["I-LOC", "O", "B-PER", "B-LOC"], values)
    assert found.tags == ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")
    assert found.values.dtype == np.float32
    np.testing.assert_allclose(found.values, [[0.2, 0.4, 0.1, 0.3, 0]], atol=1e-6)


def test_labels_are_renamed_joined_and_left_out() -> None:
    values = np.array([[0.1, 0.2, 0.3, 0.4]])
    tags = ["O", "B-GPE", "B-FAC", "B-CARDINAL"]
    found = to_iob2(tags, values, labels={"GPE": "LOC", "FAC": "LOC"})
    assert found.tags == ("O", "B-LOC", "I-LOC")
    np.testing.assert_allclose(found.values, [[0.5, 0.5, 0]], atol=1e-6)
    assert to_iob2(tags, values, labels={}).tags == ("O",)


def test_a_word_of_which_nothing_is_known_is_outside() -> None:
    found = to_iob2(["B-PER", "O"], np.zeros((2, 2)))
    np.testing.assert_allclose(found.values, [[1, 0, 0], [1, 0, 0]])


def test_labels_with_a_hyphen() -> None:
    assert sure(["B-E-mail", "I-E-mail"]).tags == ("O", "B-E-mail", "I-E-mail")


@pytest.mark.parametrize(
    ("tags", "unnamed"),
    [(["LABEL_0", "LABEL_1"], True), (["O", "LABEL_1"], False), (["O"], False), (["B-LABEL_1"], False)],
)
def test_names_that_mean_nothing(tags: list[str], unnamed: bool) -> None:
    assert is_unnamed(tags) is unnamed


def test_entities_of_the_most_probable_tags() -> None:
    assert most_probable_entities(sure(["B-PER", "I-PER", "I-LOC", "O"])) == (
        entity(0, 2),
        entity(2, 3, "LOC"),
    )
