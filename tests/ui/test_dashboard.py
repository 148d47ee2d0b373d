"""Dashboard before, while and after its figures are computed."""

from __future__ import annotations

import json
import time
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

    result = ComparisonJob(load(spec)).state().result
    assert result is not None
    assert len(result["rows"]) == 6
    names = {"heuristic": "Heuristic", "greedy": "Greedy", "ilp": "ILP"}
    languages = {"de": "German (de)", "fr": "French (fr)"}
    expected = {
        (languages[row["lang"]], names[row["projector"]]): [
            row[figure] for figure in ("f1", "precision", "recall", "support", "n_sentences")
        ]
        for row in result["rows"]
    }
    table = at.dataframe[0].value
    shown = {(row["Language"], row["Projector"]): list(row[2:]) for _, row in table.iterrows()}
    assert shown == expected
    assert list(table["Language"]) == ["French (fr)"] * 3 + ["German (de)"] * 3
    for _, group in table.groupby("Language"):
        assert group["F1"].is_monotonic_decreasing

    figure = json.loads(at.get("plotly_chart")[0].proto.spec)
    drawn = {
        (y, trace["name"]): x for trace in figure["data"] for x, y in zip(trace["x"], trace["y"], strict=True)
    }
    assert drawn == {place: figures[0] for place, figures in expected.items()}
    assert any(
        caption.value.startswith("strict IOB2 (seqeval) · 6 sentences · computed 2") for caption in at.caption
    )

    assert shows_figures(open_app("dashboard", corpus=spec))  # another visitor finds them there


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


def test_only_the_demonstration_carries_a_caveat() -> None:
    at = open_app("dashboard", corpus="demo:de")
    assert "A demonstration, not a benchmark." in [notice.value for notice in at.expander[0].text]
