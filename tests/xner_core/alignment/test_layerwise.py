"""Each layer by itself is what an aligner of that layer alone compares."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import tiny, tiny_seq2seq
from xner_core.alignment import layerwise as module
from xner_core.alignment.embedding_cache import EMBEDDINGS
from xner_core.alignment.layerwise import Layerwise
from xner_core.alignment.pretrained_encoder import PretrainedEncoderAligner, PretrainedEncoderConfig
from xner_core.errors import ConfigError
from xner_core.types import Sentence, SentencePair

PAIRS = [
    SentencePair(
        str(n),
        Sentence(("ada", "lives", "in", "rome")[:n], "en"),
        Sentence(("ada", "lebt", "in", "rom"), "de"),
    )
    for n in (4, 1, 2, 0, 3)
]


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny.save_tagger(tmp_path_factory.mktemp("bert"))


def aligner(model: str, **options: object) -> PretrainedEncoderAligner:
    return PretrainedEncoderAligner(PretrainedEncoderConfig(model=model, precision="float32", **options))


@pytest.mark.parametrize("options", [{}, {"pooling": "mean"}, {"centring": 0.5}])
def test_every_layer_is_that_of_an_aligner_of_this_layer(
    bert: str, options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAIRS_PER_CHUNK", 2)
    layerwise = Layerwise(aligner(bert, **options))
    assert layerwise.layers == (0, 1, 2)
    found = list(layerwise.compare(PAIRS))
    assert len(found) == len(PAIRS)
    for column, layer in enumerate(layerwise.layers):
        expected = aligner(bert, layer=(layer,), **options).compare(PAIRS)
        for row, alone in zip(found, expected, strict=True):
            np.testing.assert_allclose(row[column].values, alone.values, atol=1e-5)
            np.testing.assert_array_equal(row[column].source.words, alone.source.words)


def test_layers_may_be_restricted_and_come_in_the_order_asked_for(bert: str) -> None:
    both = Layerwise(aligner(bert), (2, 0))
    assert both.layers == (2, 0)
    every = next(Layerwise(aligner(bert)).compare(PAIRS))
    upper, lower = next(both.compare(PAIRS))
    np.testing.assert_allclose(upper.values, every[2].values, atol=1e-5)
    np.testing.assert_allclose(lower.values, every[0].values, atol=1e-5)


def test_the_encoder_half_of_a_translation_model(tmp_path: Path) -> None:
    model = str(tiny_seq2seq.plain(tmp_path))
    every = next(Layerwise(aligner(model)).compare(PAIRS))
    for layer, found in enumerate(every):
        alone = next(aligner(model, layer=(layer,)).compare(PAIRS))
        np.testing.assert_allclose(found.values, alone.values, atol=1e-5)


def test_the_default_is_the_aligners_own_layer(bert: str) -> None:
    assert Layerwise(aligner(bert, layer=(2,))).default == 2
    assert Layerwise(aligner(bert)).default == 1  # two thirds of two layers
    assert Layerwise(aligner(bert, layer=(1, 2))).default is None


def test_the_shared_memory_of_sentences_is_left_alone(bert: str) -> None:
    EMBEDDINGS.clear()
    list(Layerwise(aligner(bert)).compare(PAIRS))
    assert len(EMBEDDINGS) == 0


def test_the_model_is_known_by_its_version_afterwards(bert: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from xner_core.alignment import encoder

    monkeypatch.setattr(encoder, "version_of", lambda name, _: f"{name}@abc")
    chosen = aligner(bert)
    assert chosen.model_id == bert
    Layerwise(chosen)
    assert chosen.model_id.startswith(f"{bert}@abc in ")


def test_a_layer_that_the_model_lacks(bert: str) -> None:
    with pytest.raises(ConfigError, match="2 layers, not 3"):
        Layerwise(aligner(bert), (1, 3))
