"""Encoders by name: encoders, encoder halves of translation models, layers, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from tests import tiny, tiny_seq2seq
from xner_core.alignment.embedding_cache import EMBEDDINGS
from xner_core.alignment.encoder import Encoder
from xner_core.alignment.encoder_aligner import parse_layers
from xner_core.alignment.pretrained_encoder import PretrainedEncoderAligner, PretrainedEncoderConfig
from xner_core.config import Choice
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.types import Sentence, SentencePair

PAIR = SentencePair(
    "a", Sentence(("Ada", "lives", "in", "Rome"), "en"), Sentence(("Ada", "lebt", "in", "Rom"), "de")
)


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny.save_tagger(tmp_path_factory.mktemp("bert"))


def _aligner(model: str, **options: object) -> PretrainedEncoderAligner:
    return PretrainedEncoderAligner(PretrainedEncoderConfig(model=model, precision="float32", **options))


def _values(model: str, **options: object) -> NDArray[np.float32]:
    (found,) = _aligner(model, **options).compare([PAIR])
    return found.values


def _plain(model: str, words: Sequence[str]) -> list[NDArray[np.float32]]:
    """The hidden states of a sentence without special tokens, as transformers computes them."""
    from transformers import AutoModel, AutoTokenizer

    tokenizer, encoder = AutoTokenizer.from_pretrained(model), AutoModel.from_pretrained(model).eval()
    with torch.inference_mode():
        inputs = tokenizer(list(words), is_split_into_words=True, return_tensors="pt")
        states = encoder(**inputs, output_hidden_states=True).hidden_states
    return [layer[0, 1:-1].numpy() for layer in states]


def _similarity(source: NDArray[np.float32], target: NDArray[np.float32]) -> NDArray[np.float64]:
    a, b = (x / np.linalg.norm(x, axis=1, keepdims=True) for x in (source, target))
    return (a @ b.T + 1) / 2


def test_a_layer_and_a_mean_of_layers(bert: str) -> None:
    source, target = _plain(bert, PAIR.source.words), _plain(bert, PAIR.target.words)
    for layers in ((0,), (1,), (2,), (1, 2), (0, 2)):
        means = [np.mean([side[layer] for layer in layers], axis=0) for side in (source, target)]
        np.testing.assert_allclose(_values(bert, layer=layers), _similarity(*means), atol=1e-5)


@pytest.mark.parametrize(
    ("text", "layers"),
    [("7", (7,)), (7, (7,)), ("6-8", (6, 7, 8)), ("6, 8", (6, 8)), ("0,5-6", (0, 5, 6)), ("", ())],
)
def test_layers_are_written_in_many_ways(text: str | int, layers: tuple[int, ...]) -> None:
    assert PretrainedEncoderConfig(model="x", layer=text).layer == layers
    assert parse_layers(layers) == layers


@pytest.mark.parametrize("text", ["six", "-1", "3-", "1.5"])
def test_layers_that_are_none(text: str) -> None:
    with pytest.raises(ConfigError, match="layer"):
        Choice(name="encoder:x", options={"layer": text}).build("aligner")


def test_without_a_layer_it_is_two_thirds_of_the_way_up(bert: str) -> None:
    assert Encoder(bert).layers == (1,)
    np.testing.assert_array_equal(_values(bert), _values(bert, layer=1))


def test_a_layer_that_is_not_there(bert: str) -> None:
    with pytest.raises(ConfigError, match="2 layers, not 3") as raised:
        _aligner(bert, layer=3).load()
    assert raised.value.hint == "Choose 0 to 2"


def test_pooled_words_have_one_row_each(bert: str) -> None:
    for pooling in ("mean", "max", "first"):
        assert _values(bert, pooling=pooling).shape == (4, 4)
    assert _values(bert).shape == (14, 12)  # letters


def test_centring_changes_similarities(bert: str) -> None:
    centred = _values(bert, centring=1)
    source, target = (_plain(bert, side.words)[1] for side in (PAIR.source, PAIR.target))
    np.testing.assert_allclose(
        centred, _similarity(source - source.mean(axis=0), target - target.mean(axis=0)), atol=1e-5
    )


@pytest.mark.parametrize(
    ("save", "codes"), [(tiny_seq2seq.nllb, ("eng_Latn", "deu_Latn")), (tiny_seq2seq.m2m100, ("en", "de"))]
)
def test_of_a_translation_model_the_encoder_is_taken_and_told_the_language(
    tmp_path: Path, save: Callable[[Path], Path], codes: tuple[str, str]
) -> None:
    from transformers import AutoModel, AutoTokenizer

    folder = str(save(tmp_path / "model"))
    (found,) = _aligner(folder, layer=1).compare([PAIR])
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    for embeddings, sentence, code in zip(
        (found.source, found.target), (PAIR.source, PAIR.target), codes, strict=True
    ):
        tokenizer.src_lang = code
        inputs = tokenizer(" ".join(sentence.words), return_tensors="pt")
        with torch.inference_mode():
            states = model.get_encoder()(**inputs).last_hidden_state[0]
        assert inputs["input_ids"][0, 0] == tokenizer.convert_tokens_to_ids(
            getattr(tokenizer, "lang_code_to_token", {}).get(code, code)
        )
        expected = torch.nn.functional.normalize(states[1:-1], dim=-1).numpy()
        np.testing.assert_allclose(embeddings.vectors, expected, atol=1e-5)
        assert set(embeddings.words.tolist()) == {0, 1, 2, 3}


def test_a_language_that_the_translation_model_does_not_know(tmp_path: Path) -> None:
    aligner = _aligner(str(tiny_seq2seq.nllb(tmp_path / "model")))
    pair = SentencePair("a", PAIR.source, Sentence(("x",), "und"))
    with pytest.raises(ConfigError, match="does not know the language 'und'"):
        list(aligner.compare([pair]))


def test_the_same_words_in_another_language_are_another_sentence_to_a_translation_model(
    tmp_path: Path,
) -> None:
    aligner = _aligner(str(tiny_seq2seq.nllb(tmp_path / "model")), layer=1)
    pair = SentencePair("a", Sentence(("Ada", "in"), "en"), Sentence(("Ada", "in"), "de"))
    (found,) = aligner.compare([pair])
    assert not np.allclose(found.source.vectors, found.target.vectors, atol=1e-4)


def test_a_sentence_is_encoded_once(bert: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[Sentence] = []
    real = Encoder.hidden_states

    def counted(self: Encoder, sentences: Sequence[Sentence]) -> object:
        encoded.extend(sentences)
        return real(self, sentences)

    monkeypatch.setattr(Encoder, "hidden_states", counted)
    EMBEDDINGS.clear()
    first = _values(bert)
    for options in ({}, {"pooling": "mean"}, {"centring": 0.5}):  # another aligner each
        _values(bert, **options)
    assert [sentence.words for sentence in encoded] == [PAIR.source.words, PAIR.target.words]
    np.testing.assert_array_equal(_values(bert), first)
    _values(bert, layer=2)
    assert len(encoded) == 4


def test_a_model_that_was_trained_anew_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    from transformers import AutoModel

    folder = tiny.save_tagger(tmp_path / "model")
    before = _values(folder, layer=2)
    model = AutoModel.from_pretrained(folder)
    with torch.no_grad():
        model.embeddings.word_embeddings.weight.mul_(-1).add_(0.3)
    model.save_pretrained(folder)
    assert not np.allclose(_values(folder, layer=2), before, atol=1e-3)


def test_it_names_its_model_and_asks_for_one(bert: str) -> None:
    aligner = _aligner(bert)
    assert aligner.model_id == bert
    aligner.load()
    assert aligner.model_id == f"{bert} in float32"
    with pytest.raises(ConfigError, match="needs a model") as raised:
        Choice(name="encoder").build("aligner").load()
    assert "encoder:MODEL" in str(raised.value.hint)


def test_a_model_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelUnavailableError, match="not on this machine") as raised:
        _aligner("nobody/nothing").load()
    assert "hf download nobody/nothing" in str(raised.value.hint)
    assert "e5-small, which is always there" in str(raised.value.hint)
    with pytest.raises(ModelUnavailableError, match="holds no encoder"):
        _aligner(str(tmp_path)).load()
