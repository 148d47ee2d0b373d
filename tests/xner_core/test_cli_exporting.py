"""`xner export` and `xner formats` inside this process."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.xner_core.review.small import entities, pair_of, say, small_config, small_corpus
from xner_core.cli import app
from xner_core.config import PipelineConfig
from xner_core.corpora import load
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ConfigError, ExportError
from xner_core.registry import COMPONENTS
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run
from xner_core.types import Corpus


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xner_core.cli import output

    monkeypatch.setattr(output.output, "width", 250)
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("XNER_DATABASE_URL", raising=False)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return small_corpus(tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> PipelineConfig:
    return small_config(tmp_path)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def asked(corpus: Corpus, config: PipelineConfig, *arguments: str) -> list[str]:
    named = [f"--aligner={config.aligner.name}", "--ner=gold"]
    return ["export", f"--corpus={corpus.spec}", *named, *arguments]


def report(*arguments: str) -> dict[str, Any]:
    result = invoke(*arguments, "--json")
    assert result.exit_code == 0
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def test_files_an_archive_and_what_they_lack(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    store = CorrectionStore.open()
    say(store, pair_of(corpus, "ada"), target_entities=entities((0, 1, "ORG")), status="approved")
    out, archived = tmp_path / "out", tmp_path / "out.zip"
    told = ["--format=conll2002", "--set=separator=space", f"--out={out}", f"--zip={archived}", "--name=x"]
    said = report(*asked(corpus, config, *told))
    assert said["n_samples"] == said["counts"]["all"] == 5
    assert (out / "x.target.conll").read_text(encoding="utf-8").startswith("Ada B-ORG\n")
    assert zipfile.ZipFile(archived).namelist()[0] == said["files"][0] == "x.target.conll"
    assert said["losses"]["aspects"]["status"]["losses"] == 1
    about = json.loads((out / "about" / "provenance.json").read_text(encoding="utf-8"))
    assert about["selection"]["scope"] == "all"
    assert about["corrections_until_event"] == store.version() == 2
    assert about["components"]["ner"]["name"] == "gold"
    assert about["corpus"]["fingerprint"] == corpus.fingerprint


def test_a_table_says_what_the_files_lack(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    result = invoke(*asked(corpus, config, "--format=pharaoh", f"--out={tmp_path / 'out'}"))
    assert "target entities" in result.stdout
    assert str(tmp_path / "out") in result.stdout
    result = invoke(*asked(corpus, config, "--format=jsonl", f"--zip={tmp_path / 'x.zip'}"))
    assert "The files hold everything." in result.output
    assert not (tmp_path / "x").exists()


def test_losses_alone_write_nothing(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    said = report(*asked(corpus, config, "--format=naacl", "--losses-only"))
    assert said["losses"]["n_samples"] == 5
    assert "files" not in said
    after = sorted(path.name for path in tmp_path.iterdir() if path.name not in ("cache", "data"))
    assert after == before


@pytest.mark.parametrize(
    ("told", "ids"),
    [
        (["--scope=edited"], ["rome"]),
        (["--scope=approved"], ["ada"]),
        (["--search=EVA"], ["twin-1", "twin-2"]),
        (["--id=none", "--id=ada", "--status=approved"], ["ada"]),
        (["--scope=filtered", "--id=none"], ["none"]),
        (["--lang=de", "--scope=reviewed"], ["ada"]),
    ],
)
def test_scopes(
    told: list[str], ids: list[str], corpus: Corpus, config: PipelineConfig, tmp_path: Path
) -> None:
    store = CorrectionStore.open()
    say(store, pair_of(corpus, "ada"), status="approved")
    say(store, pair_of(corpus, "rome"), target_entities=())
    out = tmp_path / "out"
    report(*asked(corpus, config, "--format=jsonl", f"--out={out}", "--name=x", *told))
    lines = (out / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids


def test_from_a_run(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    place = run(RunConfig(corpus=corpus.spec, pipeline=config))
    said = report("export", f"--run={place.path}", "--format=jsonl", f"--out={tmp_path / 'out'}")
    manifest = place.manifest()
    assert manifest is not None
    assert (said["run"], said["n_samples"]) == (manifest.id, 5)
    with pytest.raises(ConfigError, match="a run has its own pipeline"):
        invoke("export", f"--run={place.path}", "--format=jsonl", "--ner=gold", "--losses-only")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (["--format=word"], "there is no format called 'word'"),
        (["--format=jsonl", "--set=separator=space"], "bad options for the format 'jsonl'"),
        (["--format=jsonl", "--set=separator"], "is not OPTION=VALUE"),
        (["--format=jsonl", "--scope=some"], "there is no scope 'some'"),
        (["--format=jsonl", "--scope=all", "--search=x"], "the scope all looks at no filter"),
        (["--format=jsonl", "--status=good"], "there is no status 'good'"),
        (["--format=jsonl"], "there is no place to write to"),
        (["--format=jsonl", "--losses-only", "--config={}"], "--config has all stages"),
    ],
)
def test_what_cannot_be_asked(told: list[str], message: str, corpus: Corpus, config: PipelineConfig) -> None:
    with pytest.raises(ConfigError, match=message):
        invoke(*asked(corpus, config, *told))


def test_no_corpus_and_nothing_in_the_scope(corpus: Corpus, config: PipelineConfig) -> None:
    with pytest.raises(ConfigError, match="there is no corpus"):
        invoke("export", "--format=jsonl", "--losses-only")
    with pytest.raises(ExportError, match="nobody has corrected"):
        invoke(*asked(corpus, config, "--format=jsonl", "--losses-only", "--scope=edited"))


def test_formats_are_listed() -> None:
    rows = json.loads(invoke("formats", "--json").stdout)
    assert [row["name"] for row in rows] == list(COMPONENTS["format"])
    [conll] = [row for row in rows if row["name"] == "conll2002"]
    assert "separator" in conll["options"]
    assert "target entities" in conll["holds"]
    assert "Label Studio" in invoke("formats").stdout


def test_an_archive_overwrites_nothing(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    there = tmp_path / "thesis.zip"
    there.write_text("precious")
    with pytest.raises(ExportError, match="something already"):
        invoke(*asked(corpus, config, "--format=jsonl", f"--zip={there}"))
    assert there.read_text() == "precious"


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "a" * 200, "a\nb"])
def test_a_name_that_is_none(name: str, corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no part of a file's name"):
        invoke(*asked(corpus, config, "--format=jsonl", f"--out={tmp_path / 'out'}", f"--name={name}"))


def test_ids_that_the_corpus_lacks_are_told(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    told = ["--format=jsonl", f"--out={tmp_path / 'out'}", "--id=ada", "--id=adda"]
    said = report(*asked(corpus, config, *told))
    assert said["n_samples"] == 1
    assert "No sentence pair has the id 'adda'." in said["notices"]


def test_the_languages_in_a_spec_are_no_part_of_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("Ada\tB-PER\n\n")
    (tmp_path / "b.conll").write_text("Ada\tO\n\n")
    spec = f"conll:{tmp_path}/a.conll,{tmp_path}/b.conll?source_lang=en&target_lang=de"
    asked = ["export", f"--corpus={spec}", "--ner=gold", f"--aligner=links:{tmp_path}/links"]
    (tmp_path / "links").write_text(f"{load(spec).pairs[0].id}\t0-0\n")
    said = report(*asked, "--format=jsonl", f"--out={tmp_path / 'out'}")
    assert said["files"][0] == "b-conll.jsonl"
