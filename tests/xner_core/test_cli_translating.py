"""The command that translates a corpus, and what is listed of translators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from xner_core.cli import app
from xner_core.corpora import load
from xner_core.errors import ConfigError

ROWS: list[dict[str, Any]] = [
    {"id": "1", "source_lang": "en", "target_lang": "es", "source_text": "The house is big."},
    {
        "id": "2",
        "source_lang": "en",
        "target_lang": "es",
        "source_tokens": ["London", "is", "big"],
        "source_tags": ["B-LOC", "O", "O"],
        "target_tokens": ["Londres", "es", "grande"],
        "target_tags": ["B-LOC", "O", "O"],
        "alignment": "0-0 1p1",
        "note": "complete",
    },
    {"id": "3", "source_lang": "en", "target_lang": "es", "target_tokens": ["La", "casa", "."]},
]


@pytest.fixture(autouse=True)
def own_translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def spec(tmp_path: Path) -> str:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return f"jsonl:{path}"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_what_is_missing_is_translated_and_read_again(spec: str, tmp_path: Path) -> None:
    out, made = tmp_path / "out.jsonl", tmp_path / "made.jsonl"
    printed = run("translate", "--corpus", spec, "--translator", "apertium")
    run("translate", "--corpus", spec, "--translator", "apertium", "--out", out, "--translations", made)
    assert out.read_text() == printed
    first, second, third = load(f"jsonl:{out}").pairs
    assert first.target.words == ("La", "casa", "es", "grande", ".")
    assert first.target.text == "La casa es grande."
    assert second == load(spec).pairs[1]
    assert third.source.words == ("The", "house", ".")
    assert [json.loads(line) for line in made.read_text().splitlines()] == [
        {
            "source_lang": "en",
            "target_lang": "es",
            "source": "The house is big.",
            "translation": "La casa es grande.",
        },
        {"source_lang": "es", "target_lang": "en", "source": "La casa.", "translation": "The house."},
    ]
    again = run("translate", "--corpus", spec, "--translator", f"file:{made}")
    assert again == printed


def test_back_translation(spec: str, tmp_path: Path) -> None:
    made = tmp_path / "made.jsonl"
    arguments = ("--corpus", spec, "--translator", "apertium", "--back", "--limit", 2, "--translations", made)
    rows = [json.loads(line) for line in run("translate", *arguments).splitlines()]
    assert [row.get("source_text") for row in rows] == ["La casa es grande.", "Londres es grande"]
    assert {row["source_lang"] for row in rows} == {"es"}
    assert "target_tokens" not in rows[0]
    assert rows[1]["target_tags"] == ["B-LOC", "O", "O"]
    assert "alignment" not in rows[1]
    assert [json.loads(line)["source"] for line in made.read_text().splitlines()] == [
        "The house is big.",
        "London is big",
    ]


def test_options_reach_the_translator(spec: str) -> None:
    with pytest.raises(ConfigError, match="no mode 'nonsense'"):
        run("translate", "--corpus", spec, "--translator", "apertium", "--set", "translator.mode=nonsense")
    for wrong in ("mode=x", "ner.mode=x", "translator.mode"):
        with pytest.raises(ConfigError, match=r"translator\.OPTION=VALUE"):
            run("translate", "--corpus", spec, "--translator", "apertium", "--set", wrong)


def test_without_a_translator_the_first_sentence_is_named(spec: str) -> None:
    with pytest.raises(ConfigError, match="sentence '1'"):
        run("translate", "--corpus", spec, "--translator", "none")


def test_installed_pairs_are_listed() -> None:
    rows = {
        row["name"]: row for row in json.loads(run("components", "--json")) if row["kind"] == "translator"
    }
    assert ["en", "es"] in rows["apertium"]["pairs"]
    assert "pairs" not in rows["transformers"]
    assert "es → en-US" in " ".join(run("components").replace("│", " ").split())
