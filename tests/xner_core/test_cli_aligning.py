"""`xner align-score` and `xner uncertain-links` inside this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.demo import write_demo
from xner_core.cli import app
from xner_core.errors import ConfigError, CorpusError

PAIRS = "the cat ||| die Katze\nit rains ||| es regnet stark\n"
GOLD = "1-1 2-2\n1-1 2-2 2p3\n"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("align-score", *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    (tmp_path / "x.src-tgt").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "x.gold").write_text(GOLD, encoding="utf-8")
    (tmp_path / "x.predicted").write_text("0-0-0.9 1-0-0.1\n0-0 1-1 1-2\n", encoding="utf-8")
    return ["--pairs", str(tmp_path / "x.src-tgt"), "--gold", str(tmp_path / "x.gold"), "--index-base", "1"]


def test_links_of_a_file(given: list[str], tmp_path: Path) -> None:
    predicted = ["--predicted", str(tmp_path / "x.predicted"), "--predicted-index-base", "0"]
    report = json.loads(run(*given, *predicted, "--json"))
    assert report["aer"] == pytest.approx(1 - (3 + 4) / (5 + 4))
    assert (report["precision"], report["recall"]) == (4 / 5, 3 / 4)
    assert (report["n_pairs"], report["links"]) == (2, 5)
    table = run(*given, *predicted)
    for figure in ("0.222", "0.800", "0.750", "0.774"):
        assert f" {figure} " in table


def test_predicted_links_count_like_the_gold_ones_by_default(given: list[str]) -> None:
    assert json.loads(run(*given, "--predicted", given[3], "--json"))["aer"] == 0


def test_options_reach_the_components(given: list[str]) -> None:
    options = ("--extraction", "itermax", "--set", "extraction.alpha=0.8", "--layer", "5", "--limit", "1")
    languages = ("--source-lang", "en", "--target-lang", "de")
    report = json.loads(run(*given, *options, *languages, "--json"))
    components = report["provenance"]["components"]
    assert components["aligner"]["options"]["layer"] == [5]
    assert components["extraction"]["options"]["alpha"] == 0.8
    assert report["n_pairs"] == 1


def test_an_aligner_that_gives_links(given: list[str], tmp_path: Path) -> None:
    aligner = ("--aligner", f"links:{tmp_path / 'x.predicted'}")
    assert json.loads(run(*given, *aligner, "--json"))["links"] == 5
    result = CliRunner().invoke(app, ("align-score", *given, *aligner, "--extraction", "argmax"))
    assert "argmax is not used" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["--source-lang", "klingon!"], CorpusError, "'klingon!' is not a language code"),
        (["--set", "scorer.x=1"], ConfigError, "Kinds: aligner, extraction"),
        (["--aligner", "magic"], ConfigError, "no aligner called 'magic'"),
        (["--aligner", "links"], ConfigError, "Write links:PATH"),
        (["--aligner", "links:nowhere.txt"], CorpusError, "nowhere.txt: there is no such file"),
        (["--predicted", "nowhere.txt"], CorpusError, "nowhere.txt: there is no such file"),
        (["--predicted", "nowhere.txt", "--layer", "3"], ConfigError, "no aligner to choose"),
    ],
)
def test_what_is_wrong_is_said(
    given: list[str], arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        run(*given, *arguments)


@pytest.mark.parametrize("base", [[], ["--index-base", "2"]])
def test_the_index_base_is_not_guessed(given: list[str], base: list[str]) -> None:
    result = CliRunner().invoke(app, ("align-score", *given[:4], *base))
    assert result.exit_code == 2
    assert "--index-base" in result.stderr


def test_components_says_which_aligners_need_no_extraction() -> None:
    listed = CliRunner().invoke(app, ("components", "--json"), catch_exceptions=False)
    aligners = {row["name"]: row for row in json.loads(listed.stdout) if row["kind"] == "aligner"}
    assert aligners["e5-small"]["requires"] == ""
    assert aligners["links"]["requires"] == "a file of links"
    assert "without extraction" in aligners["links"]["summary"]
    assert "makes its own links" in aligners["simalign"]["summary"]
    table = CliRunner().invoke(app, ("components",), catch_exceptions=False).stdout
    assert "Needs" in table


def links(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("uncertain-links", *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_least_certain_links(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "mixed.jsonl", ["de", "sw"], each=3)
    of_german = ("--corpus", spec, "--lang", "de", "--top", "4", "--extraction", "argmax", "--limit", "2")
    report = json.loads(links(*of_german, "--json"))
    assert (len(report["links"]), report["n_pairs"]) == (4, 2)
    margins = [link["margin"] for link in report["links"]]
    assert margins == sorted(margins)
    assert report["provenance"]["components"]["extraction"]["name"] == "argmax"
    for chosen, arguments in (("links", ()), ("entity_links", ("--entities-only",))):
        table = [line for line in links(*of_german, *arguments).splitlines() if line.startswith("│")]
        assert [line.split()[1] for line in table if "." in line.split()[1]] == [
            f"{link['margin']:.3f}" for link in report[chosen]
        ]


def test_words_of_a_corpus_are_no_markup(tmp_path: Path) -> None:
    row = {
        "source_lang": "en",
        "target_lang": "de",
        "source_tokens": ["[/b]", "a"],
        "target_tokens": ["[/b]", "b"],
    }
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({**row, "source_tags": ["O", "O"]}) + "\n", encoding="utf-8")
    assert "[/b]" in links("--corpus", f"jsonl:{path}")


def test_a_job_of_the_least_certain_links(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "corpus.jsonl", each=2)
    links("--corpus", spec, "--top", "1", "--job", str(tmp_path))
    assert len(json.loads((tmp_path / "result.json").read_text())["links"]) == 1
