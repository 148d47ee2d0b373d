"""F1 of a pipeline on a corpus: what is reported, and that its parts agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.demo import write_demo
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import CorpusError
from xner_core.evaluation import score_entities
from xner_core.pipeline import Pipeline
from xner_core.runs.evaluate import PROJECTORS, compare_projectors, evaluate

pytestmark = pytest.mark.xdist_group("demo")
LANGUAGES = ("de", "sw", "zh")
FIGURES = {"f1", "precision", "recall", "support", "candidate_recall", "per_label"}


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_demo(tmp_path_factory.mktemp("corpus") / "mixed.jsonl", LANGUAGES, each=6)


@pytest.fixture(scope="module")
def report(spec: str) -> dict[str, Any]:
    return evaluate(spec)


@pytest.fixture(scope="module")
def comparison(spec: str) -> dict[str, Any]:
    return compare_projectors(spec)


def test_the_report_has_exactly_the_documented_keys(report: dict[str, Any]) -> None:
    assert report.keys() == FIGURES | {
        "n_sentences", "per_language", "mode", "seconds", "provenance", "notices"
    }  # fmt: skip
    stages = {"translation", "ner", "alignment", "projection"}
    assert report["seconds"].keys() == {"load", *stages, "evaluation", "total"}
    assert report["provenance"].keys() == {
        "xner_inspector", "python", "packages", "components", "models", "corpus", "mode", "seed", "time"
    }  # fmt: skip


def test_the_figures_are_those_of_the_projected_entities(report: dict[str, Any], spec: str) -> None:
    pairs = load(spec).pairs
    predicted = [result.projection.target_entities for result in Pipeline().run(pairs)]
    gold = [pair.target.entities or () for pair in pairs]
    expected = score_entities(gold, predicted, [len(pair.target.words) for pair in pairs])
    assert (report["f1"], report["support"]) == (expected.f1, expected.support)
    assert report["n_sentences"] == len(pairs) == 18


def test_languages_and_labels_add_up_to_the_whole(report: dict[str, Any]) -> None:
    rows = report["per_language"]
    assert list(rows) == list(LANGUAGES)
    assert all(row.keys() == FIGURES | {"n_sentences"} for row in rows.values())
    assert [row["n_sentences"] for row in rows.values()] == [6, 6, 6]
    assert sum(row["support"] for row in rows.values()) == report["support"]
    assert sum(row["support"] for row in report["per_label"].values()) == report["support"]
    right = sum(row["recall"] * row["support"] for row in rows.values())
    assert right == pytest.approx(report["recall"] * report["support"])


def test_candidate_recall_counts_the_gold_entities_that_are_candidates(spec: str) -> None:
    # With all single words as candidates: the share of the entities that have one word.
    words = PipelineConfig(candidates=Choice(name="ngrams", options={"max_words": 1}))
    pairs = load(spec).pairs

    def share(lang: str, label: str) -> float:
        short = [
            len(entity.span) == 1
            for pair in pairs
            for entity in pair.target.entities or ()
            if lang in ("", pair.target.lang) and label in ("", entity.label)
        ]
        return sum(short) / max(len(short), 1)

    found = evaluate(spec, words)
    for lang, row in [("", found), *found["per_language"].items()]:
        for label, figures in [("", row), *row["per_label"].items()]:
            assert figures["candidate_recall"] == pytest.approx(share(lang, label))
            assert figures["recall"] <= figures["candidate_recall"]
    assert 0 < found["candidate_recall"] < 1
    people = evaluate(spec, words, labels=["PER"])
    assert people["candidate_recall"] == share("", "PER") != found["candidate_recall"]
    assert people["per_language"]["sw"]["candidate_recall"] == share("sw", "PER")


def test_the_stages_take_no_longer_than_the_whole(report: dict[str, Any]) -> None:
    seconds = dict(report["seconds"])
    total = seconds.pop("total")
    assert all(value >= 0 for value in seconds.values())
    assert seconds["alignment"] > 0
    assert sum(seconds.values()) <= total + 0.01


def test_provenance_tells_what_the_figures_were_made_with(report: dict[str, Any], spec: str) -> None:
    provenance = report["provenance"]
    assert provenance["corpus"] == {"spec": spec, "fingerprint": load(spec).fingerprint}
    assert provenance["components"]["aligner"] == {
        "name": "e5-small",
        "options": {"layer": (7,), "pooling": "none", "centring": 0.0, "precision": "auto"},
    }
    assert provenance["components"].keys() == PipelineConfig.model_fields.keys()
    assert re.search(
        "multilingual-e5-small .* in (int8|bfloat16|float32)$", provenance["models"]["aligner"][0]
    )
    assert provenance["models"]["ner"] == []  # the corpus has source tags
    assert provenance["models"]["target_ner"] == []
    assert provenance["mode"] == report["mode"]
    assert all(provenance["packages"].values())


def test_limit_takes_the_first_pairs(report: dict[str, Any], spec: str) -> None:
    told: list[tuple[str, int, int]] = []
    limited = evaluate(spec, limit=7, progress=lambda *step: told.append(step))
    assert told[-1] == ("projection", 7, 7)
    assert limited["n_sentences"] == 7
    assert [row["n_sentences"] for row in limited["per_language"].values()] == [6, 1]
    assert limited["per_language"]["de"] == report["per_language"]["de"]


def test_labels_restrict_every_figure(report: dict[str, Any], spec: str) -> None:
    people = evaluate(spec, labels=["PER"])
    assert people["per_label"] == {"PER": report["per_label"]["PER"]}
    assert people["f1"] == report["per_label"]["PER"]["f1"]
    assert all(row["per_label"].keys() <= {"PER"} for row in people["per_language"].values())


def test_a_label_that_nothing_has_is_reported(spec: str) -> None:
    misspelt = evaluate(spec, labels=["PERSON", "LOC"], limit=3)
    assert misspelt["notices"][-1] == "No entity has the label PERSON; there are DATE, LOC, PER"


def test_a_corpus_without_gold_target_entities_says_so_before_any_work(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "plain.jsonl", without=["target_tags"])
    for run in (evaluate, compare_projectors):
        with pytest.raises(CorpusError, match="no gold target tags") as error:
            run(spec)
        assert str(tmp_path / "plain.jsonl") in str(error.value)
        assert "xner project" in str(error.value)


def test_the_comparison_has_a_row_for_every_language_and_projector(comparison: dict[str, Any]) -> None:
    assert comparison.keys() == {"n_sentences", "rows", "notices", "provenance"}
    rows = comparison["rows"]
    assert {(row["lang"], row["projector"]) for row in rows} == {
        (lang, name) for lang in LANGUAGES for name in PROJECTORS
    }
    assert len(rows) == len(LANGUAGES) * len(PROJECTORS)
    assert all(row.keys() == FIGURES | {"lang", "projector", "n_sentences"} for row in rows)


def test_the_comparison_s_figures_are_those_of_each_projector_alone(
    comparison: dict[str, Any], report: dict[str, Any], spec: str
) -> None:
    alone = {
        "ilp": report,
        "heuristic": evaluate(spec, PipelineConfig(projector=Choice(name="heuristic"))),
    }
    for row in comparison["rows"]:
        if row["projector"] in alone:
            expected = alone[row["projector"]]["per_language"][row["lang"]]
            assert {key: row[key] for key in expected} == expected
