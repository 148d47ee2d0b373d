"""`xner import` inside this process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.xner_core.review.small import small_config, small_corpus
from xner_core.cli import app
from xner_core.config import PipelineConfig
from xner_core.corrections.events import Origin
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ConfigError, CorrectionError, ExportError
from xner_core.review import importing
from xner_core.types import Corpus

CONLL = "Ada\tO\ntraf\tO\nBo\tB-PER\n.\tO\n\nwer\tO\nist\tO\ndas\tO\n\n"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xner_core.cli import output

    for console in (output.output, output.errors):
        monkeypatch.setattr(console, "width", 250)
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("XNER_DATABASE_URL", raising=False)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return small_corpus(tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> PipelineConfig:
    return small_config(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "from-a-tool.conll"
    path.write_text(CONLL, encoding="utf-8")
    return path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def asked(file: Path, corpus: Corpus, config: PipelineConfig, *arguments: str) -> list[str]:
    named = [f"--aligner={config.aligner.name}", "--ner=gold"]
    return ["import", str(file), f"--corpus={corpus.spec}", *named, *arguments]


def report(*arguments: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(invoke(*arguments, "--json").stdout)
    return said


def test_a_dry_run_records_nothing_and_the_next_one_does(
    file: Path, corpus: Corpus, config: PipelineConfig
) -> None:
    store = CorrectionStore.open()
    dry = report(*asked(file, corpus, config, "--dry-run"))
    assert (dry["format"], dry["n_read"], dry["n_found"], dry["n_changed"]) == ("conll2002", 2, 1, 1)
    assert dry["changes"] == {"target_entities": 1}
    assert (dry["n_events"], store.version()) == (0, 0)
    [problem] = dry["problems"]
    assert problem["what"] == "the corpus has no sentence with these words"
    said = report(*asked(file, corpus, config, "--author=Cem", "--format=conll2002"))
    assert (said["n_events"], said["conflicts"]) == (1, [])
    [(key, history)] = store.histories(store.states()).items()
    [event] = history
    assert (key.id, event.author, event.action) == ("ada", "Cem", "import")
    assert event.reason == "Imported from from-a-tool.conll"
    assert (event.origin.corpus, event.origin.fingerprint) == (corpus.spec, corpus.fingerprint)
    assert event.origin.config["ner"]["name"] == "gold"
    again = report(*asked(file, corpus, config, "--author=Cem", "--reason=again"))
    assert (again["n_events"], again["n_same"]) == (0, 1)


def test_tables(file: Path, corpus: Corpus, config: PipelineConfig) -> None:
    result = invoke(*asked(file, corpus, config, "--author=Cem"))
    assert "of these, target entities" in result.stdout
    assert "Left out: " in result.output
    assert "the corpus has no sentence with these words" in result.output


def test_a_file_of_another_corpus_fails(file: Path, config: PipelineConfig, tmp_path: Path) -> None:
    other = small_corpus(tmp_path, ["none"])
    result = CliRunner().invoke(app, asked(file, other, config, "--author=Cem"))
    assert result.exit_code == 1
    assert CorrectionStore.open().version() == 0


def test_only_one_language(file: Path, corpus: Corpus, config: PipelineConfig) -> None:
    said = report(*asked(file, corpus, config, "--dry-run", "--lang=fr"))
    assert (said["n_found"], len(said["problems"])) == (0, 2)


def test_what_cannot_be_asked(file: Path, corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nobody is named as the author"):
        invoke(*asked(file, corpus, config))
    with pytest.raises(ExportError, match="there is no such file"):
        invoke(*asked(tmp_path / "nothing", corpus, config, "--author=Cem"))
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all,\n", encoding="utf-8")
    with pytest.raises(ExportError, match="it does not look like any format"):
        invoke(*asked(letter, corpus, config, "--author=Cem"))
    with pytest.raises(ExportError, match="It looks like the format conll2002"):
        invoke(*asked(file, corpus, config, "--author=Cem", "--format=webanno"))


def test_a_name_that_is_none_is_told_before_anything_is_read(
    file: Path, corpus: Corpus, config: PipelineConfig
) -> None:
    for author in ("x" * 90, "a\x07b"):
        with pytest.raises(CorrectionError, match="author's name"):
            invoke(*asked(file.with_name("none"), corpus, config, "--author", author))


def test_what_looks_like_no_format_says_why(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    cases = {"a.conll": ("Ada\tO\n".encode("utf-16"), "UTF-16"), "b.conll": (b"\n", "empty")}
    for name, (content, why) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ExportError, match=why):
            invoke(*asked(tmp_path / name, corpus, config, "--dry-run"))
    (tmp_path / "none").mkdir()
    with pytest.raises(ExportError, match="no file in it"):
        invoke(*asked(tmp_path / "none", corpus, config, "--dry-run"))
    with pytest.raises(ExportError, match="no such file"):
        invoke(*asked(tmp_path / "nowhere", corpus, config, "--dry-run"))


def test_who_finds_all_recorded_by_another_has_changed_nothing(
    file: Path, corpus: Corpus, config: PipelineConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = importing.plan_import

    def meanwhile(*arguments: Any) -> importing.ImportPlan:
        made = plan(*arguments)
        items = [(each.pair, each.changes) for each in made.planned]
        origin = Origin(corpus.spec, corpus.fingerprint)
        CorrectionStore.open().record_many(items, author="Ben", origin=origin)
        return made

    monkeypatch.setattr(importing, "plan_import", meanwhile)
    said = report(*asked(file, corpus, config, "--author=Ana"))
    assert (said["n_changed"], said["n_events"], said["conflicts"]) == (0, 0, [])
