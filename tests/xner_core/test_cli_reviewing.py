"""`xner queue`, `xner agreement` and `xner history` inside this process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.xner_core.review.small import SENTENCES, entities, pair_of, say, small_config, small_corpus
from xner_core.cli import app, output
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ConfigError, CorpusError
from xner_core.types import Corpus


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("XNER_DATABASE_URL", raising=False)
    monkeypatch.setattr(output.output, "width", 200)
    return small_corpus(tmp_path)


@pytest.fixture
def given(corpus: Corpus, tmp_path: Path) -> list[str]:
    return [
        "--corpus",
        corpus.spec,
        "--config",
        small_config(tmp_path).model_dump_json(exclude_defaults=True),
    ]


@pytest.fixture
def store(corpus: Corpus) -> Iterator[CorrectionStore]:
    store = CorrectionStore.open()
    yield store
    store.close()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_queue_heeds_what_was_reviewed(given: list[str], corpus: Corpus, store: CorrectionStore) -> None:
    before = [row["id"] for row in json.loads(run("queue", *given, "--json"))["sentences"]]
    assert sorted(before) == sorted(SENTENCES)
    say(store, pair_of(corpus, before[0]), status="approved")
    say(store, pair_of(corpus, before[-1]), status="needsReview")
    after = [row["id"] for row in json.loads(run("queue", *given, "--json"))["sentences"]]
    assert after == [before[-1], *before[1:-1], before[0]]
    out = run("queue", *given, "--json", "--reviewed", "out", "--top", "2")
    assert [row["id"] for row in json.loads(out)["sentences"]] == [before[-1], before[1]]
    table = run("queue", *given, "--top", "1")
    assert before[-1] in table
    assert "needs review" in table
    assert before[1] not in table


def test_the_job_writes_the_queue(given: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    assert run("queue", *given, "--job", str(folder)) == ""
    assert len(json.loads((folder / "result.json").read_text())["sentences"]) == len(SENTENCES)


def test_agreement(given: list[str], corpus: Corpus, store: CorrectionStore) -> None:
    result = CliRunner().invoke(app, ("agreement", *given))
    assert "No two people have judged" in result.stderr
    ada = pair_of(corpus, "ada")
    say(store, ada, "Ana", target_entities=entities((0, 1, "PER")), status="approved")
    say(store, ada, "Bo", target_entities=entities((0, 1, "PER"), (2, 3, "PER")))
    [row] = json.loads(run("agreement", *given, "--json"))["agreements"]
    assert row["f1"] == pytest.approx(2 / 3)
    table = run("agreement", *given)
    for word in ("Ana", "Bo", "0.667", "1, 2, 1 in common", "0.000"):
        assert word in table
    assert json.loads(run("agreement", *given, "--side", "source", "--json"))["agreements"] == []


def test_history(corpus: Corpus, store: CorrectionStore) -> None:
    asked = ["history", "--corpus", corpus.spec, "--sentence", "ada"]
    assert "Nobody has changed" in CliRunner().invoke(app, asked).stderr
    ada = pair_of(corpus, "ada")
    say(store, ada, "Ana", target_entities=entities((0, 1, "PER")))
    say(store, ada, "[Bo]", status="approved", note="*so*")
    table = run(*asked)
    for words in (
        "set the entities of the target to PER (word 1)",
        "set the status to approved; wrote a note",
    ):
        assert words in " ".join(table.split())
    assert "[Bo]" in table
    assert "*so*" not in table
    assert [row["kind"] for row in json.loads(run(*asked, "--json"))] == ["target_entities", "status", "note"]


def test_history_tells_that_other_words_were_corrected(
    corpus: Corpus, store: CorrectionStore, tmp_path: Path
) -> None:
    say(store, pair_of(corpus, "ada"), note="x")
    path = Path(corpus.spec.removeprefix("jsonl:"))
    path.write_text(path.read_text().replace("traf", "kannte"), encoding="utf-8")
    result = CliRunner().invoke(app, ("history", "--corpus", corpus.spec, "--sentence", "ada"))
    assert "Other words under this id" in result.stderr
    assert "Nobody has changed" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["history", "--sentence", "nobody"], CorpusError, "no sentence has the id 'nobody'"),
        (["queue", "--config", "{"], ConfigError, "--config is no pipeline"),
        (["queue", "--lang", "fr"], CorpusError, "no sentence is in the language 'fr'"),
        (["agreement", "--config", '{"magic": 1}'], ConfigError, "--config is no pipeline"),
    ],
)
def test_what_is_wrong_is_said(
    corpus: Corpus, arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        CliRunner().invoke(app, [*arguments, "--corpus", corpus.spec], catch_exceptions=False)


def test_agreement_in_a_language_that_is_not_there(given: list[str]) -> None:
    with pytest.raises(CorpusError, match="no sentence is in the language 'xx'"):
        run("agreement", *given, "--lang", "xx")
