"""A new layer of tags on an encoder: what is taken over, what is cut off, what stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from tests import tiny_seq2seq
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.ner.training import TaggerTrainingConfig
from xner_core.ner.training.model import new_tagger

TAGS = ("O", "B-X", "I-X")


def new(encoder: str, **options: Any) -> Any:
    return new_tagger(encoder, TAGS, TaggerTrainingConfig(**options))[1]


def _weights(encoder: str) -> dict[str, torch.Tensor]:
    from transformers import AutoModel

    return dict(AutoModel.from_pretrained(encoder, add_pooling_layer=False).state_dict())


def _frozen(model: Any) -> set[str]:
    return {name for name, parameter in model.named_parameters() if not parameter.requires_grad}


def test_the_encoder_is_taken_over_and_the_tags_are_new(encoder: str) -> None:
    model = new(encoder)
    expected, found = _weights(encoder), model.base_model.state_dict()
    assert expected.keys() == found.keys()
    assert all(torch.equal(expected[name], found[name]) for name in expected)
    assert model.config.id2label == dict(enumerate(TAGS))
    assert model.config.label2id == {tag: column for column, tag in enumerate(TAGS)}
    assert model.classifier.out_features == 3


def test_layers_above_are_cut_off(encoder: str) -> None:
    model = new(encoder, layers=1)
    assert model.config.num_hidden_layers == 1
    assert len(model.base_model.encoder.layer) == 1
    name = "encoder.layer.0.output.dense.weight"
    assert torch.equal(model.base_model.state_dict()[name], _weights(encoder)[name])


def test_what_stays_as_it_is(encoder: str) -> None:
    assert _frozen(new(encoder, freeze_embeddings=False)) == set()
    words = {"bert.embeddings.word_embeddings.weight"}
    assert _frozen(new(encoder)) == words
    below = _frozen(new(encoder, frozen_layers=1)) - words
    assert below
    assert all(name.startswith("bert.encoder.layer.0.") for name in below)


@pytest.mark.parametrize("options", [{"layers": 3}, {"frozen_layers": 3}])
def test_more_layers_than_there_are(encoder: str, options: dict[str, int]) -> None:
    with pytest.raises(ConfigError, match="2 layers, not 3"):
        new(encoder, **options)


def test_a_model_that_cannot_be_made_a_tagger(tmp_path: Path) -> None:
    folder = str(tiny_seq2seq.nllb(tmp_path / "nllb"))
    with pytest.raises(ModelUnavailableError, match="cannot be made a tagger"):
        new(folder)


def test_a_model_that_is_not_here() -> None:
    with pytest.raises(ModelUnavailableError, match="'no/such'"):
        new("no/such")
