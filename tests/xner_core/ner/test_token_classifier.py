"""A token classifier against the same model run by one sentence and one subword at a time."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from tests.oracles.word_tags import SlowTagger
from tests.tiny import TAGS, save_tagger, save_tokenizer
from xner_core.errors import ModelUnavailableError
from xner_core.ner.token_classifier import Aggregation, TokenClassifier

LONGEST = 40  # what a tiny model has positions for
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)


def _sentences() -> list[list[str]]:
    rng = random.Random(3)
    made = [
        ["".join(rng.choices("abcdefghij", k=rng.randint(1, 6))) for _ in range(n)]
        for n in (1, 2, 5, 9, 14, 30, 4, 3, 70, 12)
    ]
    return [
        *made,
        ["a" * 37], ["a" * 38], ["a" * 39], ["a" * 200],  # around one window, and one word of many
        ["\u200b"],
        ["ada", "\u200b", "lebt", "\x00", "."],
        ["Привіт", "她", "🙂"],
    ]  # fmt: skip


SENTENCES = _sentences()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save_tagger(tmp_path_factory.mktemp("bert"), positions=LONGEST)


@pytest.fixture(scope="module")
def slow(folder: str) -> SlowTagger:
    return SlowTagger(folder, LONGEST)


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_a_batch_is_what_one_sentence_at_a_time_gives(
    folder: str, slow: SlowTagger, aggregation: Aggregation
) -> None:
    found = TokenClassifier(folder, aggregation, "cpu").probabilities(SENTENCES)
    assert len(found) == len(SENTENCES)
    for words, values in zip(SENTENCES, found, strict=True):
        assert values.dtype == np.float32
        assert values.shape == (len(words), len(TAGS))
        np.testing.assert_allclose(values, slow.probabilities(words, aggregation), atol=2e-5)


def test_the_aggregations_differ(slow: SlowTagger) -> None:
    words = SENTENCES[4]
    first, mean, surest = (slow.probabilities(words, aggregation) for aggregation in AGGREGATIONS)
    assert np.abs(first - mean).max() > 0.05
    assert np.abs(first - surest).max() > 0.05
    assert np.abs(mean - surest).max() > 0.05


def test_rows_add_up_to_1_and_are_zero_where_nothing_is_left_of_a_word(folder: str) -> None:
    classifier = TokenClassifier(folder)
    (values,) = classifier.probabilities([["ada", "\u200b", "lebt", "\x00", "."]])
    np.testing.assert_allclose(values.sum(axis=1), [1, 0, 1, 0, 1], atol=1e-5)


def test_a_word_depends_on_its_sentence_up_to_the_end_of_a_long_one(folder: str) -> None:
    classifier = TokenClassifier(folder)
    words = ["ab"] * 60
    (before,), (after,) = (classifier.probabilities([[*words, end]]) for end in ("ab", "z"))
    changed = np.abs(before - after).max(axis=1) > 1e-6
    assert changed[-5:].all()
    assert not changed[:40].any()


def test_models_that_count_positions_from_behind_the_padding_s(tmp_path: Path) -> None:
    folder = save_tagger(tmp_path, kind="roberta", positions=20)
    found = TokenClassifier(folder).probabilities(SENTENCES)
    slow = SlowTagger(folder, 20)
    for words, values in zip(SENTENCES, found, strict=True):
        np.testing.assert_allclose(values, slow.probabilities(words, "first"), atol=2e-5)


def test_the_tokenizer_s_own_limit_counts_where_it_is_smaller(folder: str, tmp_path: Path) -> None:
    save_tagger(tmp_path, positions=LONGEST)
    config = json.loads((tmp_path / "tokenizer_config.json").read_text())
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config | {"model_max_length": 12}))
    (values,) = TokenClassifier(str(tmp_path)).probabilities(SENTENCES[5:6])
    expected = SlowTagger(str(tmp_path), 12).probabilities(SENTENCES[5], "first")
    np.testing.assert_allclose(values, expected, atol=2e-5)


def test_byte_level_tokenizers_see_words_with_the_space_before_them(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    folder = save_tagger(tmp_path, kind="roberta")
    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    backend.train_from_iterator(["ab ab ab ab"] * 9, trainer)
    backend.save(str(tmp_path / "tokenizer.json"))
    config = {"tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": False}
    names = {"cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config | names))
    classifier = TokenClassifier(folder)
    # Without the space the two letters of the first word would be pieces of another kind.
    encoded = classifier._tokenizer(["ab", "ab"], is_split_into_words=True, add_special_tokens=False)
    assert encoded.tokens() == ["Ġab", "Ġab"]
    assert classifier.probabilities([["ab", "ab"]])[0].shape == (2, len(TAGS))


def test_no_sentences(folder: str) -> None:
    assert TokenClassifier(folder).probabilities([]) == []


def test_the_tags_are_the_model_s_in_the_order_of_its_columns(folder: str) -> None:
    classifier = TokenClassifier(folder)
    assert classifier.tags == TAGS
    assert classifier.model_id == folder


@pytest.mark.parametrize("name", ["no/such-model", "no-such-model", "/no/such/folder", "no such"])
def test_a_model_that_is_not_here_says_how_to_get_it(name: str) -> None:
    with pytest.raises(ModelUnavailableError, match="is not on this machine") as raised:
        TokenClassifier(name)
    assert f"hf download {name}" in str(raised.value.hint)
    assert name in raised.value.what


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    save_tokenizer(tmp_path)
    with pytest.raises(ModelUnavailableError, match="holds no token classification model") as raised:
        TokenClassifier(str(tmp_path))
    assert raised.value.hint


def test_a_folder_without_a_tokenizer(tmp_path: Path) -> None:
    save_tagger(tmp_path)
    for file in tmp_path.glob("*token*"):
        file.unlink()
    with pytest.raises(ModelUnavailableError, match="knows no subword"):
        TokenClassifier(str(tmp_path))


def test_a_model_that_was_never_trained_to_tag(tmp_path: Path) -> None:
    from transformers import AutoModel

    folder = save_tagger(tmp_path)
    AutoModel.from_pretrained(folder).save_pretrained(folder)
    with pytest.raises(ModelUnavailableError, match=r"not trained to tag words: it has no classifier\.bias"):
        TokenClassifier(folder)


def test_a_model_whose_labels_have_no_names(tmp_path: Path) -> None:
    folder = save_tagger(tmp_path, ["LABEL_0", "LABEL_1"])
    with pytest.raises(ModelUnavailableError, match="does not say what its 2 labels mean") as raised:
        TokenClassifier(folder)
    assert "id2label" in str(raised.value.hint)


def test_a_tokenizer_that_cannot_pad(tmp_path: Path) -> None:
    folder = save_tagger(tmp_path)
    config = json.loads((tmp_path / "tokenizer_config.json").read_text())
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config | {"pad_token": None}))
    with pytest.raises(ModelUnavailableError, match="has no padding token"):
        TokenClassifier(folder)


def test_a_device_that_is_not_here(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ModelUnavailableError, match="no CUDA device"):
        TokenClassifier(folder, device="cuda")
    assert TokenClassifier(folder, device="auto").probabilities([["a"]])[0].shape == (1, len(TAGS))
