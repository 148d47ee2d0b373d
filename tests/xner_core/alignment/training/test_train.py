"""Training a tiny encoder: what changes, what does not, and when it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from xner_core.alignment.training import Trained, TrainingConfig, train
from xner_core.errors import ConfigError, CorpusError
from xner_core.types import SentencePair

QUICK = {"epochs": 4, "learning_rate": 0.01, "layer": 1, "batch_size": 4}


def _train(pairs: list[SentencePair], encoder: str, folder: Path, **options: Any) -> Trained:
    folder.mkdir()
    return train(pairs, encoder, folder, TrainingConfig(**QUICK | options))


def _weights(folder: str | Path) -> dict[str, torch.Tensor]:
    from transformers import AutoModel

    return {k: v for k, v in AutoModel.from_pretrained(folder).state_dict().items() if "pooler" not in k}


@pytest.fixture(scope="module")
def trained(
    pairs: list[SentencePair], encoder: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Trained, Path]:
    folder = tmp_path_factory.mktemp("trained") / "model"
    return _train(pairs, encoder, folder), folder


def test_the_loss_on_held_pairs_falls(trained: tuple[Trained, Path]) -> None:
    found, _ = trained
    assert found.held_loss_after["loss"] < 0.9 * found.held_loss_before["loss"]
    assert found.held_loss_after["self-training"] == found.held_loss_after["loss"]
    assert (found.n_trained, found.n_held, found.n_left_out) == (16, 8, 0)
    assert (found.steps, found.epochs, found.layer) == (16, 4, 1)
    assert 1 <= found.best_epoch <= 4


def test_only_what_lies_below_the_layer_is_trained(trained: tuple[Trained, Path], encoder: str) -> None:
    before, after = _weights(encoder), _weights(trained[1])
    assert before.keys() == after.keys()
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert any(name.startswith("encoder.layer.0.") for name in changed)
    assert not any(name.startswith("encoder.layer.1.") for name in changed)
    assert "embeddings.word_embeddings.weight" not in changed


def test_word_embeddings_are_trained_where_asked(
    pairs: list[SentencePair], encoder: str, tmp_path: Path
) -> None:
    _train(pairs, encoder, tmp_path / "m", freeze_embeddings=False)
    name = "embeddings.word_embeddings.weight"
    assert not torch.equal(_weights(encoder)[name], _weights(tmp_path / "m")[name])


def test_the_same_seed_gives_the_same_model(
    pairs: list[SentencePair], encoder: str, tmp_path: Path, trained: tuple[Trained, Path]
) -> None:
    assert _train(pairs, encoder, tmp_path / "again") == trained[0]
    assert _train(pairs, encoder, tmp_path / "other", seed=1) != trained[0]
    first, again, other = (
        _weights(folder) for folder in (trained[1], tmp_path / "again", tmp_path / "other")
    )
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not all(torch.equal(first[name], other[name]) for name in first)


def test_all_objectives_together(pairs: list[SentencePair], encoder: str, tmp_path: Path) -> None:
    objectives = ("self-training", "translation-lm", "parallel")
    found = _train(pairs, encoder, tmp_path / "m", objectives=objectives, agreement=0.5)
    assert set(found.held_loss_after) == {"loss", *objectives}
    parts = [found.held_loss_after[name] for name in objectives]
    assert found.held_loss_after["loss"] == pytest.approx(sum(parts), abs=1e-3)
    assert found.held_loss_after["translation-lm"] < found.held_loss_before["translation-lm"]


@pytest.mark.parametrize("objective", ["translation-lm", "parallel"])
def test_each_objective_by_itself(
    pairs: list[SentencePair], encoder: str, tmp_path: Path, objective: str
) -> None:
    found = _train(pairs, encoder, tmp_path / "m", objectives=objective)
    assert set(found.held_loss_after) == {"loss", objective}
    assert found.held_loss_after["loss"] < found.held_loss_before["loss"]


def test_it_ends_early_and_keeps_the_best(pairs: list[SentencePair], encoder: str, tmp_path: Path) -> None:
    found = _train(pairs, encoder, tmp_path / "m", learning_rate=1e-30, epochs=20, patience=2)
    assert (found.epochs, found.best_epoch) == (3, 0)
    assert found.held_loss_after == found.held_loss_before
    before, after = _weights(encoder), _weights(tmp_path / "m")
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_a_training_that_goes_astray_leaves_the_model_as_it_was(
    pairs: list[SentencePair], encoder: str, tmp_path: Path
) -> None:
    pairs = [
        SentencePair(pair.id, pair.source, other.target)
        for pair, other in zip(pairs, pairs[1:] + pairs[:1], strict=True)
    ]
    found = _train(pairs, encoder, tmp_path / "m", objectives="translation-lm", learning_rate=0.01, epochs=2)
    assert found.held_loss_after["loss"] <= found.held_loss_before["loss"]


def test_progress_counts_steps(pairs: list[SentencePair], encoder: str, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    tmp_path.joinpath("m").mkdir()
    config = TrainingConfig(**QUICK | {"batch_size": 8, "epochs": 2})
    train(pairs, encoder, tmp_path / "m", config, lambda *each: told.append(each))
    assert told == [("training", step, 4) for step in (1, 2, 3, 4)]


def test_the_encoder_of_a_translation_model_is_trained(pairs: list[SentencePair], tmp_path: Path) -> None:
    from tests import tiny_seq2seq

    model = str(tiny_seq2seq.nllb(tmp_path / "nllb"))
    _train(pairs, model, tmp_path / "m", layer=1)
    before, after = _weights(model), _weights(tmp_path / "m")
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert any(name.startswith("encoder.layers.0.") for name in changed)
    assert not any(name.startswith("decoder.") or "embed" in name or "shared" in name for name in changed)


@pytest.mark.parametrize(
    ("options", "count", "error", "message"),
    [
        ({"layer": 3}, 24, ConfigError, "2 layers, not 3"),
        ({}, 15, CorpusError, "15 sentence pairs are too few"),
        ({"longest": 8}, 24, CorpusError, "pairs are too few"),
    ],
)
def test_what_cannot_be_trained(
    pairs: list[SentencePair],
    encoder: str,
    tmp_path: Path,
    options: dict[str, Any],
    count: int,
    error: type[Exception],
    message: str,
) -> None:
    with pytest.raises(error, match=message):
        _train(pairs[:count], encoder, tmp_path / "m", **options)


def test_a_tokenizer_without_a_token_for_words_left_out(pairs: list[SentencePair], tmp_path: Path) -> None:
    from tests import tiny

    model = tiny.save_tagger(tmp_path / "plain")
    with pytest.raises(ConfigError, match="which translation-lm needs"):
        _train(pairs, model, tmp_path / "m", objectives="translation-lm")
