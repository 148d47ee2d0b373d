"""Rows of subwords: each word's tag once, at its first subword, and no row too long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import entity
from tests.tiny import save_tokenizer
from xner_core.ner.training.data import NO_TAG, tagged_rows, tags_of
from xner_core.tags import encode
from xner_core.types import Entity, Sentence

TAGS = tags_of(["LOC", "PER"])
CLS, SEP = 2, 3


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return save_tokenizer(tmp_path_factory.mktemp("tokenizer"))


def rows(tokenizer: Any, text: str, entities: tuple[Entity, ...] = (), longest: int = 40) -> Any:
    return tagged_rows([(Sentence(tuple(text.split()), "de"), entities)], tokenizer, TAGS, longest)


def test_the_tags_of_labels() -> None:
    assert TAGS == ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")


def test_the_tag_stands_at_the_first_subword(tokenizer: Any) -> None:
    (row,) = rows(tokenizer, "ab cde f", (entity(1, 3),)).rows
    assert row["labels"] == [NO_TAG, 0, NO_TAG, 3, NO_TAG, NO_TAG, 4, NO_TAG]
    assert [row["input_ids"][0], row["input_ids"][-1]] == [CLS, SEP]
    assert len(row["input_ids"]) == len(row["labels"])
    assert set(row) == {"input_ids", "labels"}


def test_a_word_of_which_nothing_is_left_has_no_tag(tokenizer: Any) -> None:
    (row,) = rows(tokenizer, "a \u200b b", (entity(2, 3),)).rows
    assert row["labels"] == [NO_TAG, 0, 3, NO_TAG]
    found = rows(tokenizer, "\u200b")
    assert (found.rows, found.n_empty, found.n_cut) == ([], 1, 0)


def test_a_long_sentence_is_cut_between_words_and_not_within_an_entity(tokenizer: Any) -> None:
    found = rows(tokenizer, "aa bb cc dd ee", (entity(2, 4),), longest=8)  # room for six subwords
    assert [row["labels"][1:-1] for row in found.rows] == [[0, NO_TAG] * 2, [3, NO_TAG, 4, NO_TAG, 0, NO_TAG]]
    assert (found.n_cut, found.n_empty) == (1, 0)


def test_an_entity_longer_than_a_row_is_cut(tokenizer: Any) -> None:
    found = rows(tokenizer, "aa bb cc dd ee", (entity(0, 5),), longest=8)
    assert [row["labels"][1:-1:2] for row in found.rows] == [[3, 4, 4], [4, 4]]


def test_of_a_long_word_the_start_is_read(tokenizer: Any) -> None:
    found = rows(tokenizer, "abcdefghij k", longest=6)
    assert [len(row["input_ids"]) for row in found.rows] == [6, 3]


def test_a_sentence_that_just_fits_is_not_cut(tokenizer: Any) -> None:
    assert rows(tokenizer, "aa bb cc", longest=8).n_cut == 0
    assert rows(tokenizer, "aa bb cc", longest=7).n_cut == 1


@given(st.data())
def test_each_word_is_labelled_once_and_in_order(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    tokenizer = _kept(tmp_path_factory)
    words = data.draw(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=12))
    starts = sorted(data.draw(st.sets(st.integers(0, len(words) - 1), max_size=4)))
    entities = tuple(
        entity(start, data.draw(st.integers(start + 1, end)), "PER")
        for start, end in zip(starts, [*starts[1:], len(words)], strict=False)
    )
    longest = data.draw(st.integers(5, 20))
    found = tagged_rows([(Sentence(tuple(words), "de"), entities)], tokenizer, TAGS, longest)
    assert all(len(row["input_ids"]) == len(row["labels"]) <= longest for row in found.rows)
    labels = [label for row in found.rows for label in row["labels"] if label != NO_TAG]
    assert [TAGS[label] for label in labels] == encode(entities, len(words))


_TOKENIZERS: list[Any] = []


def _kept(factory: pytest.TempPathFactory) -> Any:
    if not _TOKENIZERS:
        _TOKENIZERS.append(save_tokenizer(Path(factory.mktemp("kept"))))
    return _TOKENIZERS[0]
