"""The errors of whole runs."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.demo import write_demo
from tests.gold_links import gold_links
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.diagnosis import Diagnosed
from xner_core.errors import ConfigError
from xner_core.evaluation.spans import classify
from xner_core.runs import diagnose as module
from xner_core.runs.config import RunConfig
from xner_core.runs.diagnose import ERRORS, diagnose_run, error_of, error_row
from xner_core.runs.folder import Manifest, RunFolder
from xner_core.runs.jobs import DiagnosisJob
from xner_core.runs.rows import entities_of
from xner_core.runs.run import run
from xner_core.runs.stages import RememberingPipeline
from xner_core.types import Entity, SentencePair, Span

pytestmark = pytest.mark.usefixtures("own_cache")
Run = tuple[RunFolder, Manifest]


def done(config: RunConfig) -> Run:
    place = run(config)
    manifest = place.manifest()
    assert manifest is not None
    return place, manifest


@pytest.fixture
def config(tmp_path: Path) -> RunConfig:
    """Half of the gold links, so that something is wrong; no model is loaded."""
    spec = write_demo(tmp_path / "corpus.jsonl", ["de", "fr"], each=8)
    pipeline = gold_links(tmp_path / "links.txt")
    lines = (tmp_path / "links.txt").read_text(encoding="utf-8").splitlines()
    half = (f"{line.split(chr(9))[0]}\t{' '.join(line.split(chr(9))[1].split()[::2])}" for line in lines)
    (tmp_path / "half.txt").write_text("\n".join(half), encoding="utf-8")
    pipeline = pipeline.model_copy(update={"aligner": Choice(name=f"links:{tmp_path / 'half.txt'}")})
    return RunConfig(corpus=spec, name="half", pipeline=pipeline, batch_size=5)


def test_figures_and_rows_are_those_of_the_run(config: RunConfig, tmp_path: Path) -> None:
    place, manifest = done(config)
    told: list[tuple[str, int, int]] = []
    found = diagnose_run(
        place, manifest, tmp_path / "errors.parquet", lambda *progress: told.append(progress)
    )
    metrics = place.metrics()
    for lang, scores in metrics["per_language"].items():
        bars = found["per_language"][lang]["bars"]
        assert bars[0]["f1"] == pytest.approx(scores["f1"])
        assert found["per_language"][lang]["gold"] == scores["support"]
        assert sum(bar["difference"] for bar in bars) == pytest.approx(1)
    assert found["overall"]["bars"][0]["f1"] == pytest.approx(metrics["overall"]["f1"])
    assert (found["n_sentences"], found["n_scored"], found["labels"]) == (16, 16, None)
    assert told == [("diagnosis", 5, 16), ("diagnosis", 10, 16), ("diagnosis", 15, 16), ("diagnosis", 16, 16)]
    assert not any("otherwise" in notice for notice in found["notices"])

    rows = pq.read_table(tmp_path / "errors.parquet").to_pylist()
    assert len(rows) == found["n_errors"] > 0
    assert {row["stage"] for row in rows} >= {"alignment"}
    expected = []
    for row in pq.read_table(place.sentences).to_pylist():
        judged = classify(entities_of(row["gold_entities"]), entities_of(row["target_entities"]))
        expected += [
            (row["id"], one.kind, one.gold, one.predicted) for one in judged if one.kind != "correct"
        ]
    again = [(row["id"], *_entities(error_of(row))) for row in rows]
    assert again == expected


def _entities(error: Diagnosed) -> tuple[object, ...]:
    return error.kind, error.gold, error.predicted


def test_a_row_says_all_and_comes_back(config: RunConfig, tmp_path: Path) -> None:
    place, manifest = done(config)
    diagnose_run(place, manifest, tmp_path / "errors.parquet")
    pairs = {pair.id: pair for pair in load(config.corpus).pairs}
    for row in pq.read_table(tmp_path / "errors.parquet").to_pylist():
        pair = pairs[row["id"]]
        assert error_row(error_of(row), pair) == row
        assert row["lang"] == pair.target.lang
        for side in ("gold", "predicted"):
            if row[f"{side}_start"] is not None:
                words = pair.target.words[row[f"{side}_start"] : row[f"{side}_end"]]
                assert row[f"{side}_text"] == " ".join(words)


def test_untested_steps_come_back_too() -> None:
    pair = load("demo:de").pairs[0]
    gold = (pair.target.entities or ())[0]
    error = Diagnosed("missed", "no link", gold, None, "source", ("ner", "alignment"))
    assert error_of(error_row(error, pair)) == error
    assert error_row(replace(error, untested=()), pair)["untested"] is None


def test_labels_are_those_of_the_run(config: RunConfig) -> None:
    place, manifest = done(config.model_copy(update={"labels": ("PER",)}))
    found = diagnose_run(place, manifest)
    assert found["labels"] == ["PER"]
    assert found["overall"]["gold"] == place.metrics()["overall"]["support"]
    assert found["overall"]["bars"][0]["f1"] == pytest.approx(place.metrics()["overall"]["f1"])


def test_model_transfer_is_the_taggers(config: RunConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    def first_word(_: object, pairs: Sequence[SentencePair]) -> list[tuple[Entity, ...]]:
        return [(Entity(Span(0, 1), "PER"),) for _ in pairs]

    monkeypatch.setattr(RememberingPipeline, "transfer", first_word)
    place, manifest = done(config.model_copy(update={"method": "transfer"}))
    found = diagnose_run(place, manifest)
    bars = found["overall"]["bars"]
    assert [bar["stage"] for bar in bars] == ["run", "ner"]
    assert bars[0]["f1"] == pytest.approx(place.metrics()["overall"]["f1"])
    assert bars[1]["f1"] == 1
    assert {row["stage"] for row in found["overall"]["errors"]} == {"ner"}
    assert "not tagged" in {row["detail"] for row in found["overall"]["errors"]}


def test_a_corpus_that_has_changed_is_refused(config: RunConfig, tmp_path: Path) -> None:
    place, manifest = done(config)
    write_demo(tmp_path / "corpus.jsonl", ["de", "fr"], each=7)
    with pytest.raises(ConfigError, match="the corpus has changed since the run"):
        diagnose_run(place, manifest)


def test_words_that_have_changed_are_refused_too(config: RunConfig, tmp_path: Path) -> None:
    place, manifest = done(config)
    path = tmp_path / "corpus.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Hamburg", "Bremen"), encoding="utf-8")
    with pytest.raises(ConfigError, match="the corpus has changed since the run"):
        diagnose_run(place, manifest)


def test_a_projection_that_has_changed_is_told(config: RunConfig, tmp_path: Path) -> None:
    place, manifest = done(config)
    gold_links(tmp_path / "half.txt")  # in their place all links
    [notice] = [one for one in diagnose_run(place, manifest)["notices"] if "otherwise" in one]
    assert "sentences are projected otherwise now than in the run" in notice


def test_without_gold_there_is_nothing_to_call_an_error(config: RunConfig, tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "bare.jsonl", ["de"], each=2, without=["target_tags"])
    with pytest.raises(ConfigError, match="no gold target entities"):
        diagnose_run(*done(config.model_copy(update={"corpus": spec})))


def test_markers_have_no_gold(config: RunConfig) -> None:
    place, manifest = done(config)
    other = manifest.model_copy(update={"config": config.model_copy(update={"method": "markers"})})
    with pytest.raises(ConfigError, match="markers makes target sentences of its own"):
        diagnose_run(place, other)


def test_a_run_that_is_not_done_is_refused(config: RunConfig) -> None:
    place, manifest = done(config)
    with pytest.raises(ConfigError, match="not done"):
        diagnose_run(place, manifest.model_copy(update={"status": "failed"}))


def test_a_list_that_broke_off_leaves_no_file(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, manifest = done(config)

    def broken(*_: object) -> Any:
        raise ConfigError("broken")

    monkeypatch.setattr(module, "error_row", broken)
    with pytest.raises(ConfigError, match="broken"):
        diagnose_run(place, manifest, tmp_path / "errors.parquet")
    assert list(tmp_path.glob("errors.parquet*")) == []


def test_rows_are_written_in_groups(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, manifest = done(config)
    monkeypatch.setattr(module._Writer, "_ROWS", 3)
    found = diagnose_run(place, manifest, tmp_path / "errors.parquet")
    file = pq.ParquetFile(tmp_path / "errors.parquet")
    assert file.metadata.num_rows == found["n_errors"]
    assert file.num_row_groups > 1


def test_the_job_leaves_result_and_rows(config: RunConfig) -> None:
    place, manifest = done(config)
    job = DiagnosisJob(place, manifest)
    job.start()
    until = time.monotonic() + 60
    while (state := job.state()).status == "running":
        assert time.monotonic() < until
        time.sleep(0.1)
    assert state.status == "done", state
    assert state.result is not None
    assert state.result["n_errors"] == pq.read_table(job.folder / ERRORS).num_rows
    assert json.dumps(state.result["overall"]) == json.dumps(diagnose_run(place, manifest)["overall"])
    later = manifest.model_copy(update={"ended": "2030-01-01T00:00:00+00:00"})
    assert DiagnosisJob(place, later).folder != job.folder
