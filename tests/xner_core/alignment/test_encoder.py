"""The encoder against plain transformers, and on sentences that are odd or long."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.encoder import Encoder, HiddenStates
from xner_core.errors import ConfigError
from xner_core.types import Sentence

SENTENCES = [
    ["Ada", "King", "lives", "in", "London", "."],
    ["Живе", "в", "Києві"],
    ["她", "住在", "伦敦", "。"],
    ["x"],
    ["Unabhängigkeitserklärung", "und", "Verfassung", ","] * 12,
    ["ada"] * 700,
]


@pytest.fixture(scope="module")
def folder() -> Path:
    return embedded_model()


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(str(folder), (7,), "float32")


@pytest.fixture(scope="module")
def hidden_states(folder: Path) -> list[NDArray[np.float32]]:
    """What plain transformers computes for the first sentence, layer by layer."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32).eval()
    with torch.inference_mode():
        inputs = tokenizer(SENTENCES[0], is_split_into_words=True, return_tensors="pt")
        layers = model(**inputs, output_hidden_states=True).hidden_states
    return [layer[0, 1:-1].numpy() for layer in layers]


def _sentences(texts: list[list[str]]) -> list[Sentence]:
    return [Sentence(tuple(words), "und") for words in texts]


def _encoded(encoder: Encoder, texts: list[list[str]]) -> list[HiddenStates]:
    return encoder.hidden_states(_sentences(texts))


def test_a_layer_is_the_hidden_state_of_that_number(
    folder: Path, encoder: Encoder, hidden_states: list[NDArray[np.float32]]
) -> None:
    assert len(hidden_states) == 13
    (alone,) = _encoded(encoder, SENTENCES[:1])
    np.testing.assert_allclose(alone.values, hidden_states[7][None], atol=2e-5)
    for layers in ((0,), (12, 0)):
        (found,) = _encoded(Encoder(str(folder), layers, "float32"), SENTENCES[:1])
        np.testing.assert_allclose(found.values, [hidden_states[layer] for layer in layers], atol=2e-5)


@pytest.mark.parametrize("layer", [-1, 13])
def test_a_layer_that_the_model_does_not_have(folder: Path, layer: int) -> None:
    with pytest.raises(ConfigError, match=f"12 layers, not {layer}") as raised:
        Encoder(str(folder), (7, layer))
    assert raised.value.hint == "Choose 0 to 12"


def test_a_batch_gives_the_same_vectors_as_one_by_one(encoder: Encoder) -> None:
    together = _encoded(encoder, SENTENCES)
    assert len(together) == len(SENTENCES)
    for words, found in zip(SENTENCES, together, strict=True):
        (alone,) = _encoded(encoder, [words])
        np.testing.assert_array_equal(found.words, alone.words)
        assert found.values.shape[1] == len(found.words)
        np.testing.assert_allclose(found.values, alone.values, atol=1e-3)


def test_subwords_know_their_words(encoder: Encoder) -> None:
    (found,) = _encoded(encoder, [["Unabhängigkeitserklärung", "und"]])
    assert len(found.words) == found.values.shape[1] > 2
    assert found.words.tolist() == sorted(found.words.tolist())
    assert set(found.words.tolist()) == {0, 1}
    assert (found.words == 1).sum() == 1


def test_no_sentences(encoder: Encoder) -> None:
    assert _encoded(encoder, []) == []


@pytest.mark.parametrize(
    "words",
    [
        ["\u200b"],
        ["\u200d", "\u200e", "\ufeff", "\u2060"],
        ["Ada", "\u200b", "King"],
        ["\u00a0", "\u2028", "\x85", "\x00"],
        ["\u0301", "🙂", "\U0010ffff"],
    ],
)
def test_odd_words_have_a_place_too(encoder: Encoder, words: list[str]) -> None:
    (found,) = _encoded(encoder, [words])
    assert set(found.words.tolist()) <= set(range(len(words)))
    assert np.isfinite(found.values).all()


def test_a_long_sentence_is_read_to_its_end(encoder: Encoder) -> None:
    # One subword a word, so that windows are known: 510 subwords, each starting 255 after the last.
    words = [str(i % 10) for i in range(1_200)]
    (whole,) = _encoded(encoder, [words])
    assert whole.words.tolist() == list(range(1_200))
    # A subword comes from the window in whose middle it stands.
    for start, first, end in ((0, 0, 382), (255, 382, 637), (510, 637, 892), (765, 892, 1_200)):
        (window,) = _encoded(encoder, [words[start : start + 510]])
        expected = window.values[:, first - start : end - start]
        np.testing.assert_allclose(whole.values[:, first:end], expected, atol=1e-3)


@pytest.mark.parametrize(("n_words", "window"), [(509, 509), (510, 510), (511, 510)])
def test_sentences_at_the_edge_of_the_window(encoder: Encoder, n_words: int, window: int) -> None:
    words = [str(i % 10) for i in range(n_words)]
    (found,) = _encoded(encoder, [words])
    assert found.values.shape[1] == n_words
    (head,) = _encoded(encoder, [words[:window]])
    np.testing.assert_allclose(found.values[:, :300], head.values[:, :300], atol=1e-3)
