"""`xner align-sweep` inside this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.demo import write_demo
from xner_core.cli import app
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.runs.align_sweep import KIND, align_sweep
from xner_core.runs.saved import saved_runs

pytestmark = pytest.mark.xdist_group("demo")
FEW = ("--layers", "6,7", "--extractions", "argmax, itermax")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_demo(tmp_path / "corpus.jsonl", each=3)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("align-sweep", *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_it_prints_json_and_saves_the_same(spec: str) -> None:
    report = json.loads(run("--corpus", spec, *FEW, "--json"))
    saved = Path(report.pop("saved"))
    assert report["rows"] == align_sweep(load(spec), layers="6,7", extractions=["argmax", "itermax"])["rows"]
    [kept] = saved_runs(KIND).runs
    assert kept.id == saved.stem
    assert kept.result == report


def test_the_table_marks_the_best(spec: str) -> None:
    printed = run("--corpus", spec, *FEW)
    [kept] = saved_runs(KIND).runs
    best = kept.result["best"]
    [line] = [line for line in printed.splitlines() if " *" in line and "│" in line]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells[0] == str(best["layer"])
    column = kept.result["extractions"].index(best["extraction"]) + 1
    assert cells[column] == f"{best['aer']:.3f} *".removeprefix("0")
    assert f"* Best: layer {best['layer']} with {best['extraction']}, AER" in printed
    assert Path(printed.split("Saved as ")[1].strip()).stem == kept.id


def test_pairs_and_gold_links_of_files(tmp_path: Path) -> None:
    (tmp_path / "x.src-tgt").write_text("the cat ||| die Katze\nit rains ||| es regnet stark\n")
    (tmp_path / "x.gold").write_text("1-1 2-2\n1-1 2-2 2p3\n")
    given = ["--pairs", str(tmp_path / "x.src-tgt"), "--gold", str(tmp_path / "x.gold"), "--index-base", "1"]
    report = json.loads(run(*given, *FEW, "--limit", "1", "--json"))
    assert (report["n_pairs"], report["measure"]) == (1, "aer")


def test_f1_by_the_stages_that_were_chosen(spec: str) -> None:
    stages = ("--projector", "greedy", "--candidates", "ngrams", "--set", "candidates.max_words=3")
    components = json.loads(run("--corpus", spec, "--measure", "f1", *FEW, *stages, "--json"))["provenance"][
        "components"
    ]
    assert components["projector"]["name"] == "greedy"
    assert components["candidates"]["options"]["max_words"] == 3


def test_a_job_leaves_the_id_of_the_run_it_saved(spec: str, tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    run("--corpus", spec, *FEW, "--job", str(folder))
    [kept] = saved_runs(KIND).runs
    assert json.loads((folder / "result.json").read_text()) == {"run": kept.id}
    assert json.loads((folder / "progress.json").read_text())["total"] == 3


def test_a_job_that_cannot_be_done_leaves_its_message(tmp_path: Path) -> None:
    run("--corpus", "jsonl:nowhere", "--job", str(tmp_path))
    assert "no such file" in json.loads((tmp_path / "error.json").read_text())["message"]
    assert saved_runs(KIND).runs == []


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ([], ConfigError, "Give either --corpus, or --pairs with --gold and --index-base"),
        (["--corpus", "demo:de", "--gold", "x"], ConfigError, "Give either"),
        (["--pairs", "x", "--gold", "y"], ConfigError, "Give either"),
        (["--corpus", "demo:de", "--aligner", "links:x"], ConfigError, "no layers to choose from"),
        (["--corpus", "demo:de", "--layers", "high"], ConfigError, "'high' names no layers"),
        (["--corpus", "jsonl:nowhere"], CorpusError, "no such file"),
    ],
)
def test_what_is_wrong_is_said(arguments: list[str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        run(*arguments)
    assert saved_runs(KIND).runs == []
