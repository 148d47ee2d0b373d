"""`xner compare`, `presets`, `published` and `reproduce` inside this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests import tiny
from tests.xner_core.runs.finished import row, write_run
from xner_core.cli import app
from xner_core.errors import ConfigError
from xner_core.runs.config import read_config
from xner_core.runs.presets import preset

PER = (0, 1, "PER")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables as on a wide terminal."""
    from xner_core.cli import output

    monkeypatch.setattr(output.output, "width", 200)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def run(*arguments: str) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def read(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def names(tmp_path: Path) -> list[str]:
    """Two runs: the first finds every entity, the second none in Spanish."""
    langs = ("de", "es")
    right = [row(str(i), [PER], [PER], lang) for lang in langs for i in range(20)]
    half = [row(str(i), [PER], [PER] if lang == "de" else [], lang) for lang in langs for i in range(20)]
    return [write_run(tmp_path / "right", right), write_run(tmp_path / "half", half)]


def test_compare_as_json(names: list[str]) -> None:
    (found,) = read("compare", *names, "--draws", "100", "--seed", "3")
    assert (found["a"]["name"], found["b"]["name"]) == ("right", "half")
    assert (found["draws"], found["seed"], found["level"], found["labels"]) == (100, 3, 0.95, None)
    german, spanish = found["per_language"]["de"], found["per_language"]["es"]
    assert (german["difference"], german["low"], german["high"]) == (0, 0, 0)
    assert (spanish["difference"], spanish["conclusion"]) == (1, "A is better")
    assert spanish["entities"]["only_a"] == 20
    assert spanish["sentences"]["only_a"] == [str(i) for i in range(20)]
    assert found["overall"]["n_sentences"] == 40


def test_compare_as_tables(names: list[str]) -> None:
    text = run("compare", *names)
    assert "A = right (right-0123456789)" in text
    lines = {line.split("│")[1].strip(): line for line in text.splitlines() if line.count("│") > 5}
    assert list(lines) == ["German", "Spanish", "all"]
    assert "+1.000 to +1.000 │ A is better" in text
    assert "inconclusive" in text
    assert [cell.strip() for cell in lines["Spanish"].split("│")[2:-1]] == ["0", "20", "0", "0", "0", "0"]


def test_compare_counts_some_labels_only(names: list[str]) -> None:
    (found,) = read("compare", *names, "--labels", "LOC, ORG")
    assert found["labels"] == ["LOC", "ORG"]
    assert found["overall"]["entities"]["both"] == 0


def test_compare_says_what_is_left_out(names: list[str], tmp_path: Path) -> None:
    shorter = write_run(tmp_path / "shorter", [row("1", [PER], [PER])])
    assert "1 are compared; 39 of the first run" in " ".join(
        invoke("compare", names[0], shorter).stderr.split()
    )


def test_presets_are_listed() -> None:
    rows = read("presets")
    assert len(rows) == 60 * 13
    assert len({row["lang"] for row in rows if row["dataset"] != "europarl"}) == 57
    (one,) = read("presets", "--dataset", "masakhaner2", "--lang", "lg", "--method", "align_tgt-awesome")
    assert one["name"] == "masakhaner2/lug/align_tgt-awesome"
    assert one["language"] == "Ganda"
    assert one["published_f1"] == 0.6594
    assert "europarl/it/candidates-simalign-ngrams" in run("presets", "--dataset", "europarl")


def test_embedded_presets_are_listed() -> None:
    rows = read("presets", "--models", "embedded", "--dataset", "europarl", "--method", "align_src-awesome")
    assert [row["name"] for row in rows] == [
        f"europarl/{lang}/align_src@embedded" for lang in ("de", "es", "it")
    ]


def test_a_preset_is_shown_as_run_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "preset.yaml"
    name = "xtreme/th/backtrans_candidates-simalign-ngrams"
    path.write_text(run("presets", "--show", name), encoding="utf-8")
    assert read_config(path) == preset(name)


def test_presets_are_written_as_files(tmp_path: Path) -> None:
    given = ("--dataset", "europarl", "--models", "embedded", "--corpus", "demo:{lang}", "--ner", "trained:x")
    written = run("presets", *given, "--write", str(tmp_path / "new")).split()
    assert len(written) == 3 * 7
    for path in map(Path, written):
        config = read_config(path)
        assert path.parent == tmp_path / "new"
        assert config.name.replace("/", "-").replace("@", "-") == path.stem
        assert config == preset(config.name, corpus="demo:{lang}", ner="trained:x")
    assert read_config(tmp_path / "new" / "europarl-es-align_src-embedded.yaml").corpus == "demo:es"


def test_published_figures_are_listed() -> None:
    rows = read("published", "--dataset", "europarl", "--lang", "de", "--method", "candidates-ngrams")
    assert [(row["aligner"], row["f1"]) for row in rows] == [("awesome", 0.9203), ("simalign", 0.8975)]
    assert rows[0]["per_label"]["MISC"] == 0.8804
    assert rows[0]["source"] == "Politov et al. 2025 (arXiv 2501.18750)"
    text = run("published", "--lang", "sw")
    assert "Swahili (swa)" in text
    assert "Swahili (sw)" in text
    assert text.endswith("Source: Politov et al. 2025 (arXiv 2501.18750)\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("published", "--dataset", "conll"), "no data set 'conll'"),
        (("published", "--lang", "en"), "no such figure"),
        (("presets", "--lang", "en"), "no such preset"),
        (("presets", "--models", "mine"), "no 'mine' models"),
        (("presets", "--show", "europarl/de"), "not a preset's name"),
        (("presets", "--dataset", "europarl", "--models", "embedded", "--write", "/nowhere"), "no tagger"),
        (("reproduce", "europarl", "--langs", "fr"), "no language 'fr'"),
        (("run", "preset:europarl/de"), "not a preset's name"),
    ],
)
def test_what_does_not_exist_is_refused(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        invoke(*arguments)


def test_reproduce_prints_own_figures_beside_the_published_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    tagger = f"transformers:{tiny.save_tagger(tmp_path / 'tagger', positions=512)}"
    given = ["reproduce", "europarl", "--models", "embedded", "--corpus", "demo:{lang}", "--limit", "3"]
    result = invoke(*given, "--langs", "de,es", "--methods", "model_transfer", "--ner", tagger)
    assert result.exit_code == 0
    cells = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines() if "│" in line]
    assert [row[1:3] for row in cells] == [["German", "model_transfer"], ["Spanish", "model_transfer"]]
    own, published, aligner, difference = cells[0][3:7]
    assert (published, aligner) == ("0.675", "")
    assert float(difference) == pytest.approx(float(own) - 0.675, abs=0.0011)
    assert "europarl/es/model_transfer@embedded" in result.stderr
    assert "of the first 3" in result.stderr
    report = json.loads(
        run(*given, "--langs", "de", "--methods", "model_transfer", "--ner", tagger, "--json")
    )
    assert [row["preset"] for row in report["results"]] == ["europarl/de/model_transfer@embedded"]
    assert report["results"][0]["n_sentences"] == 3
    assert len(report["notices"]) == 3


def test_reproduce_without_any_run_done_fails() -> None:
    result = invoke(
        "reproduce", "europarl", "--models", "embedded", "--langs", "de,it", "--methods", "model_transfer"
    )
    assert result.exit_code == 1
    names = "europarl/de/model_transfer@embedded, europarl/it/model_transfer@embedded"
    assert f"Not done: {names}\n    the method tags target sentences" in result.stdout
