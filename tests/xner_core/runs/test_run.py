"""Runs: what they leave behind, and that nothing of it depends on how often they were interrupted."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from tests.builders import entity
from tests.conftest import ROOT
from tests.gold_links import gold_links
from xner_core.alignment.links import LinksAligner
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.pipeline import Pipeline
from xner_core.runs import run as runs
from xner_core.runs.config import RunConfig, to_yaml
from xner_core.runs.evaluate import evaluate
from xner_core.runs.folder import RunFolder, all_runs, find_run
from xner_core.runs.rows import entities_of
from xner_core.types import SentencePair, WordAlignment

pytestmark = pytest.mark.usefixtures("own_cache")
RESULTS = ("sentences.parquet", "metrics.json")


@pytest.fixture
def pipeline(tmp_path: Path) -> PipelineConfig:
    return gold_links(tmp_path / "links.txt")


@pytest.fixture
def config(pipeline: PipelineConfig) -> RunConfig:
    return RunConfig(corpus="demo:de", name="German", pipeline=pipeline, batch_size=5)


def _rows(place: RunFolder) -> list[dict[str, Any]]:
    return pq.read_table(place.sentences).to_pylist()


def _results(place: RunFolder) -> list[bytes]:
    return [(place.path / name).read_bytes() for name in RESULTS]


def test_the_key_of_a_run_is_told_without_a_look_at_the_pairs(
    config: RunConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = runs.run(config).manifest()
    assert manifest is not None
    monkeypatch.setattr(runs, "chosen_pairs", None)
    corpus = load("demo:de")
    assert runs.key_of(config, corpus) == manifest.key
    assert runs.key_of(config.model_copy(update={"limit": 3}), corpus) != manifest.key


def test_rows_hold_what_every_stage_made(config: RunConfig) -> None:
    place = runs.run(config)
    pairs = load("demo:de").pairs
    results = list(Pipeline(config.pipeline).run(pairs))
    rows = _rows(place)
    assert [row["id"] for row in rows] == [pair.id for pair in pairs]
    for row, result in zip(rows, results, strict=True):
        assert tuple(row["source_words"]) == result.pair.source.words
        assert entities_of(row["source_entities"]) == result.source_entities
        assert entities_of(row["gold_entities"]) == result.pair.target.entities
        assert entities_of(row["target_entities"]) == result.projection.target_entities
        assert [(x["source"], x["target"]) for x in row["alignment"]] == list(result.alignment.links)
        assert row["n_candidates"] == len(result.problem.candidates)
        assert row["objective"] == result.projection.objective
        assert row["status"] == result.projection.status
        assert row["back_words"] is row["translated"] is None
        assert {x["entity"] for x in row["projections"]} == set(range(len(result.source_entities)))
        for one in row["projections"]:
            assert (one["start"] is None) == (one["reason"] is not None)
            scores = result.problem.scores.values[one["entity"]]
            chosen = [m.target.span for m in result.projection.matches if m.entity == one["entity"]]
            others = [
                float(score)
                for span, score in zip(result.problem.candidates, scores, strict=True)
                if span not in chosen and score > 0
            ]
            assert one["rejected_score"] == (max(others) if others else None)


def test_figures_are_those_of_an_evaluation(config: RunConfig) -> None:
    place = runs.run(config)
    expected = evaluate(config.corpus, config.pipeline)
    found = place.metrics()
    assert found["n_sentences"] == found["n_scored"] == 24
    for key in ("f1", "precision", "recall", "support", "candidate_recall"):
        assert found["overall"][key] == expected[key]
        assert found["per_language"]["de"][key] == expected[key]
    only = runs.run(config.model_copy(update={"labels": ("PER",)})).metrics()
    assert only["overall"]["f1"] == evaluate(config.corpus, config.pipeline, labels=["PER"])["f1"]
    assert set(only["overall"]["per_label"]) == {"PER"}


def test_the_manifest_says_what_was_done(config: RunConfig) -> None:
    told = []
    place = runs.run(config, progress=lambda *what: told.append(what))
    manifest = place.manifest()
    assert manifest is not None
    assert (manifest.status, manifest.n_batches, manifest.n_done) == ("done", 5, 5)
    assert place.status(manifest) == "done"
    assert manifest.config == config
    assert manifest.provenance["corpus"]["fingerprint"] == load("demo:de").fingerprint
    assert manifest.ended is not None
    assert manifest.started <= manifest.ended
    assert set(manifest.seconds) == {"translation", "ner", "alignment", "projection", "total"}
    assert ("projection", 24, 24) in told
    assert not place.batches.exists()
    assert [run.id for _, run in all_runs()] == [manifest.id]
    assert find_run("german-")[0].path == find_run(str(place.path))[0].path == place.path


def test_a_run_that_is_done_is_found(config: RunConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    first = runs.run(config)
    before = (first.path / "manifest.json").read_bytes()
    _interrupt(monkeypatch, 0)
    again = runs.run(config.model_copy(update={"name": "German"}))
    assert again.path == first.path
    assert (again.path / "manifest.json").read_bytes() == before


class _Interrupted(BaseException):
    """Like a kill: nothing of the run's own handles it."""


def _interrupt(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the process die in the midst of a batch, after so many sentences."""
    real, left = Pipeline.problem, [after]

    def problem(self: Pipeline, *args: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise _Interrupted
        return real(self, *args)

    monkeypatch.setattr(Pipeline, "problem", problem)


@pytest.mark.parametrize("after", [0, 3, 5, 12, 23])
def test_an_interrupted_run_goes_on(
    after: int, config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = runs.run(config, tmp_path / "whole")
    with monkeypatch.context() as patch:
        _interrupt(patch, after)
        with pytest.raises(_Interrupted):
            runs.run(config, tmp_path / "killed")
    killed = RunFolder(tmp_path / "killed")
    manifest = killed.manifest()
    assert manifest is not None
    assert killed.status(manifest) == "stopped"
    assert manifest.n_done == after // 5 == len(list(killed.batches.iterdir()))
    kept = {path.name: path.stat().st_mtime_ns for path in killed.batches.iterdir()}
    seen = []
    real = runs._write_parquet
    monkeypatch.setattr(runs, "_write_parquet", lambda path, t: (seen.append(path.name), real(path, t)))
    runs.run(config, tmp_path / "killed")
    assert not kept.keys() & set(seen)
    assert _results(killed) == _results(whole)


def test_killed_while_it_joins_the_batches(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = runs.run(config, tmp_path / "whole")

    def die(*args: Any) -> None:
        raise _Interrupted

    with monkeypatch.context() as patch:
        patch.setattr(runs, "figures", die)
        with pytest.raises(_Interrupted):
            runs.run(config, tmp_path / "killed")
    assert (tmp_path / "killed" / "sentences.parquet").exists()
    killed = runs.run(config, tmp_path / "killed")
    assert _results(killed) == _results(whole)


def test_a_run_that_failed_goes_on_when_it_can(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LinksAligner.compare

    def fail(self: LinksAligner, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        if pairs[0].id == load("demo:de").pairs[10].id:
            raise CorpusError("the links are gone")
        return real(self, pairs)

    with monkeypatch.context() as patch:
        patch.setattr(LinksAligner, "compare", fail)
        with pytest.raises(CorpusError, match="gone"):
            runs.run(config, tmp_path / "one")
    place = RunFolder(tmp_path / "one")
    manifest = place.manifest()
    assert manifest is not None
    assert (manifest.status, manifest.n_done, manifest.error) == ("failed", 2, "the links are gone")
    done = runs.run(config, tmp_path / "one").manifest()
    assert done is not None
    assert (done.status, done.error) == ("done", "")


def test_a_folder_belongs_to_one_run(config: RunConfig, tmp_path: Path) -> None:
    runs.run(config, tmp_path / "one")
    with pytest.raises(ConfigError, match="holds another run"):
        runs.run(config.model_copy(update={"limit": 3}), tmp_path / "one")
    with pytest.raises(ConfigError, match="holds another run"):
        runs.run(config.model_copy(update={"limit": 3}), tmp_path / "one", again=True)


def test_two_processes_never_write_to_one_folder(config: RunConfig, tmp_path: Path) -> None:
    place = RunFolder(tmp_path / "one")
    place.path.mkdir()
    with FileLock(place.path / "lock"), pytest.raises(ConfigError, match="another process"):
        # A lock object of its own stands for the other process.
        runs.run(config, place.path)
    runs.run(config, place.path)


def test_again_throws_away(config: RunConfig, tmp_path: Path) -> None:
    first = runs.run(config, tmp_path / "one").manifest()
    (tmp_path / "one" / "metrics.json").write_text("{}")
    place = runs.run(config, tmp_path / "one", again=True)
    assert first is not None
    assert place.metrics()["n_sentences"] == 24


def test_another_version_begins_anew(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _interrupt(patch, 7)
        with pytest.raises(_Interrupted):
            runs.run(config, tmp_path / "one")
    monkeypatch.setattr(runs, "software_id", lambda: "another")
    with pytest.raises(ConfigError, match="another version"):
        runs.run(config, tmp_path / "one")
    place = runs.run(config, tmp_path / "one", again=True)
    manifest = place.manifest()
    assert manifest is not None
    assert (manifest.status, manifest.software) == ("done", "another")


def test_of_another_version_that_finished_no_batch_nothing_is_lost(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _interrupt(patch, 0)
        with pytest.raises(_Interrupted):
            runs.run(config, tmp_path / "one")
    monkeypatch.setattr(runs, "software_id", lambda: "another")
    manifest = runs.run(config, tmp_path / "one").manifest()
    assert manifest is not None
    assert (manifest.status, manifest.software) == ("done", "another")


def test_a_translator_that_has_nothing_to_do_need_not_be_there(
    config: RunConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    pipeline = config.pipeline.model_copy(update={"translator": Choice(name="apertium")})
    manifest = runs.run(config.model_copy(update={"pipeline": pipeline})).manifest()
    assert manifest is not None
    assert manifest.status == "done"
    assert "translator" not in manifest.models


def test_what_is_done_stays_whatever_the_version_and_the_name(
    config: RunConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = runs.run(config, tmp_path / "one")
    before = (first.path / "manifest.json").read_bytes()
    monkeypatch.setattr(runs, "software_id", lambda: "another")
    runs.run(config.model_copy(update={"name": "Another"}), tmp_path / "one")
    assert (first.path / "manifest.json").read_bytes() == before


def test_the_same_words_with_other_gold_entities(pipeline: PipelineConfig, tmp_path: Path) -> None:
    found = []
    for tag in ("B-PER", "B-LOC"):
        path = tmp_path / f"{tag}.jsonl"
        row = {"id": "1", "source_lang": "en", "target_lang": "de", "source_tokens": ["Paris"]}
        path.write_text(json.dumps(row | {"source_tags": [tag], "target_tokens": ["Paris"]}))
        links = tmp_path / "one.txt"
        links.write_text("1\t0-0\n")
        chosen = pipeline.model_copy(update={"aligner": Choice(name=f"links:{links}")})
        (row_found,) = _rows(runs.run(RunConfig(corpus=f"jsonl:{path}", pipeline=chosen)))
        found.append(row_found["target_entities"][0]["label"])
    assert found == ["PER", "LOC"]


def test_runs_share_what_the_stages_made(config: RunConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    runs.run(config)
    monkeypatch.delattr(LinksAligner, "compare")  # whoever aligns again fails
    greedy = config.pipeline.model_copy(update={"projector": Choice(name="greedy")})
    manifest = runs.run(config.model_copy(update={"pipeline": greedy})).manifest()
    assert manifest is not None
    assert manifest.reused == {"aligner": 5, "ner": 5}
    assert manifest.models["aligner"]


def test_a_changed_file_is_another_run(config: RunConfig) -> None:
    first = runs.run(config)
    path = Path(config.pipeline.aligner.name.partition(":")[2])
    path.write_text(path.read_text() + "\n")
    second = runs.run(config)
    assert second.path != first.path
    manifest = second.manifest()
    assert manifest is not None
    assert manifest.reused == {"ner": 5}


def test_a_language_and_a_limit(pipeline: PipelineConfig) -> None:
    config = RunConfig(corpus="demo", lang="fi", limit=7, pipeline=pipeline)
    rows = _rows(runs.run(config))
    assert len(rows) == 7
    assert {row["target_lang"] for row in rows} == {"fi"}
    with pytest.raises(CorpusError, match="'xx'"):
        runs.run(config.model_copy(update={"lang": "xx"}))


def test_transfer_does_not_see_the_gold(tmp_path: Path) -> None:
    config = RunConfig(corpus="demo:de", method="transfer", pipeline=PipelineConfig(ner=Choice(name="gold")))
    with pytest.raises(CorpusError, match="no tags"):
        runs.run(config)


def test_transfer_tags_the_target(monkeypatch: pytest.MonkeyPatch) -> None:
    from xner_core.ner.spacy_tagger import SpacyTagger

    seen = []

    def tag(self: SpacyTagger, sentences: Sequence[Any]) -> list[Any]:
        seen.extend(sentences)
        return [(entity(0, 1, "LOC"),) for _ in sentences]

    monkeypatch.setattr(SpacyTagger, "tag", tag)
    config = RunConfig(
        corpus="demo:de", method="transfer", limit=3, pipeline=PipelineConfig(ner=Choice(name="spacy"))
    )
    rows = _rows(runs.run(config))
    targets = [pair.target for pair in load("demo:de").pairs[:3]]
    assert seen == [replace(target, entities=None) for target in targets]
    assert all(entities_of(row["target_entities"]) == (entity(0, 1, "LOC"),) for row in rows)
    assert all(row["alignment"] is row["projections"] is row["source_entities"] is None for row in rows)


def test_killed_three_times_at_random(config: RunConfig, tmp_path: Path) -> None:
    """SIGKILL, as the system would; every process is another one."""
    whole = runs.run(config.model_copy(update={"corpus": "demo", "batch_size": 4}), tmp_path / "whole")
    asked = config.model_copy(update={"corpus": "demo", "batch_size": 4})
    (tmp_path / "run.yaml").write_text(to_yaml(asked), encoding="utf-8")
    killed = RunFolder(tmp_path / "killed")
    given = ["run", str(tmp_path / "run.yaml"), "--out", str(killed.path)]
    command = [sys.executable, "-m", "xner_core", *given]
    environment = os.environ | {"XNER_CACHE_DIR": str(tmp_path / "another cache")}
    chance = random.Random(3)
    for kill in range(3):
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        wanted = 20 * kill + chance.randrange(1, 20)
        while process.poll() is None and not killed.batch(wanted).exists():
            time.sleep(0.002)
        time.sleep(chance.random() / 50)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        manifest = killed.manifest()
        assert manifest is not None
        assert killed.status(manifest) == "stopped"
        assert wanted <= manifest.n_done < manifest.n_batches
    subprocess.run([*command, "--json"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert _results(killed) == _results(whole)
    assert json.loads((killed.path / "metrics.json").read_text())["n_sentences"] == 24 * 14


@pytest.mark.skipif(shutil.which("apertium") is None, reason="the program apertium is not installed")
def test_markers_make_labelled_target_sentences(tmp_path: Path) -> None:
    (tmp_path / "en.conll").write_text(
        "Angela\tB-PER\nMerkel\tI-PER\nlives\tO\nin\tO\nBerlin\tB-LOC\n.\tO\n\nIt\tO\nrains\tO\n.\tO\n"
    )
    config = RunConfig(
        corpus=f"tagged:{tmp_path / 'en.conll'}?lang=en&side=source&other_lang=es",
        method="markers",
        pipeline=PipelineConfig(refinement=Choice(name="back-translation:apertium")),
    )
    place = runs.run(config)
    first, second = _rows(place)
    found = {
        (" ".join(first["target_words"][e["start"] : e["end"]]), e["label"]) for e in first["target_entities"]
    }
    assert found == {("Angela Merkel", "PER"), ("Berlín", "LOC")}
    assert first["translated"] == second["translated"] == "target"
    assert first["back_origins"] == [0, 1]
    assert second["target_entities"] == []
    assert second["target_words"]
    assert place.metrics()["overall"] is None
    without = config.model_copy(update={"pipeline": PipelineConfig()})
    with pytest.raises(ConfigError, match="needs a refinement"):
        runs.run(without)
    with pytest.raises(ConfigError, match="has a target sentence already"):
        runs.run(config.model_copy(update={"corpus": "demo:es"}))


@pytest.mark.skipif(shutil.which("apertium") is None, reason="the program apertium is not installed")
def test_a_back_translated_run_keeps_both_sentences(pipeline: PipelineConfig) -> None:
    through = pipeline.model_copy(
        update={"refinement": Choice(name="back-translation:apertium"), "aligner": Choice(name="e5-small")}
    )
    place = runs.run(RunConfig(corpus="demo:es", limit=6, pipeline=through))
    for row, pair in zip(_rows(place), load("demo:es").pairs, strict=False):
        assert tuple(row["source_words"]) == pair.source.words
        assert tuple(row["target_words"]) == pair.target.words
        assert row["back_words"] != row["source_words"]
        assert len(row["back_origins"]) == len(row["back_entities"])
        n = len(row["source_entities"])
        lost = {one["entity"] for one in row["projections"] if one["reason"] == "lost in back-translation"}
        assert lost == set(range(n)) - set(row["back_origins"])
        for origin, again in zip(row["back_origins"], row["back_entities"], strict=True):
            assert again["label"] == row["source_entities"][origin]["label"]
        assert all(link["source"] < len(row["back_words"]) for link in row["alignment"])
    assert place.metrics()["overall"]["f1"] > 0.5
    manifest = place.manifest()
    assert manifest is not None
    assert "apertium" in str(manifest.models["refinement"]).lower()


def test_what_the_corpus_lacks_has_to_be_translated(tmp_path: Path) -> None:
    (tmp_path / "es.conll").write_text("Angela\tB-PER\nMerkel\tI-PER\nvive\tO\nen\tO\nBerlín\tB-LOC\n.\tO\n")
    config = RunConfig(corpus=f"tagged:{tmp_path / 'es.conll'}?lang=es&other_lang=en")
    with pytest.raises(ConfigError, match="no source sentence, and there is no translator"):
        runs.run(config)
    transfer = config.model_copy(update={"method": "markers"})
    with pytest.raises(ConfigError):
        runs.run(transfer)


@pytest.mark.skipif(shutil.which("apertium") is None, reason="the program apertium is not installed")
def test_translate_test(tmp_path: Path) -> None:
    """A target sentence alone is translated, tagged, aligned and projected back."""
    (tmp_path / "es.conll").write_text("Angela\tB-PER\nMerkel\tI-PER\nvive\tO\nen\tO\nBerlín\tB-LOC\n.\tO\n")
    config = RunConfig(
        corpus=f"tagged:{tmp_path / 'es.conll'}?lang=es&other_lang=en",
        pipeline=PipelineConfig(translator=Choice(name="apertium")),
    )
    place = runs.run(config)
    (row,) = _rows(place)
    assert row["translated"] == "source"
    assert row["source_words"][:3] == ["Angela", "Merkel", "lives"]
    assert entities_of(row["target_entities"]) == entities_of(row["gold_entities"])
    assert place.metrics()["overall"]["f1"] == 1
