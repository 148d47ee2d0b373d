"""Codes of translation models for the languages of a corpus."""

from __future__ import annotations

import pytest

from xner_core.corpora.demo import demo_languages
from xner_core.languages import is_language
from xner_core.pretrained.language_codes import closest_code


def nllb() -> tuple[str, ...]:
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    return tuple(FAIRSEQ_LANGUAGE_CODES)


def m2m100() -> tuple[str, ...]:
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    return tuple(FAIRSEQ_LANGUAGE_CODES["m2m100"])


def mbart50() -> tuple[str, ...]:
    from transformers.models.mbart50.tokenization_mbart50 import FAIRSEQ_LANGUAGE_CODES

    return tuple(FAIRSEQ_LANGUAGE_CODES)


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("en", "eng_Latn"),
        ("eng", "eng_Latn"),
        ("en-GB", "eng_Latn"),
        ("de", "deu_Latn"),
        ("sw", "swh_Latn"),
        ("zh", "zho_Hans"),
        ("zh-Hant", "zho_Hant"),
        ("zh-TW", "zho_Hant"),
        ("yue", "yue_Hant"),
        ("ar", "arb_Arab"),
        ("arz", "arz_Arab"),
        ("fa", "pes_Arab"),
        ("no", "nob_Latn"),
        ("nb", "nob_Latn"),
        ("nn", "nno_Latn"),
        ("twi", "twi_Latn"),
        ("tw", "twi_Latn"),
        ("ak", "aka_Latn"),
        ("lug", "lug_Latn"),
        ("ewe", "ewe_Latn"),
        ("ku", "kmr_Latn"),
        ("ckb", "ckb_Arab"),
        ("sr", "srp_Cyrl"),
        ("sr-Latn", "srp_Cyrl"),  # the only Serbian there is
    ],
)
def test_nllb(lang: str, code: str) -> None:
    assert closest_code(lang, nllb()) == code


@pytest.mark.parametrize(
    ("lang", "code"),
    [("en", "en"), ("swa", "sw"), ("lug", "lg"), ("nb", "no"), ("zh-TW", "zh"), ("iw", "he"), ("fil", "tl")],
)
def test_m2m100(lang: str, code: str) -> None:
    assert closest_code(lang, m2m100()) == code


@pytest.mark.parametrize(
    ("lang", "code"), [("en", "en_XX"), ("de", "de_DE"), ("zh", "zh_CN"), ("pt", "pt_XX")]
)
def test_mbart50(lang: str, code: str) -> None:
    assert closest_code(lang, mbart50()) == code


@pytest.mark.parametrize("lang", ["und", "twi", "ewe", "no such", ""])
def test_languages_that_a_model_does_not_know(lang: str) -> None:
    assert closest_code(lang, m2m100()) is None


def test_nllb_knows_every_language_of_the_demonstration() -> None:
    codes = [closest_code(lang, nllb()) for lang in demo_languages()]
    assert None not in codes
    assert len(set(codes)) == len(codes)


def test_each_of_a_model_s_own_codes_leads_to_itself() -> None:
    for codes in (nllb(), mbart50(), m2m100()):
        known = [code for code in codes if is_language(code.replace("_", "-"))]
        assert len(known) > 45
        assert [closest_code(code.replace("_", "-"), codes) for code in known] == known
