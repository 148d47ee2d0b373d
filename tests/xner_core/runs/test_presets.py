"""Presets of the published experiments: they are there, can be built, and say what was published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xner_core.config import PipelineConfig
from xner_core.corpora.hub_names import language_of
from xner_core.corpora.hub_names import parse_name as parse_hub_name
from xner_core.corpora.spec import parse_spec
from xner_core.errors import ConfigError
from xner_core.pretrained.language_codes import closest_code
from xner_core.runs.config import RunConfig, read_config, to_yaml
from xner_core.runs.presets import (
    DATASETS,
    Models,
    PresetName,
    languages,
    named_config,
    parse_name,
    preset,
    presets,
)

TAGGER = "transformers:somewhere"
XTREME_CODES = (
    "afr_Latn arb_Arab bul_Cyrl ben_Beng deu_Latn ell_Grek spa_Latn est_Latn eus_Latn pes_Arab fin_Latn "
    "fra_Latn heb_Hebr hin_Deva hun_Latn ind_Latn ita_Latn jpn_Jpan jav_Latn kat_Geor kaz_Cyrl kor_Hang "
    "mal_Mlym mar_Deva zsm_Latn mya_Mymr nld_Latn por_Latn rus_Cyrl swh_Latn tam_Taml tel_Telu tha_Thai "
    "tgl_Latn tur_Latn urd_Arab vie_Latn yor_Latn zho_Hans"
)
"""The codes that the published translations were made with, in the order of our languages."""


def every(models: Models) -> list[tuple[PresetName, RunConfig]]:
    ner = TAGGER if models == "embedded" else None
    return [(name, preset(name, ner=ner)) for name in presets(models)]


def named(config: RunConfig) -> dict[str, str]:
    return {kind: choice["name"] for kind, choice in config.pipeline.model_dump().items()}


@pytest.mark.parametrize(("models", "n"), [("published", 60 * 13), ("embedded", 60 * 7)])
def test_every_preset_can_be_built(models: Models, n: int) -> None:
    configs = every(models)
    assert len({str(name) for name, _ in configs}) == len(configs) == n
    choices = {
        (kind, json.dumps(choice, sort_keys=True)): getattr(config.pipeline, kind)
        for _, config in configs
        for kind, choice in config.pipeline.model_dump().items()
    }
    for (kind, _), choice in choices.items():
        choice.build(kind)
    assert {kind for kind, _ in choices} == set(PipelineConfig.model_fields)


@pytest.mark.parametrize("models", ["published", "embedded"])
def test_every_preset_is_found_by_its_name(models: Models) -> None:
    for name in presets(models):
        assert parse_name(str(name)) == name
        assert str(name).endswith("@embedded") == (models == "embedded")


@pytest.mark.parametrize("models", ["published", "embedded"])
def test_every_preset_is_the_same_from_yaml(models: Models, tmp_path: Path) -> None:
    chosen = [row for row in every(models) if row[0].lang in ("lug", "ja", "es")]
    assert len({name.dataset for name, _ in chosen}) == 3
    for name, config in chosen:
        path = tmp_path / "preset.yaml"
        path.write_text(to_yaml(config), encoding="utf-8")
        assert read_config(path) == config, name


def test_every_corpus_is_one_that_the_hub_loader_knows() -> None:
    for dataset, known in DATASETS.items():
        for lang in languages(dataset):
            spec = parse_spec(
                preset(
                    PresetName(dataset, lang, parse_name(f"{dataset}/{lang}/model_transfer").method)
                ).corpus
            )
            assert spec.kind == "hub"
            name = parse_hub_name(spec.where, None, spec.text)
            assert lang in name.known.configs
            assert language_of(name) == lang
            assert (name.known.parallel is not None) == known.is_parallel


def test_translations_are_into_the_languages_that_were_published() -> None:
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    codes = tuple(FAIRSEQ_LANGUAGE_CODES)
    assert [closest_code(lang, codes) for lang in languages("xtreme")] == XTREME_CODES.split()
    for lang in languages("masakhaner2"):
        assert closest_code(lang, codes) == ("swh_Latn" if lang == "swa" else f"{lang}_Latn")


def test_the_models_are_the_published_ones() -> None:
    names = named(preset("masakhaner2/lug/backtrans_candidates-awesome-ner"))
    tagger = "transformers:FacebookAI/xlm-roberta-large-finetuned-conll03-english"
    assert names == {
        "translator": "transformers:facebook/nllb-200-3.3B",
        "ner": tagger,
        "refinement": "back-translation:transformers:ychenNLP/nllb-200-3.3B-easyproject",
        "aligner": "encoder:google-bert/bert-base-multilingual-cased",
        "extraction": "softmax",
        "target_ner": tagger,
        "candidates": "ner",
        "scorer": "alignment",
        "projector": "ilp",
    }


def test_options_are_the_published_ones() -> None:
    pipeline = preset("masakhaner2/lug/align_tgt-awesome").pipeline
    assert pipeline.ner.options == {"scheme": "IOB1"}  # the model's tags have no B-PER
    assert pipeline.refinement.options == {"markers": "brackets", "threshold": 0.5}
    projector = pipeline.projector.build("projector").config
    assert (projector.merge_distance, projector.only_i, projector.length_ratio) == (1, False, 0.8)
    assert projector.keep == 10  # as good as no limit
    exact = preset("masakhaner2/lug/candidates-awesome-ner").pipeline
    assert (exact.projector.options, exact.target_ner.options) == (
        {"relation": "<=", "n_proj": 1}, {"scheme": "IOB1"}
    )  # fmt: skip


def test_aligners_differ_in_how_links_are_chosen() -> None:
    awesome, simalign = (
        preset(f"xtreme/af/align_src-{aligner}").pipeline for aligner in ("awesome", "simalign")
    )
    assert awesome.aligner == simalign.aligner
    assert awesome.aligner.options == {"layer": 8}
    assert (awesome.extraction.name, awesome.extraction.options) == ("softmax", {"threshold": 0.001})
    assert simalign.extraction.name == "itermax"


def test_the_approach_decides_what_projects() -> None:
    for name, config in every("published"):
        pipeline, method = config.pipeline, name.method
        assert config.method == ("transfer" if method.is_transfer else "projection")
        if method.is_transfer:
            assert pipeline == PipelineConfig(ner=pipeline.ner)
            continue
        heuristic = method.approach.startswith("align")
        assert pipeline.projector.name == ("heuristic" if heuristic else "ilp")
        assert (pipeline.refinement.name != "none") == method.is_back_translated
        assert (pipeline.target_ner.name != "none") == (method.candidates == "ner")
        assert pipeline.candidates.name == (method.candidates or "aligned")


def test_source_entities_are_gold_and_nothing_is_translated_where_the_corpus_is_parallel() -> None:
    for name, config in every("published"):
        if not name.method.is_transfer:
            parallel = name.dataset == "europarl"
            assert (config.pipeline.ner.name == "gold") == parallel
            assert (config.pipeline.translator.name == "none") == parallel


def test_only_scored_labels_count() -> None:
    for name, config in every("published"):
        scored = {"PER", "ORG", "LOC"} | ({"MISC"} if name.dataset == "europarl" else set())
        assert set(config.labels or ()) == scored


@pytest.mark.parametrize(("lang", "longest"), [("ja", 30), ("th", 30), ("zh", 30), ("ko", 10), ("de", 10)])
def test_ngrams_are_longer_where_a_character_is_a_word(lang: str, longest: int) -> None:
    assert preset(f"xtreme/{lang}/candidates-simalign-ngrams").pipeline.candidates.options == {
        "max_words": longest
    }


def test_embedded_presets_name_no_model_of_the_hub() -> None:
    names = {choice for _, config in every("embedded") for choice in named(config).values()}
    assert names <= {
        "none", "auto", "apertium", "back-translation:apertium", "e5-small", "unbalanced", "aligned",
        "ngrams", "ner", "alignment", "heuristic", "ilp", TAGGER,
    }  # fmt: skip


def test_an_embedded_preset_that_tags_targets_needs_a_tagger() -> None:
    for method in ("candidates-ner", "backtrans_candidates-ner", "model_transfer"):
        with pytest.raises(ConfigError, match=r"no tagger.*--ner transformers:FOLDER"):
            preset(f"europarl/de/{method}@embedded")
    assert preset("europarl/de/model_transfer@embedded", ner=TAGGER).pipeline.ner.name == TAGGER
    config = preset("europarl/de/candidates-ner@embedded", ner=TAGGER)
    assert config.pipeline.target_ner.name == TAGGER
    assert config.pipeline.ner.name == "auto"


def test_a_tagger_may_take_the_published_ones_place() -> None:
    names = named(preset("xtreme/af/candidates-awesome-ner", ner="trained:mine"))
    assert (names["ner"], names["target_ner"]) == ("trained:mine", "trained:mine")


def test_a_corpus_may_take_the_hubs_place() -> None:
    assert preset("europarl/it/align_src-awesome").corpus == "hub:europarl-ner/it"
    own = preset("europarl/it/align_src-awesome", corpus="conll:en.txt,{lang}.txt?target_lang={lang}")
    assert own.corpus == "conll:en.txt,it.txt?target_lang=it"


def test_with_embedded_models_the_aligner_says_nothing() -> None:
    one, other = (preset(f"europarl/de/{m}", "embedded") for m in ("align_src", "align_src-awesome"))
    assert one == other
    assert one.name == "europarl/de/align_src@embedded"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("europarl/de", "'europarl/de' is not a preset's name"),
        ("europarl/de/align_src-awesome/x", "is not a preset's name"),
        ("conll/de/align_src-awesome", "no data set 'conll'.*masakhaner2, xtreme, europarl"),
        ("europarl/fr/align_src-awesome", "europarl has no language 'fr'.*de, es, it"),
        ("europarl/de/align_src", "does not say who aligns.*align_src-awesome, align_src-simalign, or add"),
        ("europarl/de/align", "no published method 'align'"),
        ("europarl/de/model_transfer@mine", "no 'mine' models.*published, embedded"),
    ],
)
def test_a_name_of_nothing_is_refused(name: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        preset(name)


def test_a_run_is_told_a_preset_or_a_file(tmp_path: Path) -> None:
    assert named_config("preset:xtreme/af/model_transfer") == preset("xtreme/af/model_transfer")
    path = tmp_path / "own.yaml"
    path.write_text("corpus: demo:de", encoding="utf-8")
    assert named_config(str(path)) == RunConfig(corpus="demo:de")
    with pytest.raises(ConfigError, match="no such file"):
        named_config("xtreme/af/model_transfer")
