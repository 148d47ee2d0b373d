"""Batches of subwords."""

from __future__ import annotations

from typing import Any

import pytest

from xner_core.alignment.inputs import EncoderInputs
from xner_core.alignment.training.data import Batches, rows
from xner_core.types import Sentence, SentencePair

CLS, SEP, MASK, PAD = 2, 3, 0, 1


@pytest.fixture
def inputs(encoder: str) -> EncoderInputs:
    from transformers import AutoModel, AutoTokenizer

    return EncoderInputs(
        AutoTokenizer.from_pretrained(encoder), AutoModel.from_pretrained(encoder), "a model"
    )


def _pair(source: str, target: str) -> SentencePair:
    return SentencePair("1", Sentence(tuple(source.split()), "en"), Sentence(tuple(target.split()), "de"))


def _batches(inputs: EncoderInputs, **options: Any) -> Batches:
    return Batches(inputs, **{"mask_id": MASK, "concatenated": True, "seed": 5} | options)


def test_rows_know_their_words(inputs: EncoderInputs) -> None:
    (row,) = rows([_pair("ab c", "d")], inputs, 10)
    assert row["source"].words == [-1, 0, 0, 1, -1]
    assert (row["source"].ids[0], row["source"].ids[-1]) == (CLS, SEP)
    assert row["target"].n_subwords == 1
    assert row["input_ids"] == row["source"].ids + row["target"].ids


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [("abc", "abc", 1), ("abcd", "abc", 0), ("abc", "abcd", 0), ("a", "\u200b", 0)],
)
def test_long_and_empty_sentences_are_left_out(
    inputs: EncoderInputs, source: str, target: str, kept: int
) -> None:
    assert len(rows([_pair(source, target)], inputs, 3)) == kept


def test_no_pair_is_longer_than_the_model_reads(inputs: EncoderInputs) -> None:
    assert inputs.longest == 40
    assert len(rows([_pair("a" * 38, "a")], inputs, 100)) == 1
    assert rows([_pair("a" * 39, "a")], inputs, 100) == []


def test_a_batch(inputs: EncoderInputs) -> None:
    batch = _batches(inputs, concatenated=False)(rows([_pair("ab", "c"), _pair("d", "e f")], inputs, 10))
    assert set(batch) == {
        f"{side}_{part}" for side in ("source", "target") for part in ("ids", "mask", "words")
    }
    assert batch["source_ids"][1, -1] == PAD
    assert batch["source_mask"].tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert batch["source_words"].tolist() == [[-1, 0, 0, -1], [-1, 0, -1, -1]]
    assert batch["target_words"].tolist() == [[-1, 0, -1, -1], [-1, 0, 1, -1]]


def test_pairs_as_one_text(inputs: EncoderInputs) -> None:
    first, second = rows([_pair("ab", "c"), _pair("d", "e")], inputs, 10)
    batch = _batches(inputs, mask_id=None)([first, second])
    assert batch["both_ids"][0].tolist() == first["source"].ids + first["target"].ids
    assert batch["other_ids"][0].tolist() == first["source"].ids + second["target"].ids
    assert batch["other_ids"][1, :6].tolist() == second["source"].ids + first["target"].ids
    assert "other_ids" not in _batches(inputs)([first])  # it would be its own neighbour


def test_one_text_is_no_longer_than_the_model_reads(inputs: EncoderInputs) -> None:
    batch = _batches(inputs)(rows([_pair("a" * 30, "b" * 30)], inputs, 100))
    assert batch["both_ids"].shape == batch["left_out_ids"].shape == (1, 40)


def test_what_is_left_out(inputs: EncoderInputs) -> None:
    chosen = rows([_pair("abcd efgh", "ijkl mnop")] * 40, inputs, 20)
    batches = _batches(inputs)
    batch = batches(chosen)
    left_out = batch["left_out_wanted"] != -1
    assert 0.1 < left_out.float().mean() < 0.2
    assert (batch["left_out_ids"][left_out] == MASK).all()
    assert (batch["left_out_wanted"][left_out] == batch["both_ids"][left_out]).all()
    assert (batch["left_out_ids"][~left_out] == batch["both_ids"][~left_out]).all()
    assert (batch["both_words"][left_out] >= 0).all()  # never a special token
    assert not (batches(chosen)["left_out_ids"] == batch["left_out_ids"]).all()
    assert (_batches(inputs)(chosen)["left_out_ids"] == batch["left_out_ids"]).all()


def test_held_rows_always_have_the_same_left_out(inputs: EncoderInputs) -> None:
    held = [row | {"held": True} for row in rows([_pair("abcd efgh", "ijkl mnop")] * 4, inputs, 20)]
    batches = _batches(inputs)
    once = batches(held)["left_out_ids"]
    assert (batches(held[::-1])["left_out_ids"].flip(0) == once).all()
    assert not (once[0] == once[1]).all()
