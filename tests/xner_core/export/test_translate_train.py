"""Data sets for training: trained on by `xner train-ner`, read by `datasets` as run_ner.py does it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests import tiny
from tests.xner_core.export.hard_cases import HARD_CASES, sample, words
from xner_core.cli import app
from xner_core.corpora import load
from xner_core.errors import ExportError
from xner_core.export.sample import Sample
from xner_core.export.translate_train import TranslateTrainConfig, TranslateTrainFormat

NAMES = ("ada", "bo", "cy", "dee")


def singing(number: int) -> Sample:
    name = NAMES[number % len(NAMES)]
    return sample(
        f"s{number}",
        words(f"{name} lives in bonn", "en"),
        words(f"{name} lebt in bonn", "de"),
        target_entities=((0, 1, "PER"), (3, 4, "LOC")),
    )


SAMPLES = [singing(number) for number in range(60)]


def written(samples: Sequence[Sample], folder: Path, **options: object) -> dict[str, str]:
    """The files of an export by name, in the order in which they are named."""
    form = TranslateTrainFormat(TranslateTrainConfig(**options))  # type: ignore[arg-type]
    return {path.name: path.read_text() for path in form.write(samples, folder, "some")}


def ids(text: str) -> list[str]:
    return [json.loads(line)["id"] for line in text.splitlines()]


def test_the_files(tmp_path: Path) -> None:
    files = written(SAMPLES, tmp_path)
    assert list(files) == [
        *("README.md", "some.train.conll", "some.dev.conll", "some.train.json", "some.dev.json"),
        "some.labels.txt",
    ]
    assert files["some.labels.txt"].split() == ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    train, dev = ids(files["some.train.json"]), ids(files["some.dev.json"])
    assert sorted([*train, *dev]) == sorted(each.pair.id for each in SAMPLES)
    assert 1 <= len(dev) <= 15
    first = json.loads(files["some.train.json"].splitlines()[0])
    assert first["ner_tags"] == ["B-PER", "O", "O", "B-LOC"]
    assert files["some.train.conll"].startswith(
        "".join(f"{a}\t{b}\n" for a, b in zip(first["tokens"], first["ner_tags"], strict=True))
    )


def test_a_sentence_stays_in_its_split_whatever_else_is_exported(tmp_path: Path) -> None:
    for name in ("all", "few"):
        (tmp_path / name).mkdir()
    everything = ids(written(SAMPLES, tmp_path / "all")["some.dev.json"])
    few = list(reversed(SAMPLES))[::2]
    fewer = written(few, tmp_path / "few").get("some.dev.json", "")
    assert set(ids(fewer)) == {sid for sid in everything if sid in {each.pair.id for each in few}}


@pytest.mark.parametrize(
    ("sentences", "taken"),
    [
        ("approved", ["approved"]),
        ("not rejected", ["created", "approved", "needsReview"]),
        ("all", ["created", "approved", "rejected", "needsReview"]),
    ],
)
def test_which_sentences_are_taken(sentences: str, taken: list[str], tmp_path: Path) -> None:
    samples = [
        sample(status, words("a", "en"), words("b", "de"), status=status)
        for status in ("created", "approved", "rejected", "needsReview")
    ]
    assert ids(written(samples, tmp_path, sentences=sentences, dev_share=0)["some.train.json"]) == taken


def test_only_some_labels(tmp_path: Path) -> None:
    files = written(SAMPLES, tmp_path, labels="LOC, DATE", dev_share=0)
    assert {
        tag for line in files["some.train.json"].splitlines() for tag in json.loads(line)["ner_tags"]
    } == {*("O", "B-LOC")}
    assert files["some.labels.txt"].split() == ["O", "B-LOC", "I-LOC", "B-DATE", "I-DATE"]
    assert "dev" not in " ".join(files)
    assert "--test" not in files["README.md"]


def test_xner_train_ner_trains_on_it_as_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    readme = written(SAMPLES, tmp_path, dev_share=0.2)["README.md"]
    command = next(line for line in readme.splitlines() if line.startswith("xner train-ner"))
    encoder = tiny.save_tagger(tmp_path / "encoder")
    quick = ["--encoder", encoder, "--epochs", "1", "--json"]
    done = CliRunner().invoke(app, [*shlex.split(command)[1:], *quick], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    n_dev = len(ids((tmp_path / "some.dev.json").read_text()))
    assert report["steps"] >= 1
    assert report["labels"] == ["LOC", "PER"]
    assert report["n_sentences"] == len(SAMPLES) - n_dev
    assert (report["tests"][0]["n_sentences"], report["tests"][0]["support"]) == (n_dev, 2 * n_dev)


def test_the_corpus_loader_reads_what_was_written(tmp_path: Path) -> None:
    form = TranslateTrainFormat(TranslateTrainConfig(dev_share=0))
    form.write(HARD_CASES.values(), tmp_path, "some")
    found = [
        (pair.target.words, pair.target.entities)
        for pair in load(f"tagged:{tmp_path}/some.train.conll?lang=de").pairs
    ]
    read = [each.target for each in form.read(tmp_path)]
    assert found == [(side.words, side.entities) for side in read if side is not None]
    assert len(found) == 21


def test_datasets_reads_it_as_run_ner_does(tmp_path: Path) -> None:
    """The script gives its files to the `json` builder and counts tags that are words by itself."""
    from datasets import load_dataset

    readme = written(SAMPLES, tmp_path)["README.md"]
    given = dict(re.findall(r"--(train|validation)_file (\S+)", readme))
    files = {split: str(tmp_path / name) for split, name in given.items()}
    data = load_dataset("json", data_files=files, cache_dir=str(tmp_path / "cache"))
    assert data["train"].num_rows + data["validation"].num_rows == len(SAMPLES)
    assert data["train"][0]["ner_tags"] == ["B-PER", "O", "O", "B-LOC"]
    known = {tag for split in data.values() for tags in split["ner_tags"] for tag in tags}
    assert known <= set((tmp_path / "some.labels.txt").read_text().split())


def test_the_conll_files_can_be_read_alone(tmp_path: Path) -> None:
    form = TranslateTrainFormat(TranslateTrainConfig(dev_share=0))
    form.write(SAMPLES, tmp_path, "some")
    assert len(list(form.read(tmp_path / "some.train.conll"))) == len(SAMPLES)


def test_no_change_of_one_of_the_two_files_is_passed_over(tmp_path: Path) -> None:
    form = TranslateTrainFormat(TranslateTrainConfig(dev_share=0))
    form.write(SAMPLES, tmp_path, "some")
    assert len(list(form.read(tmp_path))) == len(SAMPLES)
    conll = tmp_path / "some.train.conll"
    good = conll.read_text()
    for bad in (good.replace("B-", "B-X", 1), good.partition("\n\n")[2], good + "Ada\tB-PER\n\n"):
        assert bad != good
        conll.write_text(bad)
        with pytest.raises(ExportError, match="do not say the same") as raised:
            list(form.read(tmp_path))
        assert "some.train" in str(raised.value)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ('{"tokens": ["a"]}', "ner_tags"),
        ('{"tokens": ["a"], "ner_tags": ["O", "O"]}', "1 tokens, but 2 tags"),
        ('{"tokens": ["a"], "ner_tags": ["PER"]}', "not an IOB tag"),
        ("[]", "object"),
        ("{", "not JSON"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(row: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"tokens": ["a"], "ner_tags": ["I-PER"]}\n' + row + "\n")
    with pytest.raises(ExportError, match=what) as raised:
        list(TranslateTrainFormat().read(path))
    assert (raised.value.path, raised.value.line) == (path, 2)


def test_repairs_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"words": ["a"], "tags": ["I-PER"]}\n')
    notices: list[str] = []
    (found,) = TranslateTrainFormat().read(path, notices)
    assert found.target is not None
    assert len(found.target.entities or ()) == 1
    assert notices == ["a.json: 1 tag was repaired (first: line 1, I-PER read as B-PER)"]
