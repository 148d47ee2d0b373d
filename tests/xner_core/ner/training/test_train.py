"""Training a tiny tagger: what it learns, what is kept, and when it ends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import torch

from xner_core.errors import CorpusError
from xner_core.evaluation import score_entities
from xner_core.ner.model_tagging import TransformersTaggerConfig
from xner_core.ner.training import TaggerTrainingConfig, Trained, train
from xner_core.ner.transformers_tagger import TransformersTagger
from xner_core.types import Entity, Sentence

QUICK = {"epochs": 4, "learning_rate": 0.03, "batch_size": 4, "head_factor": 1}


def f1(
    gold: Sequence[Sequence[Entity]], predicted: Sequence[Sequence[Entity]], n_words: Sequence[int]
) -> float:
    return score_entities(gold, predicted, n_words).f1


def _train(sentences: Sequence[Sentence], encoder: str, folder: Path, **options: Any) -> Trained:
    folder.mkdir()
    return train(sentences, encoder, folder, TaggerTrainingConfig(**QUICK | options), score=f1)


def _weights(folder: Path) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    found: dict[str, torch.Tensor] = load_file(folder / "model.safetensors")
    return found


def _found(folder: Path, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
    return TransformersTagger(TransformersTaggerConfig(model=str(folder))).tag(sentences)


@pytest.fixture(scope="module")
def trained(
    sentences: list[Sentence], encoder: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Trained, Path]:
    folder = tmp_path_factory.mktemp("trained") / "model"
    return _train(sentences, encoder, folder, epochs=8, patience=8), folder


def test_it_learns_what_can_be_learnt(trained: tuple[Trained, Path], sentences: list[Sentence]) -> None:
    found, folder = trained
    assert found.held_f1[found.best_epoch - 1] == max(found.held_f1) > 0.8
    assert (found.n_trained, found.n_held, found.n_cut, found.n_empty) == (32, 8, 0, 0)
    assert (found.steps, found.epochs, found.n_layers) == (64, 8, 2)
    assert found.labels == ("LOC", "PER")
    tagged = _found(folder, [replace(sentence, entities=None) for sentence in sentences])
    assert f1([s.entities or () for s in sentences], tagged, [len(s.words) for s in sentences]) > 0.8


def test_the_folder_says_what_the_tags_mean(trained: tuple[Trained, Path]) -> None:
    config = json.loads((trained[1] / "config.json").read_text(encoding="utf-8"))
    tags = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"]
    assert config["id2label"] == {str(column): tag for column, tag in enumerate(tags)}
    assert config["label2id"] == {tag: column for column, tag in enumerate(tags)}


def test_the_weights_kept_are_those_of_the_best_epoch(
    sentences: list[Sentence], encoder: str, tmp_path: Path
) -> None:
    def scores(figures: list[float]) -> Any:
        rest = iter(figures)
        return lambda *_: next(rest)

    for name, figures in (("last", [0.1, 0.2, 0.3]), ("first", [0.3, 0.2, 0.1])):
        (tmp_path / name).mkdir()
        config = TaggerTrainingConfig(**QUICK | {"epochs": 3, "patience": 3})
        found = train(sentences, encoder, tmp_path / name, config, score=scores(figures))
        assert (found.best_epoch, found.epochs, found.held_f1) == (1 + figures.index(0.3), 3, tuple(figures))
    last, first = _weights(tmp_path / "last"), _weights(tmp_path / "first")
    assert not torch.equal(last["classifier.weight"], first["classifier.weight"])


def test_it_ends_early(sentences: list[Sentence], encoder: str, tmp_path: Path) -> None:
    tmp_path.joinpath("m").mkdir()
    config = TaggerTrainingConfig(**QUICK | {"epochs": 20, "patience": 2})
    figures = iter([0.5, 0.4, 0.5, 0.9])
    found = train(sentences, encoder, tmp_path / "m", config, score=lambda *_: next(figures))
    assert (found.epochs, found.best_epoch, found.held_f1) == (3, 1, (0.5, 0.4, 0.5))


def test_the_same_seed_gives_the_same_model(
    sentences: list[Sentence], encoder: str, tmp_path: Path, trained: tuple[Trained, Path]
) -> None:
    assert _train(sentences, encoder, tmp_path / "again", epochs=8, patience=8) == trained[0]
    first, again = _weights(trained[1]), _weights(tmp_path / "again")
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert _train(sentences, encoder, tmp_path / "other", seed=1).held_f1 != trained[0].held_f1[:4]


def test_what_is_frozen_stays_and_the_rest_is_trained(
    sentences: list[Sentence], encoder: str, tmp_path: Path
) -> None:
    _train(sentences, encoder, tmp_path / "m", epochs=1, frozen_layers=1)
    before, after = _weights(Path(encoder)), _weights(tmp_path / "m")
    changed = {f"bert.{name}" for name in before if not torch.equal(before[name], after[f"bert.{name}"])}
    assert "bert.embeddings.word_embeddings.weight" not in changed
    assert not any(name.startswith("bert.encoder.layer.0.") for name in changed)
    assert any(name.startswith("bert.encoder.layer.1.") for name in changed)


def test_the_new_layer_has_steps_of_its_own(sentences: list[Sentence], encoder: str, tmp_path: Path) -> None:
    """With steps of next to nothing for the encoder only the new layer moves."""
    options = {"epochs": 1, "learning_rate": 1e-12, "head_factor": 1000}
    _train(sentences, encoder, tmp_path / "slow", **options | {"head_factor": 0.1})
    _train(sentences, encoder, tmp_path / "fast", **options)
    slow, fast = _weights(tmp_path / "slow"), _weights(tmp_path / "fast")
    moved = {name: float((slow[name] - fast[name]).abs().max()) for name in slow}
    assert moved["classifier.bias"] > 1e-9
    assert max(value for name, value in moved.items() if not name.startswith("classifier")) == 0


def test_labels_are_left_out_and_untagged_sentences_passed_over(
    sentences: list[Sentence], encoder: str, tmp_path: Path
) -> None:
    some = [*sentences[:30], *(replace(sentence, entities=None) for sentence in sentences[30:])]
    found = _train(some, encoder, tmp_path / "m", epochs=1, leave_out="LOC")
    assert found.labels == ("PER",)
    assert (found.n_trained, found.n_held) == (22, 8)


def test_long_and_empty_sentences_are_counted(
    sentences: list[Sentence], encoder: str, tmp_path: Path
) -> None:
    odd = [Sentence(("\u200b",), "de", ()), Sentence(("ada",) * 12, "de", ())]
    found = _train([*sentences, *odd], encoder, tmp_path / "m", epochs=1, longest=30)
    assert (found.n_empty, found.n_cut) == (1, 1)
    assert found.n_trained + found.n_held == 41


def test_progress_counts_steps(sentences: list[Sentence], encoder: str, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    tmp_path.joinpath("m").mkdir()
    config = TaggerTrainingConfig(**QUICK | {"batch_size": 16, "epochs": 2})
    train(sentences, encoder, tmp_path / "m", config, score=f1, progress=lambda *each: told.append(each))
    assert told == [("training", step, 4) for step in (1, 2, 3, 4)]


def test_bfloat16_is_another_format(
    sentences: list[Sentence], encoder: str, tmp_path: Path, trained: tuple[Trained, Path]
) -> None:
    found = _train(sentences, encoder, tmp_path / "m", precision="bfloat16", epochs=1)
    assert (found.precision, trained[0].precision) == ("bfloat16", "float32")
    assert all(weights.dtype == torch.float32 for weights in _weights(tmp_path / "m").values())


@pytest.mark.parametrize(
    ("count", "options", "message"),
    [
        (15, {}, "15 sentences with tags are too few"),
        (40, {"leave_out": "PER,LOC"}, "the sentences have no entity"),
    ],
)
def test_what_cannot_be_trained(
    sentences: list[Sentence],
    encoder: str,
    tmp_path: Path,
    count: int,
    options: dict[str, Any],
    message: str,
) -> None:
    with pytest.raises(CorpusError, match=message):
        _train(sentences[:count], encoder, tmp_path / "m", **options)


def test_only_what_is_trained_on_gets_capitals(
    sentences: list[Sentence], encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def with_capitals(tagged: list[Any], share: float, seed: int) -> list[Any]:
        seen.append((len(tagged), share, seed))
        return tagged

    monkeypatch.setattr(import_module("xner_core.ner.training.train"), "with_capitals", with_capitals)
    found = _train(sentences, encoder, tmp_path / "m", epochs=1, capitals=0.25, seed=3)
    assert seen == [(found.n_trained, 0.25, 3)]
