"""`xner train-ner` and `xner evaluate-ner` inside this process, with a tiny encoder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests import tiny
from xner_core.cli import app
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError, ModelUnavailableError
from xner_core.ner.trained import TAGGERS
from xner_core.ner.training import TaggerTrainingConfig
from xner_core.runs import train_ner as runs

PERSONS = ("ada", "bo", "cy", "dee")
BLOCK = "{person} B-PER\nlebt O\nin O\nbonn B-LOC\n"
TAGGED = "\n".join(BLOCK.format(person=person) for person in PERSONS * 6)
PLAIN = "\n".join("x\n" for _ in range(24))
QUICK = ("--epochs", "2", "--batch-size", "8", "--learning-rate", "0.01")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny.save_tagger(tmp_path_factory.mktemp("encoder"))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A corpus with tags on its target side only."""
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "plain.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "tagged.txt").write_text(TAGGED, encoding="utf-8")
    return f"conll:{tmp_path / 'plain.txt'},{tmp_path / 'tagged.txt'}?source_lang=en&target_lang=de"


@pytest.fixture
def given(tmp_path: Path, encoder: str, corpus: str) -> list[str]:
    return ["train-ner", corpus, "--out", str(tmp_path / "models" / "mine"), "--encoder", encoder, *QUICK]


def _tag(report: dict[str, Any], corpus: str) -> Any:
    sentences = [pair.target for pair in load(corpus).pairs[:2]]
    return Choice(name=report["tagger"]).build("ner").tag(sentences)


def test_a_trained_model_is_listed_and_tags(
    given: list[str], corpus: str, tmp_path: Path, encoder: str
) -> None:
    report = json.loads(run(*given, corpus, "--test", corpus, "--limit", "20", "--json"))
    folder = tmp_path / "models" / "mine"
    assert (report["folder"], report["name"]) == (str(folder), "mine")
    assert report["tagger"] == f"transformers:{folder}"
    assert (report["n_sentences"], report["n_trained"], report["n_held"]) == (40, 32, 8)
    assert (report["steps"], report["n_layers"], report["labels"]) == (8, 2, ["LOC", "PER"])
    assert len(report["held_f1"]) == report["epochs"] == 2
    provenance = report["provenance"]
    assert (provenance["model"], provenance["seed"], provenance["limit"]) == (encoder, 0, 20)
    assert (provenance["side"], provenance["config"]["learning_rate"]) == ("target", 0.01)
    assert provenance["precision"] in {"float32", "bfloat16"}
    assert provenance["corpora"] == [{"spec": corpus, "fingerprint": load(corpus).fingerprint}] * 2
    assert {"torch", "transformers", "accelerate", "seqeval"} <= provenance["packages"].keys()
    assert report["seconds"].keys() == {"training", "tests"}
    (tested,) = report["tests"]
    assert (tested["spec"], tested["n_sentences"], tested["support"]) == (corpus, 24, 48)
    assert tested["per_label"].keys() >= {"LOC", "PER"}
    assert tested["per_language"].keys() == {"de"}
    assert tested["mode"] == provenance["mode"]
    assert TAGGERS.known() == {"mine": folder}
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]
    assert json.loads((folder / TAGGERS.record).read_text(encoding="utf-8"))["tests"] == report["tests"]
    named = Choice(name="trained:mine").build("ner")
    assert named.tag([pair.target for pair in load(corpus).pairs[:2]]) == _tag(report, corpus)
    listed = json.loads(run("components", "--json"))
    rows = [row for row in listed if row["name"] == "trained:mine"]
    assert [row["kind"] for row in rows] == ["ner", "target_ner"]
    assert all(row["requires"] == "" and str(folder) in row["summary"] for row in rows)


def test_the_same_figures_come_from_evaluate_ner(given: list[str], corpus: str) -> None:
    tested = json.loads(run(*given, "--test", corpus, "--json"))["tests"][0]
    report = json.loads(run("evaluate-ner", corpus, "--ner", "trained:mine", "--json"))
    same = ("f1", "precision", "recall", "support", "per_label", "per_language", "labels")
    assert {name: report[name] for name in same} == {name: tested[name] for name in same}


def test_tables(given: list[str], corpus: str) -> None:
    table = run(*given, "--test", corpus)
    assert "Held F1" in table
    assert "LOC PER" in table
    assert "Precision" in table
    table = run("evaluate-ner", corpus, "--ner", "trained:mine")
    assert " de " in table
    assert " 24 " in table


def test_the_side_and_the_options(given: list[str], tmp_path: Path) -> None:
    turned = f"conll:{tmp_path / 'tagged.txt'},{tmp_path / 'plain.txt'}?source_lang=en&target_lang=de"
    given[1] = turned
    options = ("--side", "source", "--seed", "7", "--set", "leave_out=LOC,X", "--set", "layers=1")
    report = json.loads(run(*given, *options, "--set", "held_share=0.5", "--json"))
    assert (report["labels"], report["n_layers"], report["n_held"]) == (["PER"], 1, 12)
    assert (report["provenance"]["seed"], report["provenance"]["side"]) == (7, "source")
    assert report["provenance"]["config"]["leave_out"] == ["LOC", "X"]


def test_an_interrupted_training_leaves_nothing(tmp_path: Path, encoder: str, corpus: str) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "models" / "mine"
    config = TaggerTrainingConfig(epochs=1, batch_size=8)
    with pytest.raises(KeyboardInterrupt):
        runs.train_ner([corpus], out, encoder=encoder, config=config, progress=interrupt)
    assert list(out.parent.iterdir()) == []
    assert TAGGERS.known() == {}


def test_a_trained_model_is_overwritten_only_where_asked(given: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "models" / "mine"
    folder.mkdir(parents=True)
    run(*given, "--epochs", "1")  # an empty folder is no harm
    with pytest.raises(ConfigError, match="is not empty"):
        run(*given)
    report = json.loads(run(*given, "--epochs", "1", "--seed", "3", "--overwrite", "--json"))
    record = json.loads((folder / TAGGERS.record).read_text(encoding="utf-8"))
    assert record["provenance"]["seed"] == 3
    assert report["name"] == "mine"
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]


def test_what_is_no_trained_model_is_never_overwritten(given: list[str], tmp_path: Path) -> None:
    precious = tmp_path / "models" / "mine" / "thesis.tex"
    precious.parent.mkdir(parents=True)
    precious.write_text("x")
    with pytest.raises(ConfigError, match="none of the trained taggers"):
        run(*given, "--overwrite")
    assert precious.read_text() == "x"


def test_what_was_left_out_is_told(given: list[str], tmp_path: Path) -> None:
    rows = [
        {"source_lang": "en", "target_lang": "de", "source_tokens": ["x"], "target_tokens": ["ada", "lebt"]}
        | ({"target_tags": ["B-PER", "O"]} if number else {})
        for number in range(17)
    ]
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = json.loads(run(*given, f"jsonl:{tmp_path / 'some.jsonl'}", "--set", "longest=12", "--json"))
    told = " ".join(report["notices"])
    assert "1 of 41 sentences have no gold tags" in told
    assert f"{report['n_cut']} of 41 sentences were cut into pieces" in told
    assert report["n_cut"] > 0
    assert report["n_sentences"] == 40


def test_labels_that_the_test_lacks_are_told(given: list[str], corpus: str, tmp_path: Path) -> None:
    text = TAGGED.replace("bonn B-LOC", "bonn B-DATE").replace("PER", "LOC")
    (tmp_path / "dates.txt").write_text(text, encoding="utf-8")
    dates = f"conll:{tmp_path / 'plain.txt'},{tmp_path / 'dates.txt'}?source_lang=en&target_lang=de"
    report = json.loads(run(*given, "--test", dates, "--json"))
    told = " ".join(report["notices"])
    assert report["tests"][0]["labels"]["gold"] == ["DATE", "LOC"]
    assert f"the tagger gave no entity of {dates} the label DATE" in told


def test_a_data_folder_that_cannot_be_written(
    given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "file"))
    report = json.loads(run(*given, "--epochs", "1", "--json"))
    assert report["name"] is None
    assert "the model is not listed" in report["notices"][-1]
    assert TAGGERS.is_one(tmp_path / "models" / "mine")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["--set", "patience"], ConfigError, "--set patience is not OPTION=VALUE"),
        (["--set", "magic=1"], ConfigError, "magic: Extra inputs are not permitted"),
        (["--epochs", "0"], ConfigError, "epochs: Input should be greater than or equal to 1"),
        (["--set", "layers=3"], ConfigError, "2 layers, not 3"),
        (["--limit", "15"], CorpusError, "15 sentences with tags are too few"),
        (["--side", "source"], CorpusError, "0 sentences with tags are too few"),
        (["--encoder", "nobody/nothing"], ModelUnavailableError, "not on this machine"),
        (["--test", "demo:xx"], CorpusError, "xx"),
    ],
)
def test_what_is_wrong_is_said(
    given: list[str], tmp_path: Path, arguments: Sequence[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        run(*given, *arguments)
    assert not list(tmp_path.glob("models/*"))


@pytest.mark.parametrize("out", ["tagged.txt", "tagged.txt/deeper"])
def test_a_place_that_cannot_be(given: list[str], tmp_path: Path, out: str) -> None:
    with pytest.raises(ConfigError, match=r"tagged\.txt.* (is a file|cannot be made)"):
        run(*given, "--out", str(tmp_path / out))


def test_the_embedded_encoder_is_the_default(
    corpus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def stop(
        sentences: object, model: str, folder: Path, config: TaggerTrainingConfig, **options: object
    ) -> None:
        asked.extend((Path(model).parent.name, config.layers))
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "train", stop)
    for layers in (None, 5):
        with pytest.raises(KeyboardInterrupt):
            runs.train_ner([corpus], tmp_path / "x", config=TaggerTrainingConfig(layers=layers))
    assert asked == ["models", 10, "models", 5]
