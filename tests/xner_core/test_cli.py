"""The command line inside this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.demo import write_demo
from tests.tiny import save_tagger
from xner_core import __version__
from xner_core.cli import app
from xner_core.corpora import load
from xner_core.corpora.demo import demo_languages
from xner_core.errors import ConfigError, CorpusError
from xner_core.registry import COMPONENTS, component_class

pytestmark = pytest.mark.xdist_group("demo")


def run(*arguments: str) -> str:
    """Standard output of a command that succeeds."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_demo(tmp_path_factory.mktemp("corpus") / "mixed.jsonl", ["de", "it"], each=4)


def test_version() -> None:
    assert run("version").strip() == __version__


def test_corpora_lists_every_kind_and_every_demo_language() -> None:
    listed = json.loads(run("corpora", "--json"))
    assert listed["kinds"].keys() == COMPONENTS["corpus"].keys()
    assert all(listed["kinds"].values())
    assert set(listed["corpora"]) == {f"demo:{lang}" for lang in demo_languages()}
    assert "German" in listed["corpora"]["demo:de"]


def test_every_listed_corpus_can_be_loaded() -> None:
    for name in json.loads(run("corpora", "--json"))["corpora"]:
        assert load(name).languages == (name.removeprefix("demo:"),)


def test_components_lists_the_registry_with_all_options() -> None:
    rows = json.loads(run("components", "--json"))
    assert [(row["kind"], row["name"]) for row in rows] == [
        (kind, name) for kind, names in COMPONENTS.items() for name in names
    ]
    for row in rows:
        fields = component_class(row["kind"], row["name"]).Config.model_fields
        assert row["options"].keys() == fields.keys()
        assert row["summary"]
    heuristic = next(row for row in rows if row["name"] == "heuristic")
    assert heuristic["options"]["length_ratio"]["default"] == 0.8
    assert "longer than this" in heuristic["options"]["length_ratio"]["description"]


@pytest.mark.parametrize("command", ["corpora", "components"])
def test_without_json_a_table_is_printed(command: str) -> None:
    table = run(command)
    assert "┃" in table
    assert "demo" in table


def test_evaluate_prints_the_figures_that_its_json_holds(spec: str) -> None:
    table = run("evaluate", "--corpus", spec, "--labels", "PER, LOC")
    report = json.loads(run("evaluate", "--corpus", spec, "--labels", "PER, LOC", "--json"))
    assert report["per_label"].keys() == {"PER", "LOC"}
    for label, row in [("all", report), *report["per_label"].items()]:
        line = next(line for line in table.splitlines() if f"│ {label} " in line)
        assert f"{row['f1']:.3f}" in line
        assert f"{row['candidate_recall']:.3f}" in line
        assert str(row["support"]) in line


def test_options_reach_the_components(spec: str) -> None:
    report = json.loads(
        run(
            *("evaluate", "--corpus", spec, "--limit", "2", "--layer", "5", "--json"),
            *("--ner", "gold", "--extraction", "itermax", "--set", "extraction.alpha=0.8"),
            *("--candidates", "ngrams", "--set", "candidates.max_words=4"),
            *("--set", "candidates.punctuation=not at edges"),
            *("--projector", "heuristic", "--set", "projector.only_i=true"),
        )
    )
    components: dict[str, dict[str, Any]] = report["provenance"]["components"]
    assert report["n_sentences"] == 2
    assert components["aligner"]["options"]["layer"] == [5]
    assert components["ner"]["name"] == "gold"
    assert components["extraction"] == {
        "name": "itermax",
        "options": {"distortion": 0.0, "alpha": 0.8, "iterations": 2},
    }
    assert components["candidates"] == {
        "name": "ngrams",
        "options": {"max_words": 4, "punctuation": "not at edges", "stop_words": "allowed"},
    }
    assert components["projector"]["options"]["only_i"] is True


def test_a_tagger_of_the_target_and_its_options_reach_the_pipeline(spec: str, tmp_path: Path) -> None:
    tagger = f"transformers:{save_tagger(tmp_path)}"
    arguments = ("--corpus", spec, "--limit", "2", "--candidates", "ner", "--target-ner", tagger)
    settings = ("--set", "target_ner.aggregation=mean", "--set", 'target_ner.labels={"PER": "ORG"}')
    report = json.loads(run("evaluate", *arguments, *settings, "--json"))
    chosen = report["provenance"]["components"]["target_ner"]
    assert (chosen["name"], chosen["options"]["aggregation"]) == (tagger, "mean")
    assert chosen["options"]["labels"] == {"PER": "ORG"}
    assert report["provenance"]["models"]["target_ner"] == [str(tmp_path)]
    assert len(run("project", *arguments).splitlines()) == 2


def test_notices_of_the_stages_go_to_standard_error(spec: str, tmp_path: Path) -> None:
    path = tmp_path / "spans.jsonl"
    path.write_text(json.dumps({"id": load(spec).pairs[0].id, "spans": [[0, 1]]}), encoding="utf-8")
    arguments = ("--corpus", spec, "--limit", "3", "--candidates", f"imported:{path}")
    for command in ("evaluate", "project"):
        result = CliRunner().invoke(app, (command, *arguments), catch_exceptions=False)
        assert "2 of 3 sentences are not in it" in " ".join(result.stderr.split())
        assert "not in it" not in result.stdout
    report = json.loads(run("evaluate", *arguments, "--json"))
    assert [notice.partition(":")[0] for notice in report["notices"]] == ["spans.jsonl"]


def test_project_prints_lines_that_a_jsonl_corpus_reads_into_the_same_entities(
    spec: str, tmp_path: Path
) -> None:
    printed = run("project", "--corpus", spec)
    path = tmp_path / "projected.jsonl"
    path.write_text(printed, encoding="utf-8")
    before, after = load(spec).pairs, load(f"jsonl:{path}").pairs
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [p.id for p in after] == [p.id for p in before]
    for row, was, now in zip(rows, before, after, strict=True):
        assert (now.source, now.target.words) == (was.source, was.target.words)
        projected = {(e.span.start, e.span.end, e.label) for e in now.target.entities or ()}
        assert projected == {(*match["target"], match["label"]) for match in row["matches"]}


def test_project_needs_no_gold_target_entities_and_keeps_to_the_limit(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "plain.jsonl", without=["target_tags", "alignment"])
    assert len(run("project", "--corpus", spec, "--limit", "3").splitlines()) == 3


def test_projectors_prints_one_row_a_language(spec: str) -> None:
    table = run("projectors", "--corpus", spec)
    assert [name in table for name in ("heuristic", "greedy", "ilp")] == [True] * 3
    assert [sum(f"│ {lang} " in line for line in table.splitlines()) for lang in ("de", "it")] == [1, 1]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["--corpus", "demo:xx"], CorpusError, "no language 'xx'"),
        (["--corpus", "demo:de", "--aligner", "magic"], ConfigError, "no aligner called 'magic'"),
        (["--corpus", "demo:de", "--set", "alpha=1"], ConfigError, "KIND.OPTION=VALUE"),
        (["--corpus", "demo:de", "--set", "extraction.alpha"], ConfigError, "KIND.OPTION=VALUE"),
        (["--corpus", "demo:de", "--set", "extraction.alpha=high"], ConfigError, "alpha"),
        (["--corpus", "demo:de", "--set", "projector.speed=9"], ConfigError, "speed"),
        (["--corpus", "demo:de", "--layer", "13"], ConfigError, "layer"),
        (["--corpus", "demo:de", "--target-ner", "magic"], ConfigError, "no target_ner called 'magic'"),
        (["--corpus", "demo:de", "--candidates", "ner"], ConfigError, "Choose a target_ner"),
        (["--corpus", "demo:de", "--set", "target_ner.model=x"], ConfigError, "model"),
        (["--corpus", "demo:de", "--set", "ner.labels={GPE}"], ConfigError, "is not JSON"),
        (["--corpus", "demo:de", "--set", "ner.labels=GPE"], ConfigError, "labels"),
    ],
)
@pytest.mark.parametrize("command", ["evaluate", "project"])
def test_what_is_wrong_is_said(
    command: str, arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        run(command, *arguments)


@pytest.mark.parametrize("text", ["{", '{"projector": {"name": 5}}', '{"speed": 9}'])
def test_a_config_that_is_no_pipeline_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="--config is no pipeline"):
        run("projectors", "--corpus", "demo:de", "--config", text)


def test_a_limit_of_zero_is_a_usage_error() -> None:
    result = CliRunner().invoke(app, ["evaluate", "--corpus", "demo:de", "--limit", "0"])
    assert result.exit_code == 2
    assert "--limit" in result.stderr
