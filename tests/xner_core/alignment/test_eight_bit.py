"""Encoders in 8-bit integers against the same ones in float32, and when they are chosen."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from tests import tiny
from xner_core.alignment import eight_bit
from xner_core.alignment.eight_bit import RoundedEncoder, can_be_rounded, rounded_model
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.encoder import Encoder
from xner_core.corpora import load
from xner_core.errors import ConfigError
from xner_core.types import Sentence

SENTENCES = [sentence for pair in load("demo").pairs[:6] for sentence in (pair.source, pair.target)]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


@pytest.mark.parametrize("kind", ["bert", "roberta"])
@pytest.mark.parametrize("layer", [1, 2])
def test_a_small_model_says_nearly_the_same(tmp_path: Path, cache: Path, kind: str, layer: int) -> None:
    folder = tiny.save_tagger(tmp_path / "model", kind=kind)
    sentences = [Sentence(("ada", "lives", "in", "rome", "."), "en"), Sentence(("x",) * 50, "en")]
    exact = Encoder(folder, (layer,), "float32").hidden_states(sentences)
    rounded = Encoder(folder, (layer,), "int8").hidden_states(sentences)
    for a, b in zip(exact, rounded, strict=True):
        assert a.values.shape == b.values.shape
        np.testing.assert_array_equal(a.words, b.words)
        cosine = (a.values * b.values).sum(-1)
        cosine /= np.linalg.norm(a.values, axis=-1) * np.linalg.norm(b.values, axis=-1)
        assert cosine.mean() > 0.97
        assert cosine.min() > 0.8


def test_the_embedded_model_says_nearly_the_same() -> None:
    exact = Encoder(str(embedded_model()), (7,), "float32").hidden_states(SENTENCES)
    rounded = Encoder(str(embedded_model()), (7,), "int8").hidden_states(SENTENCES)
    for a, b in zip(exact, rounded, strict=True):
        cosine = (a.values * b.values).sum(-1)
        cosine /= np.linalg.norm(a.values, axis=-1) * np.linalg.norm(b.values, axis=-1)
        assert cosine.mean() > 0.997
        assert cosine.min() > 0.98


@pytest.mark.skipif(torch.cuda.is_available(), reason="a GPU computes in bfloat16")
def test_it_is_chosen_where_it_can_be(tmp_path: Path, cache: Path) -> None:
    folder = tiny.save_tagger(tmp_path / "model")
    assert Encoder(folder, (1,)).precision == "int8"
    for layers in ((0,), (0, 1), (1, 2), "all"):
        assert Encoder(folder, layers).precision != "int8"
        with pytest.raises(ConfigError, match="cannot be computed in int8") as raised:
            Encoder(folder, layers, "int8")
        assert "one layer above 0" in str(raised.value.hint)


def test_without_ctranslate2_it_is_not_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eight_bit, "find_spec", lambda name: None)
    assert Encoder(tiny.save_tagger(tmp_path), (1,)).precision != "int8"


def test_a_model_is_rounded_once_and_anew_when_it_changes(tmp_path: Path, cache: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    folder = tiny.save_tagger(tmp_path / "model")
    model, tokenizer = AutoModel.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    assert can_be_rounded(model)
    first = rounded_model(lambda: model, lambda: tokenizer, ("a", 1))
    written = first.stat().st_mtime_ns
    assert rounded_model(lambda: model, lambda: tokenizer, ("a", 1)) == first
    assert first.stat().st_mtime_ns == written
    assert rounded_model(lambda: model, lambda: tokenizer, ("a", 2)) != first
    assert not list(cache.glob("*.tmp-*"))


def test_a_folder_is_rounded_once_whatever_path_leads_to_it(tmp_path: Path, cache: Path) -> None:
    folder = Path(tiny.save_tagger(tmp_path / "model"))
    (tmp_path / "link").symlink_to(folder)
    for path in (folder, tmp_path / "link", folder.parent / "." / "link" / ".." / "model"):
        Encoder(str(path), (1,), "int8")
    assert len([each for each in cache.iterdir() if each.is_dir()]) == 1
    (weights,) = folder.glob("*.safetensors")
    os.utime(weights, (1, 1))  # trained anew
    Encoder(str(folder), (1,), "int8")
    assert len([each for each in cache.iterdir() if each.is_dir()]) == 2


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path, cache: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    folder = tiny.save_tagger(tmp_path / "model")
    model, tokenizer = AutoModel.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    whole = rounded_model(lambda: model, lambda: tokenizer, "a")
    half = whole.with_name(f"{whole.name}.tmp-abc")
    whole.rename(half)
    (half / "model.bin").unlink()
    assert rounded_model(lambda: model, lambda: tokenizer, "a") == whole
    assert (whole / "model.bin").exists()
    assert not half.exists()


def test_batches_come_back_in_order_whatever_their_length(tmp_path: Path, cache: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    folder = tiny.save_tagger(tmp_path / "model")
    model, tokenizer = AutoModel.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    encoder = RoundedEncoder(rounded_model(lambda: model, lambda: tokenizer, "a"))
    batches = [[[2, *range(5, 5 + n), 3]] * (1 + n % 3) for n in (20, 1, 7, 2, 12)]
    found = list(encoder.encode(batches))
    assert [len(each) for each in found] == [len(batch) for batch in batches]
    for batch, values in zip(batches, found, strict=True):
        assert all(states.shape == (len(ids), 1, 16) for ids, states in zip(batch, values, strict=True))
        (alone,) = encoder.encode([batch[:1]])
        np.testing.assert_allclose(alone[0], values[0], atol=1e-4)


def test_the_rest_of_the_process_keeps_its_threads(tmp_path: Path, cache: Path) -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        encoder = Encoder(tiny.save_tagger(tmp_path / "model"), (1,), "int8")
        encoder.hidden_states([Sentence(("ada",), "en")])
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
