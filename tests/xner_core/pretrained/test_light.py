"""A plain BERT's outline read without transformers: the same subwords, limits and numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import tiny
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.encoder import ENCODER
from xner_core.corpora import load
from xner_core.pretrained import load_outline, load_tokenizer
from xner_core.pretrained.light import LightTokenizer, light_outline
from xner_core.pretrained.subwords import cut, special_tokens

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def both() -> tuple[LightTokenizer, object]:
    folder = str(embedded_model())
    found = light_outline(folder)
    assert found is not None
    return found[0], load_tokenizer(folder, ENCODER)


def same(both: tuple[LightTokenizer, object], sentences: list[list[str]]) -> None:
    light, heavy = (cut(each, sentences) for each in both)
    assert [each.ids for each in light] == [each.ids for each in heavy]
    assert [each.words.tolist() for each in light] == [each.words.tolist() for each in heavy]


def test_the_demonstration_is_cut_as_transformers_does(both: tuple[LightTokenizer, object]) -> None:
    pairs = load("demo").pairs
    same(both, [list(each.words) for pair in pairs for each in (pair.source, pair.target)])
    same(both, [])


@settings(max_examples=60)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=3))
def test_any_words_are_cut_as_transformers_does(
    both: tuple[LightTokenizer, object], sentences: list[list[str]]
) -> None:
    same(both, sentences)


def test_limits_and_special_tokens_are_the_same(both: tuple[LightTokenizer, object]) -> None:
    light, heavy = both
    assert special_tokens(light) == special_tokens(heavy)
    for name in ("model_max_length", "pad_token_id", "is_fast"):
        assert getattr(light, name) == getattr(heavy, name)


def test_what_is_no_plain_bert_is_left_to_transformers(tmp_path: Path) -> None:
    assert light_outline("some/model") is None
    assert light_outline(str(tmp_path)) is None
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    assert light_outline(str(tmp_path)) is None
    tagger = tiny.save_tagger(tmp_path / "tagger")
    _, outline = load_outline(str(tagger), ENCODER)
    assert outline.config.model_type


def test_a_rounded_encoder_needs_neither_transformers_nor_torch() -> None:
    embedded_model()
    code = (
        "import sys; from xner_core.config import PipelineConfig; "
        "PipelineConfig().aligner.build('aligner').load(); "
        "print(sorted({'torch', 'transformers'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    subprocess.run(command, check=True, capture_output=True)  # rounds where nobody has before
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
