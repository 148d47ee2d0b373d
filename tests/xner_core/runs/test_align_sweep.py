"""A sweep gives, for each combination, what the commands for one combination give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.demo import write_demo
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.registry import COMPONENTS
from xner_core.runs.align_score import align_score, gold_corpus
from xner_core.runs.align_sweep import align_sweep, best_of, layers_of
from xner_core.runs.evaluate import evaluate
from xner_core.types import Corpus

pytestmark = pytest.mark.xdist_group("demo")
FLOAT32 = {"precision": "float32"}  # in bfloat16 the links of a sentence depend a little on its neighbours
CONFIG = PipelineConfig(
    aligner=Choice(name="e5-small", options={**FLOAT32, "layer": "7"}), extraction=Choice(name="itermax")
)
EXTRACTIONS = ("argmax", "softmax", "itermax")


def config_of(row: dict[str, Any]) -> PipelineConfig:
    """The pipeline that has the layer and the extraction of a row."""
    aligner = Choice(name="e5-small", options={**FLOAT32, "layer": str(row["layer"])})
    return PipelineConfig(aligner=aligner, extraction=Choice(name=row["extraction"]))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Pairs and gold links of the demonstration, counted from 1."""
    folder = tmp_path_factory.mktemp("gold")
    pairs, gold = folder / "demo.src-tgt", folder / "demo.gold"
    lines, links = [], []
    for pair in load("demo:de").pairs[:8]:
        lines.append(f"{' '.join(pair.source.words)} ||| {' '.join(pair.target.words)}\n")
        right = pair.gold_alignment
        assert right is not None
        written = [f"{i + 1}-{j + 1}" for i, j in right.sure] + [
            f"{i + 1}p{j + 1}" for i, j in right.possible
        ]
        links.append(" ".join(written) + "\n")
    pairs.write_text("".join(lines), encoding="utf-8")
    gold.write_text("".join(links), encoding="utf-8")
    return pairs, gold


@pytest.fixture(scope="module")
def links_corpus(files: tuple[Path, Path]) -> Corpus:
    return gold_corpus(*files, index_base=1)


@pytest.fixture(scope="module")
def aer(links_corpus: Corpus) -> dict[str, Any]:
    return align_sweep(links_corpus, CONFIG, layers="5-7", extractions=EXTRACTIONS)


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_demo(tmp_path_factory.mktemp("corpus") / "mixed.jsonl", ["de", "sw"], each=5)


@pytest.fixture(scope="module")
def f1(spec: str) -> dict[str, Any]:
    return align_sweep(load(spec), CONFIG, measure="f1", layers="4,7", extractions=EXTRACTIONS[:2])


def test_there_is_a_row_for_each_layer_and_extraction(aer: dict[str, Any]) -> None:
    cells = [(row["layer"], row["extraction"]) for row in aer["rows"]]
    assert cells == [(layer, name) for layer in (5, 6, 7) for name in EXTRACTIONS]
    assert (aer["layers"], aer["extractions"]) == ([5, 6, 7], list(EXTRACTIONS))
    assert (aer["measure"], aer["n_pairs"]) == ("aer", 8)


def test_aer_is_that_of_align_score(aer: dict[str, Any], files: tuple[Path, Path]) -> None:
    some = aer["rows"][::4]
    assert {row["layer"] for row in some} == {5, 6, 7}
    assert {row["extraction"] for row in some} == set(EXTRACTIONS)
    for row in some:
        alone = align_score(*files, index_base=1, config=config_of(row))
        figures = {key: alone[key] for key in ("aer", "precision", "recall", "f1", "links")}
        assert row == {"layer": row["layer"], "extraction": row["extraction"], **figures}
    assert len({row["aer"] for row in aer["rows"]}) > 4  # or equal figures would prove little


def test_f1_is_that_of_evaluate(f1: dict[str, Any], spec: str) -> None:
    for row in f1["rows"]:
        alone = evaluate(spec, config_of(row))
        figures = {key: alone[key] for key in ("f1", "precision", "recall", "support")}
        assert row == {"layer": row["layer"], "extraction": row["extraction"], **figures}
    assert len({row["f1"] for row in f1["rows"]}) > 1


def test_the_other_stages_are_those_of_the_config(spec: str) -> None:
    words = {"candidates": Choice(name="ngrams", options={"max_words": 1})}
    config = CONFIG.model_copy(update=words)
    [row] = align_sweep(load(spec), config, measure="f1", layers="7", extractions=["argmax"])["rows"]
    own = config_of(row)
    assert row["f1"] == evaluate(spec, own.model_copy(update=words))["f1"] < evaluate(spec, own)["f1"]


def test_the_best_and_the_default_are_named(aer: dict[str, Any], f1: dict[str, Any]) -> None:
    assert aer["best"]["aer"] == min(row["aer"] for row in aer["rows"])
    assert f1["best"]["f1"] == max(row["f1"] for row in f1["rows"])
    assert (aer["default"]["layer"], aer["default"]["extraction"]) == (7, "itermax")
    assert aer["default"] in aer["rows"]
    assert f1["default"] is None  # itermax was not among its extractions


def test_the_default_is_the_configs_own_combination(links_corpus: Corpus) -> None:
    own = PipelineConfig(
        aligner=Choice(name="e5-small", options={**FLOAT32, "layer": "6"}), extraction=Choice(name="argmax")
    )
    default = align_sweep(links_corpus, own, layers="6,7", extractions=["argmax"], limit=1)["default"]
    assert (default["layer"], default["extraction"]) == (6, "argmax")
    tuned = own.model_copy(update={"extraction": Choice(name="argmax", options={"distortion": 0.5})})
    assert align_sweep(links_corpus, tuned, layers="6", extractions=["argmax"], limit=1)["default"] is None


def test_all_layers_and_all_extractions_by_default(links_corpus: Corpus) -> None:
    told: list[tuple[str, int, int]] = []
    found = align_sweep(links_corpus, limit=2, progress=lambda *step: told.append(step))
    assert found["layers"] == list(range(13))
    assert found["extractions"] == list(COMPONENTS["extraction"])
    assert len(found["rows"]) == 13 * len(COMPONENTS["extraction"])
    assert told == [("sweep", 1, 2), ("sweep", 2, 2)]
    assert found["n_pairs"] == 2


def test_it_is_plain_json_with_its_provenance(aer: dict[str, Any], f1: dict[str, Any]) -> None:
    for found in (aer, f1):
        json.dumps(found, allow_nan=False)
    assert aer["provenance"]["components"].keys() == {"aligner"}
    assert "extraction" not in f1["provenance"]["components"]
    assert f1["provenance"]["components"].keys() >= {"ner", "aligner", "candidates", "scorer", "projector"}
    assert aer["provenance"]["mode"].startswith("AER")
    assert f1["provenance"]["mode"].startswith("strict")
    assert "e5-small" in aer["provenance"]["models"]["aligner"][0]
    assert aer["seconds"].keys() == {"load", "sweep", "evaluation", "total"}


def test_notices_of_the_corpus_and_the_combination_are_passed_on(spec: str) -> None:
    config = CONFIG.model_copy(update={"scorer": Choice(name="name")})
    found = align_sweep(load(spec), config, measure="f1", layers="7", extractions=["argmax"], limit=1)
    assert any("the score name" in notice for notice in found["notices"])


@pytest.mark.parametrize(
    ("rows", "default", "best"),
    [
        ([0.3, 0.1, 0.2], None, 1),
        ([0.3, 0.1, 0.1], None, 1),
        ([0.3, 0.1, 0.1], 2, 2),
        ([0.1, 0.3, 0.1], 1, 0),
    ],
)
def test_among_equals_the_default_then_the_first_is_best(
    rows: list[float], default: int | None, best: int
) -> None:
    low = [{"aer": value} for value in rows]
    high = [{"f1": 1 - value} for value in rows]
    assert best_of(low, "aer", None if default is None else low[default]) is low[best]
    assert best_of(high, "f1", None if default is None else high[default]) is high[best]


@pytest.mark.parametrize(
    ("text", "layers"), [("7", (7,)), ("6,8", (6, 8)), ("0-3", (0, 1, 2, 3)), (" 3 , 1-3", (3, 1, 2))]
)
def test_layers_are_read(text: str, layers: tuple[int, ...]) -> None:
    assert layers_of(text) == layers


@pytest.mark.parametrize("text", ["", "x", "-1", "5-3", "1.5", "0-99999999999", "10000"])
def test_what_names_no_layers_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"names no layers. Write 7, 6,8 or 0-12"):
        layers_of(text)


@pytest.mark.parametrize("name", ["links:x.txt", "simalign:bert"])
def test_an_aligner_without_layers_is_refused(links_corpus: Corpus, name: str) -> None:
    with pytest.raises(ConfigError, match=r"has no layers to choose from. Choose e5-small or encoder:MODEL"):
        align_sweep(links_corpus, PipelineConfig(aligner=Choice(name=name)))


def test_a_layer_or_an_extraction_that_does_not_exist(links_corpus: Corpus) -> None:
    with pytest.raises(ConfigError, match="12 layers, not 13"):
        align_sweep(links_corpus, layers="12-13")
    with pytest.raises(ConfigError, match="no extraction called 'magic'"):
        align_sweep(links_corpus, extractions=["magic"])


def test_a_corpus_without_what_is_measured(links_corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no gold target tags"):
        align_sweep(links_corpus, measure="f1")
    plain = load(write_demo(tmp_path / "plain.jsonl", without=["alignment"]))
    with pytest.raises(CorpusError, match=r"no gold links.* F1 of the projection"):
        align_sweep(plain)
