"""`xner train-aligner` inside this process, with a tiny encoder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests import tiny
from xner_core.alignment.trained import RECORD, trained_aligners
from xner_core.alignment.training import TrainingConfig
from xner_core.cli import app
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError, ModelUnavailableError
from xner_core.runs import train_aligner as runs

WORDS = ("cy", "dee", "eve", "fi", "gus", "hal", "ianthe", "jo")
LINES = "".join(f"ada {word} bo ||| bo ada {word}\n" for word in WORDS * 3)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ("train-aligner", *arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny.save_tagger(tmp_path_factory.mktemp("encoder"))


@pytest.fixture
def given(tmp_path: Path, encoder: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "own.txt").write_text(LINES, encoding="utf-8")
    corpus = f"parallel:{tmp_path / 'own.txt'}?source_lang=en&target_lang=de"
    return [corpus, "--out", str(tmp_path / "models" / "mine"), "--encoder", encoder]


QUICK = ("--epochs", "2", "--batch-size", "8", "--learning-rate", "0.01")


def test_a_trained_model_is_listed_and_aligns(given: list[str], tmp_path: Path, encoder: str) -> None:
    report = json.loads(run(*given, given[0], *QUICK, "--layer", "2", "--limit", "12", "--json"))
    folder = tmp_path / "models" / "mine"
    assert (report["folder"], report["name"]) == (str(folder), "mine")
    assert report["aligner"] == f"encoder:{folder}"
    assert (report["n_pairs"], report["n_trained"], report["n_held"]) == (24, 16, 8)
    assert (report["steps"], report["layer"], report["objectives"]) == (4, 2, ["self-training"])
    assert report["held_loss"]["before"].keys() == report["held_loss"]["after"].keys()
    provenance = report["provenance"]
    assert (provenance["model"], provenance["seed"], provenance["limit"]) == (encoder, 0, 12)
    assert provenance["config"]["learning_rate"] == 0.01
    assert provenance["corpora"] == [{"spec": given[0], "fingerprint": load(given[0]).fingerprint}] * 2
    assert {"torch", "transformers", "accelerate"} <= provenance["packages"].keys()
    assert trained_aligners() == {"mine": folder}
    listed = json.loads(CliRunner().invoke(app, ("components", "--json")).stdout)
    (row,) = (row for row in listed if row["name"] == "trained:mine")
    assert (row["kind"], row["requires"]) == ("aligner", "")
    assert str(folder) in row["summary"]
    aligner = Choice(name=report["aligner"]).build("aligner")
    list(aligner.compare(load(given[0]).pairs[:2]))
    assert aligner._encoder.layers == (2,)  # not the one two thirds of the way up, which is 1
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]
    assert json.loads((folder / RECORD).read_text(encoding="utf-8"))["held_loss"] == report["held_loss"]


def test_a_table(given: list[str]) -> None:
    table = run(*given, *QUICK)
    assert "Held loss before" in table
    assert " 24 " in table


def test_options_by_name(given: list[str]) -> None:
    objectives = ("--objectives", "self-training, parallel", "--seed", "7", "--set", "unit=subwords")
    report = json.loads(run(*given, *QUICK, *objectives, "--set", "held_share=0.5", "--json"))
    assert report["objectives"] == ["self-training", "parallel"]
    assert set(report["held_loss"]["after"]) == {"loss", "self-training", "parallel"}
    assert report["provenance"]["config"]["unit"] == "subwords"
    assert (report["n_held"], report["provenance"]["seed"]) == (12, 7)


def test_an_interrupted_training_leaves_nothing(given: list[str], tmp_path: Path, encoder: str) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "models" / "mine"
    config = TrainingConfig(epochs=1, batch_size=8)
    with pytest.raises(KeyboardInterrupt):
        runs.train_aligner([given[0]], out, encoder=encoder, config=config, progress=interrupt)
    assert list(out.parent.iterdir()) == []
    assert trained_aligners() == {}


def test_a_trained_model_is_overwritten_only_where_asked(given: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "models" / "mine"
    folder.mkdir(parents=True)
    run(*given, *QUICK, "--epochs", "1")  # an empty folder is no harm
    with pytest.raises(ConfigError, match="is not empty"):
        run(*given, *QUICK)
    report = json.loads(run(*given, *QUICK, "--seed", "3", "--overwrite", "--json"))
    assert json.loads((folder / RECORD).read_text(encoding="utf-8"))["provenance"]["seed"] == 3
    assert report["name"] == "mine"
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]


def test_what_is_no_trained_model_is_never_overwritten(given: list[str], tmp_path: Path) -> None:
    precious = tmp_path / "models" / "mine" / "thesis.tex"
    precious.parent.mkdir(parents=True)
    precious.write_text("x")
    with pytest.raises(ConfigError, match="none of the trained aligners"):
        run(*given, "--overwrite")
    assert precious.read_text() == "x"


def test_pairs_that_are_too_long_are_counted(given: list[str]) -> None:
    report = json.loads(run(*given, *QUICK, "--set", "longest=8", "--json"))
    assert (report["n_left_out"], report["n_pairs"]) == (3, 21)
    assert "3 of 24 pairs left out" in report["notices"][0]


def test_a_model_that_did_not_become_better(given: list[str]) -> None:
    result = CliRunner().invoke(app, ("train-aligner", *given, "--learning-rate", "1e-30", "--epochs", "1"))
    assert "saved as it was" in " ".join(result.stderr.split())


def test_a_data_folder_that_cannot_be_written(
    given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "file"))
    report = json.loads(run(*given, *QUICK, "--json"))
    assert report["name"] is None
    assert "the model is not listed" in report["notices"][-1]
    assert (tmp_path / "models" / "mine" / RECORD).is_file()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["--objectives", "magic"], ConfigError, "objectives.0: Input should be 'self-training'"),
        (["--objectives", ""], ConfigError, "objectives: Tuple should have at least 1 item"),
        (["--set", "patience"], ConfigError, "--set patience is not OPTION=VALUE"),
        (["--set", "magic=1"], ConfigError, "magic: Extra inputs are not permitted"),
        (["--epochs", "0"], ConfigError, "epochs: Input should be greater than or equal to 1"),
        (["--layer", "3"], ConfigError, "2 layers, not 3"),
        (["--limit", "15"], CorpusError, "15 sentence pairs are too few"),
        (["--encoder", "nobody/nothing"], ModelUnavailableError, "not on this machine"),
    ],
)
def test_what_is_wrong_is_said(
    given: list[str], tmp_path: Path, arguments: Sequence[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        run(*given, *arguments)
    assert not list(tmp_path.glob("models/*"))


@pytest.mark.parametrize("out", ["own.txt", "own.txt/deeper"])
def test_a_place_that_cannot_be(given: list[str], tmp_path: Path, out: str) -> None:
    with pytest.raises(ConfigError, match=r"own\.txt.* (is a file|cannot be made)"):
        run(*given, "--out", str(tmp_path / out))


def test_the_embedded_encoder_is_trained_at_its_own_layer(
    given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def stop(pairs: object, model: str, folder: Path, config: TrainingConfig, progress: object) -> None:
        asked.extend((Path(model).parent.name, config.layer))
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "train", stop)
    for options in ({}, {"layer": 5}):
        with pytest.raises(KeyboardInterrupt):
            runs.train_aligner([given[0]], tmp_path / "x", config=TrainingConfig(**options))
    assert asked == ["models", 7, "models", 5]
