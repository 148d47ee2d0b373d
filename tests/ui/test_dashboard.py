"""Dashboard before, while and after its figures are computed."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.demo import write_demo
from tests.ui.app import open_app, rerun, texts
from xner_core.corpora import load
from xner_core.runs.jobs import ComparisonJob

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
PATIENCE_SECONDS = 120


def shows_figures(at: AppTest) -> bool:
    """Whether the chart and the table are there; never one without the other."""
    shown = len(at.get("plotly_chart"))
    assert shown == len(at.dataframe) <= 1
    return shown == 1


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_demo(tmp_path / "corpus.jsonl", ["de", "fr"], each=3)


def finish(spec: str, rows: Sequence[dict[str, object]]) -> None:
    """Leave behind what a job that is done leaves behind."""
    made = {"mode": "strict IOB2 (seqeval)", "time": "2026-01-02T03:04:05+00:00"}
    job = ComparisonJob(load(spec))
    job.folder.mkdir(parents=True)
    (job.folder / "result.json").write_text(json.dumps({"rows": rows, "n_sentences": 6, "provenance": made}))


def test_a_small_corpus_is_computed_by_itself_and_kept(spec: str) -> None:
    at = open_app("dashboard", corpus=spec)
    assert not shows_figures(at)
    assert len(at.get("progress")) == 1
    assert not at.button

    until = time.monotonic() + PATIENCE_SECONDS
    while not shows_figures(rerun(at)):
        assert time.monotonic() < until, (ComparisonJob(load(spec)).folder / "log.txt").read_text()
        time.sleep(0.3)
    assert not at.get("progress")

    table = at.dataframe[0].value
    assert len(table) == 6
    assert set(table["Language"]) == {"German (de)", "French (fr)"}
    assert set(table["Sentences"]) == {3}
    assert table["F1"].min() > 0.8  # the first sentences are easy
    assert any(
        caption.value.startswith("strict IOB2 (seqeval) · 6 sentences · computed 2") for caption in at.caption
    )

    assert shows_figures(open_app("dashboard", corpus=spec))  # another visitor finds them there


def test_every_figure_stands_in_its_place(spec: str) -> None:
    rows = [
        {
            "lang": lang,
            "projector": projector,
            "f1": f1,
            "precision": f1 + 0.01,
            "recall": f1 - 0.01,
            "support": support,
            "n_sentences": 3,
        }
        for lang, support, of_lang in (("de", 7, (0.5, 0.625, 0.75)), ("fr", 9, (0.25, 0.875, 0.375)))
        for projector, f1 in zip(("heuristic", "greedy", "ilp"), of_lang, strict=True)
    ]
    finish(spec, rows)
    at = open_app("dashboard", corpus=spec)
    assert [list(row) for row in at.dataframe[0].value.itertuples(index=False)] == [
        ["French (fr)", "Greedy", 0.875, 0.885, 0.865, 9, 3],
        ["French (fr)", "ILP", 0.375, 0.385, 0.365, 9, 3],
        ["French (fr)", "Heuristic", 0.25, 0.26, 0.24, 9, 3],
        ["German (de)", "ILP", 0.75, 0.76, 0.74, 7, 3],
        ["German (de)", "Greedy", 0.625, 0.635, 0.615, 7, 3],
        ["German (de)", "Heuristic", 0.5, 0.51, 0.49, 7, 3],
    ]
    assert list(at.dataframe[0].value.columns)[2:5] == ["F1", "Precision", "Recall"]
    drawn = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    assert {trace["name"]: dict(zip(trace["y"], trace["x"], strict=True)) for trace in drawn} == {
        "Heuristic": {"French (fr)": 0.25, "German (de)": 0.5},
        "Greedy": {"French (fr)": 0.875, "German (de)": 0.625},
        "ILP": {"French (fr)": 0.375, "German (de)": 0.75},
    }
    [provenance] = [caption.value for caption in at.caption]  # and no word of a demonstration
    assert provenance == "strict IOB2 (seqeval) · 6 sentences · computed 2026-01-02T03:04:05+00:00"


def test_figures_of_the_demonstration_carry_a_caveat() -> None:
    figures = {"f1": 1.0, "precision": 1.0, "recall": 1.0, "support": 1, "n_sentences": 6}
    finish(
        "demo:de", [{"lang": "de", "projector": name, **figures} for name in ("heuristic", "greedy", "ilp")]
    )
    caveat, _ = (caption.value for caption in open_app("dashboard", corpus="demo:de").caption)
    assert "say nothing about a language" in caveat


def test_a_large_corpus_waits_for_the_button(tmp_path: Path) -> None:
    row = {
        "source_lang": "en",
        "target_lang": "de",
        "source_tokens": ["Ada"],
        "source_tags": ["B-PER"],
        "target_tokens": ["Ada"],
        "target_tags": ["B-PER"],
    }
    path = tmp_path / "large.jsonl"
    path.write_text(f"{json.dumps(row)}\n" * 1001, encoding="utf-8")
    at = open_app("dashboard", corpus=f"jsonl:{path}")
    job = ComparisonJob(load(f"jsonl:{path}"))
    assert [button.label for button in at.button] == ["Compute F1 of 1,001 sentences"]
    assert not shows_figures(at)
    assert job.state().status == "new"
    at.button(key="start").click()
    rerun(at)
    assert job.state().status == "running"
    assert len(at.get("progress")) == 1
    assert not at.button


def test_a_failed_job_shows_its_message_and_can_be_started_again(spec: str) -> None:
    job = ComparisonJob(load(spec))
    job.folder.mkdir(parents=True)
    (job.folder / "error.json").write_text(json.dumps({"message": "no **model** here"}))
    at = open_app("dashboard", corpus=spec)
    assert [error.value for error in at.error] == ["The comparison failed:"]
    assert texts(at) == ["no **model** here"]
    assert job.state().status == "failed"  # it was not started again by looking at it
    at.button(key="start").click()
    rerun(at)
    assert job.state().status == "running"
    assert not at.error
    assert len(at.get("progress")) == 1


def test_a_job_that_ended_without_a_word_names_its_log(spec: str) -> None:
    job = ComparisonJob(load(spec))
    job.folder.mkdir(parents=True)
    (job.folder / "log.txt").write_text("Killed")
    at = open_app("dashboard", corpus=spec)
    [warning] = at.warning
    assert str(job.folder / "log.txt") in warning.value
    assert [button.label for button in at.button] == ["Compute F1 of 6 sentences"]
    assert not shows_figures(at)


def test_progress_is_counted_in_sentences(spec: str) -> None:
    job = ComparisonJob(load(spec))
    job.start()
    (job.folder / "progress.json").write_text(json.dumps({"stage": "projection", "done": 2, "total": 6}))
    [progress] = open_app("dashboard", corpus=spec).get("progress")
    assert progress.proto.text == "Projecting: 2 of 6 sentences"
    assert progress.proto.value == 33
