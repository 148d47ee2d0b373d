"""The command line as a process: what goes to which stream, and the exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import write_demo


def xner(*arguments: str, terminal: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command line; `terminal` lets it draw its progress as it does for a person."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("NO_COLOR", None)
    if terminal:
        environment |= {"FORCE_COLOR": "1", "TERM": "xterm"}
    return subprocess.run(
        [sys.executable, "-m", "xner_core", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


def test_evaluate_prints_json_alone_to_standard_output_and_progress_elsewhere(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "corpus.jsonl", each=3)
    done = xner("evaluate", "--corpus", spec, "--json", terminal=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["n_sentences"] == 3
    assert "projection" in done.stderr


def test_project_prints_its_lines_to_standard_output_while_progress_is_drawn(tmp_path: Path) -> None:
    # rich redirects standard output while it draws, unless it is told not to.
    spec = write_demo(tmp_path / "corpus.jsonl", ["zh"], each=3)
    done = xner("project", "--corpus", spec, terminal=True)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["target_lang"] for line in done.stdout.splitlines()] == ["zh"] * 3
    assert "projection" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate", "--corpus", "jsonl:missing.jsonl"], "missing.jsonl: there is no such file"),
        (["evaluate", "--corpus", "nonsense"], "'nonsense' is not a corpus spec"),
        (["project", "--corpus", "demo:de", "--projector", "magic"], "there is no projector called 'magic'"),
    ],
)
def test_an_error_is_one_message_on_standard_error(arguments: list[str], message: str) -> None:
    failed = xner(*arguments)
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr.startswith("Error: ")
    assert message in failed.stderr
    assert "Traceback" not in failed.stderr


def test_a_corpus_without_gold_target_entities_is_such_an_error(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "plain.jsonl", without=["target_tags"])
    failed = xner("evaluate", "--corpus", spec, "--json")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "no gold target tags" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_a_message_about_markup_is_printed_as_it_is() -> None:
    failed = xner("evaluate", "--corpus", "[red]x[/red]")
    assert failed.returncode == 1
    assert "'[red]x[/red]' is not a corpus spec" in failed.stderr


def test_without_a_command_the_help_is_shown() -> None:
    shown = xner()
    assert "evaluate" in shown.stdout + shown.stderr
    assert "Traceback" not in shown.stderr
